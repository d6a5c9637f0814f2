import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrationsDirectory } from '../database/connect';
import { createStages } from '../__testUtils__/createStages';
import { DatabaseTemplateStore } from './DatabaseTemplateStore';
import { TemplateContent } from './TemplateStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const at = new Date('2026-03-02T08:00:00.000Z');
const bump: TemplateContent = {
  title: 'Bump',
  type: 'dependency',
  owner: 'group:default/shop',
  tags: [],
  parameters: { type: 'object', properties: { a: {}, b: {} } },
  prompt: 'Bump.',
};

function source(...contents: [name: string, content: TemplateContent][]) {
  return {
    at,
    templates: contents.map(([name, content]) => ({
      name,
      entityRef: `agenttasktemplate:default/${name}`,
      content,
    })),
  };
}

describe.each(databases.eachSupportedId())(
  'DatabaseTemplateStore on %p',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;
    let store: DatabaseTemplateStore;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsDirectory });
      store = DatabaseTemplateStore.create({ knex });
    });

    const provision = async (
      ...contents: Parameters<typeof source>
    ): Promise<string[]> =>
      (await store.provision(source(...contents))).changed;

    const numbers = async () =>
      (await store.listCurrent()).map(({ template, number }) => [
        template,
        number,
      ]);

    it('keeps templates by name, each in its first revision', async () => {
      const { changed } = await store.provision(
        source(['lint', { ...bump, title: 'Lint' }], ['bump', bump]),
      );
      expect(changed.sort()).toEqual(['bump', 'lint']);
      expect(await numbers()).toEqual([
        ['bump', 1],
        ['lint', 1],
      ]);
      expect(await store.getCurrent('bump')).toEqual({
        ...bump,
        id: expect.stringMatching(/^trev_/),
        template: 'bump',
        number: 1,
        entityRef: 'agenttasktemplate:default/bump',
      });
      expect(await store.getCurrent('bumb')).toBeUndefined();
    });

    it('makes a revision of a change, and of another order of parameters, but not of other keys', async () => {
      await store.provision(source(['bump', bump]));
      const first = await store.getCurrent('bump');
      const { title, ...others } = bump;
      expect(await provision(['bump', { ...others, title }])).toEqual([]);
      expect(await provision(['bump', { ...bump, prompt: 'Raise.' }])).toEqual([
        'bump',
      ]);
      expect(await store.getCurrent('bump')).toMatchObject({
        number: 2,
        prompt: 'Raise.',
      });
      // What was launched before is pinned to what it was launched from.
      expect(await store.getRevision(first!.id)).toEqual(first);
      expect(await provision(['bump', bump])).toEqual(['bump']);
      expect(await numbers()).toEqual([['bump', 3]]);

      // A form shows the parameters in the order in which the author wrote them.
      const reordered: TemplateContent = {
        ...bump,
        parameters: { properties: { b: {}, a: {} }, type: 'object' },
      };
      expect(await provision(['bump', reordered])).toEqual(['bump']);
      const { parameters } = (await store.getCurrent('bump'))!;
      expect(Object.keys(parameters.properties!)).toEqual(['b', 'a']);
    });

    it('offers no template that is gone, and offers it again when it is back', async () => {
      await store.provision(source(['bump', bump], ['lint', bump]));
      const { id } = (await store.getCurrent('bump'))!;
      expect(await provision(['lint', bump])).toEqual(['bump']);
      expect(await provision(['lint', bump])).toEqual([]);
      expect(await store.getCurrent('bump')).toBeUndefined();
      expect(await numbers()).toEqual([['lint', 1]]);
      expect(await store.getRevision(id)).toMatchObject({ template: 'bump' });
      expect(await provision(['bump', bump], ['lint', bump])).toEqual(['bump']);
      expect(await store.getCurrent('bump')).toMatchObject({ id, number: 1 });
    });

    it('makes one revision where replicas take over the same change at once', async () => {
      await store.provision(source(['bump', bump]));
      const changed = source(['bump', { ...bump, prompt: 'Raise.' }]);
      await Promise.all(
        Array.from({ length: 5 }, () =>
          DatabaseTemplateStore.create({ knex }).provision(changed),
        ),
      );
      expect(await store.getCurrent('bump')).toMatchObject({
        number: 2,
        prompt: 'Raise.',
      });
      expect(await knex('template_revisions').select('number')).toHaveLength(2);
    });

    it('throws for a revision that there is not', async () => {
      await expect(store.getRevision('trev_1')).rejects.toThrow(
        "the template revision 'trev_1' is missing",
      );
    });

    it('counts the tasks of each template since a time', async () => {
      const { launch, until, stateOf, provider, clock } = await createStages({
        knex,
        running: 9,
        limits: { repository: { running: 9, openChanges: 9 } },
      });
      const since = clock.now();
      expect(await store.statistics(since)).toEqual(new Map());
      const ids: string[] = [];
      for (const seconds of [10, 20, 90]) {
        const [id] = await launch();
        await until(async () => (await stateOf(id)) === 'running');
        clock.advance(seconds);
        provider.report(ids.length, { state: 'completed' });
        await until(async () => (await stateOf(id)) === 'no_change');
        ids.push(id);
      }
      await knex('tasks').where({ id: ids[0] }).update({ state: 'merged' });
      await knex('tasks').where({ id: ids[1] }).update({ state: 'closed' });
      const [failed] = await launch();
      await until(async () => (await stateOf(failed)) === 'running');
      provider.report(3, { state: 'failed' });
      await until(async () => (await stateOf(failed)) === 'failed');

      const statistics = (await store.statistics(since)).get('bump')!;
      expect(statistics).toMatchObject({
        tasks: 4,
        merged: 1,
        closed: 1,
        failed: 1,
      });
      // The middle of the runs that did not fail; when it ended is known to within a round of watching.
      expect(statistics.medianRunSeconds).toBeGreaterThanOrEqual(20);
      expect(statistics.medianRunSeconds).toBeLessThan(20 + 30);
      expect(statistics.successRate).toBe(3 / 4);
      expect(statistics.mergeRate).toBe(1 / 2);
      expect(statistics.reviewMinutes).toBe(40);
      // Nobody told of a cost, and no change was reviewed: nothing is made up.
      expect(statistics).not.toHaveProperty('aiCredits');
      expect(statistics).not.toHaveProperty('medianReviewSeconds');

      // By revision all of them, and what was measured beside.
      const first = (await store.getCurrent('bump'))!;
      await knex('attempts')
        .where({ task_id: ids[0] })
        .update({ ai_credits: 1.5 });
      await knex('attempts').where({ task_id: failed }).update({
        ai_credits: 0.25,
      });
      const [attempt] = await knex('attempts').where({ task_id: ids[0] });
      const offered = clock.now().getTime() - 5_000_000;
      const change = (state: string, minutes: number) => ({
        id: `chg_${state}${minutes}`,
        task_id: ids[0],
        attempt_id: attempt.id,
        code_host: 'in-memory',
        global_id: `${state}${minutes}`,
        state,
        draft: false,
        opened_at: new Date(offered - 600_000),
        // Before it was offered nobody could review it.
        offered_at: minutes > 1 ? new Date(offered) : null,
        settled_at: new Date(offered + minutes * 60_000),
        due_at: clock.now(),
        created_at: clock.now(),
      });
      await knex('changes').insert([
        change('closed', 1),
        change('merged', 30),
        change('closed', 90),
      ]);
      expect(await store.revisionStatistics('bump')).toEqual(
        new Map([
          [
            first.id,
            {
              ...statistics,
              medianReviewSeconds: 1800,
              aiCredits: 1.75,
            },
          ],
        ]),
      );
      expect(await store.revisionStatistics('tidy')).toEqual(new Map());

      clock.advance(1);
      expect(await store.statistics(clock.now())).toEqual(new Map());
    });
  },
);
