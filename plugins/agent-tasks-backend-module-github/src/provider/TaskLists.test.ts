import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { GithubClient } from '../client/GithubClient';
import { StarterCredential } from '../credentials/StarterCredential';
import { answeringFetch } from '../__testUtils__/answeringFetch';
import { TaskLists } from './TaskLists';

const START = Date.parse('2026-11-22T12:00:00Z');
const API = 'https://api.github.com';

interface World {
  /** Second of the last change by id. */
  changedAt: Map<string, number>;
  /** Ids that change while the answers are on their way, one list for each request. */
  changes: string[][];
  pageSize: number;
}

function iso(second: number): string {
  return new Date(START + second * 1000).toISOString().replace('.000', '');
}

/** GitHub's list by the time of the last change, with pages by number; the world goes on between two requests. */
function listsOver(world: World) {
  let second = Math.max(0, ...world.changedAt.values());
  const { fetch, requests } = answeringFetch(({ url }) => {
    const since = Date.parse(url.searchParams.get('since') ?? '');
    const page = Number(url.searchParams.get('page') ?? '1');
    const listed = [...world.changedAt]
      .filter(([, at]) => START + at * 1000 >= since)
      .sort(([idA, a], [idB, b]) => b - a || idA.localeCompare(idB));
    const tasks = listed
      .slice((page - 1) * world.pageSize, page * world.pageSize)
      .map(([id, at]) => ({
        id,
        state: 'in_progress',
        created_at: iso(0),
        updated_at: iso(at),
      }));
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    second++;
    for (const id of world.changes.shift() ?? []) {
      world.changedAt.set(id, second);
    }
    return {
      headers: {
        etag: '"tag"',
        ...(page * world.pageSize < listed.length
          ? { link: `<${next.href}>; rel="next"` }
          : {}),
      },
      body: { tasks },
    };
  });
  const lists = TaskLists.create({
    client: GithubClient.create({
      apiBaseUrl: API,
      fetch,
      logger: mockServices.logger.mock(),
    }),
    starter: StarterCredential.create({ token: 'github_pat_x' }),
  });
  return { lists, requests };
}

const signal = new AbortController().signal;

describe('TaskLists', () => {
  it('leaves out no task, whatever changes while the pages are read', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `t${index}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 6 }), {
          minLength: 12,
          maxLength: 12,
        }),
        fc.array(fc.subarray(ids, { maxLength: 4 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (seconds, changes, pageSize) => {
          const world: World = {
            changedAt: new Map(ids.map((id, index) => [id, seconds[index]])),
            changes: [...changes],
            pageSize,
          };
          const { lists } = listsOver(world);
          const seen = new Map<string, string>();
          let since = iso(0);
          // The second round reads what changed while the first one did, and nothing changes any more.
          for (let round = 0; round < 2; round++) {
            const changed = await lists.listChanged({
              since,
              archived: false,
              signal,
            });
            changed?.tasks.forEach(task =>
              seen.set(task.id, task.updated_at ?? ''),
            );
            since = changed?.newest ?? since;
            world.changes.length = 0;
          }
          expect(Object.fromEntries(seen)).toEqual(
            Object.fromEntries(
              [...world.changedAt].map(([id, at]) => [id, iso(at)]),
            ),
          );
        },
      ),
    );
  });

  it('asks once where little changed, and keeps the tag of that answer', async () => {
    const { lists, requests } = listsOver({
      changedAt: new Map([['t1', 3]]),
      changes: [],
      pageSize: 100,
    });
    const changed = await lists.listChanged({
      since: iso(3),
      archived: false,
      signal,
    });
    expect(changed).toMatchObject({
      tasks: [{ id: 't1' }],
      newest: iso(3),
      etag: '"tag"',
    });
    expect(
      requests.map(({ url }) => Object.fromEntries(url.searchParams)),
    ).toEqual([
      {
        since: '2026-11-22T11:59:58.000Z',
        sort: 'updated_at',
        direction: 'desc',
        per_page: '100',
        is_archived: 'false',
      },
    ]);
  });

  it('keeps no tag of a list that did not fit on its page', async () => {
    const { lists } = listsOver({
      changedAt: new Map([
        ['t1', 1],
        ['t2', 2],
      ]),
      changes: [],
      pageSize: 1,
    });
    const changed = await lists.listChanged({
      since: iso(0),
      archived: false,
      signal,
    });
    expect(changed?.etag).toBeUndefined();
  });
});
