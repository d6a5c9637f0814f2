import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { migrationsDirectory } from '../database/connect';
import { AuditFilter } from './AuditReader';
import { DatabaseAuditReader } from './DatabaseAuditReader';
import { DatabaseEventStore } from './DatabaseEventStore';
import { NewEvent } from './EventStore';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const start = Date.parse('2026-11-02T08:00:00Z');
const minute = (minutes: number) => new Date(start + minutes * 60_000);

const actors = [
  'system',
  'user:default/ada',
  'user:default/dana',
  'trigger:nightly',
  'provider:copilot',
];
const types = [
  'task.launched',
  'task.admitted',
  'brake.pulled',
  'start_x.pulled',
  'campaign.launched',
];

/** One event a minute, in all combinations that there are: of a single task are the types that are about tasks. */
const log: NewEvent[] = Array.from({ length: 240 }, (_, index) => {
  const type = types[Math.floor(index / 4) % types.length];
  const taskId = /^(task|start)/.test(type)
    ? [undefined, 'task_1', 'task_2', 'task_3'][index % 4]
    : undefined;
  const campaignId = taskId
    ? { task_1: 'camp_1', task_2: 'camp_1', task_3: 'camp_2' }[taskId]
    : [undefined, 'camp_1', 'camp_2'][index % 3];
  return {
    at: minute(index),
    type,
    actor: actors[index % actors.length],
    taskId,
    campaignId,
    message: `Event ${index}.`,
    details: {},
  };
});

function matches(event: NewEvent, filter: AuditFilter): boolean {
  const { actor, type, campaign, task, from, to } = filter;
  return (
    (!actor?.length || actor.includes(event.actor)) &&
    (!type?.length ||
      type.some(
        one => one === event.type || one === event.type.split('.')[0],
      )) &&
    (campaign === undefined || event.campaignId === campaign) &&
    (task === undefined || event.taskId === task) &&
    (!from || event.at >= from) &&
    (!to || event.at < to)
  );
}

async function insertTasks(knex: Knex): Promise<void> {
  const at = minute(0);
  await knex('template_revisions').insert({
    id: 'trev_1',
    template: 'bump',
    number: 1,
    entity_ref: 'agenttasktemplate:default/bump',
    content_hash: 'x',
    content: '{}',
    created_at: at,
  });
  for (const id of ['camp_1', 'camp_2']) {
    await knex('campaigns').insert({
      id,
      template_revision_id: 'trev_1',
      parameters: '{}',
      requester: 'user:default/ada',
      idempotency_key: id,
      request_hash: 'x',
      excluded: '[]',
      created_at: at,
    });
  }
  const columns = await knex('tasks').columnInfo();
  const known: Record<string, unknown> = {
    template: 'bump',
    template_revision_id: 'trev_1',
    team: 'group:default/shop',
    requester: 'user:default/ada',
    provider: 'copilot',
    repository: 'github.com/acme/shop',
    repository_host: 'github.com',
    repository_owner: 'acme',
    repository_name: 'shop',
    repository_url: 'https://github.com/acme/shop',
    prompt: '{}',
    state: 'queued',
    state_since: at,
    created_at: at,
    updated_at: at,
  };
  for (const [id, campaign] of [
    ['task_1', 'camp_1'],
    ['task_2', 'camp_1'],
    ['task_3', 'camp_2'],
  ]) {
    const row: Record<string, unknown> = { id, campaign_id: campaign };
    for (const [name, column] of Object.entries(columns)) {
      if (name in known) {
        row[name] = known[name];
      } else if (
        !(name in row) &&
        !column.nullable &&
        (column.defaultValue ?? undefined) === undefined
      ) {
        row[name] = column.type.startsWith('bool') ? false : 0;
      }
    }
    await knex('tasks').insert(row);
  }
}

describe.each(databases.eachSupportedId())(
  'DatabaseAuditReader on %p',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;
    let reader: DatabaseAuditReader;

    const listAll = async (filter: AuditFilter, limit: number) => {
      const messages: string[] = [];
      let before: string | undefined;
      do {
        const page = await reader.list({ filter, limit, before });
        expect(page.events.length).toBeLessThanOrEqual(limit);
        messages.push(...page.events.map(({ message }) => message));
        before = page.next;
      } while (before !== undefined);
      return messages;
    };

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsDirectory });
      await insertTasks(knex);
      const events = DatabaseEventStore.create({ knex });
      await knex.transaction(tx => events.append(tx, log));
      reader = DatabaseAuditReader.create({ knex });
    });

    it('pages through what every filter asks for, the newest first, each event once', async () => {
      const some = <T>(values: T[]) =>
        fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
      const moment = fc.option(fc.integer({ min: -30, max: 270 }).map(minute), {
        nil: undefined,
      });
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            actor: some(actors),
            type: some([...types, 'task', 'brake']),
            campaign: fc.constantFrom(undefined, 'camp_1', 'camp_2', 'camp_3'),
            task: fc.constantFrom(undefined, undefined, 'task_1', 'task_3'),
            from: moment,
            to: moment,
          }),
          fc.integer({ min: 1, max: 60 }),
          async (filter, limit) => {
            expect(await listAll(filter, limit)).toEqual(
              log
                .filter(event => matches(event, filter))
                .map(({ message }) => message)
                .reverse(),
            );
          },
        ),
        { numRuns: 60 },
      );
    });

    it('tells of a task its team and repository, and of a trigger who answers for it', async () => {
      const events = DatabaseEventStore.create({ knex });
      await knex.transaction(async tx => {
        await events.append(tx, [
          {
            at: minute(300),
            type: 'campaign.launched',
            actor: 'trigger:weekly',
            campaignId: 'camp_2',
            message: 'Launched.',
            details: { owner: 'group:default/platform' },
          },
          {
            at: minute(300),
            type: 'task.admitted',
            actor: 'system',
            campaignId: 'camp_2',
            taskId: 'task_3',
            fromState: 'queued',
            toState: 'starting',
            message: 'Admitted.',
          },
        ]);
      });
      const { events: page } = await reader.list({
        filter: { from: minute(300) },
        limit: 10,
      });
      expect(page).toEqual([
        {
          id: expect.stringMatching(/^evt_\d+$/),
          at: minute(300).toISOString(),
          type: 'task.admitted',
          actor: 'system',
          team: 'group:default/shop',
          campaignId: 'camp_2',
          taskId: 'task_3',
          repository: 'github.com/acme/shop',
          fromState: 'queued',
          toState: 'starting',
          message: 'Admitted.',
          details: {},
        },
        {
          id: expect.stringMatching(/^evt_\d+$/),
          at: minute(300).toISOString(),
          type: 'campaign.launched',
          actor: 'trigger:weekly',
          owner: 'group:default/platform',
          campaignId: 'camp_2',
          message: 'Launched.',
          details: { owner: 'group:default/platform' },
        },
      ]);
    });
  },
);
