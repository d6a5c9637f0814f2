import { TaskState, taskStates } from '@agent-tasks/plugin-agent-tasks-common';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { migrationsDirectory } from '../database/connect';
import { matchesTaskFilter, TaskFilter } from './TaskFilter';
import { TaskPages } from './TaskPages';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const TASKS = 150;
const teams = ['team-a', 'team-b', 'team-c'];
const templates = ['bump', 'lint', 'test'];
const requesters = ['robin', 'kim'];
const campaigns = ['camp_1', 'camp_2', 'camp_3'];
const components = ['component:default/x', 'component:default/y'];
const states: TaskState[] = ['queued', 'running', 'merged', 'failed'];

interface Row {
  id: string;
  team: string;
  template: string;
  requester: string;
  campaign: string;
  state: TaskState;
  component: string;
}

/** Tasks of which every combination is frequent, and some are not there at all. */
const rows: Row[] = Array.from({ length: TASKS }, (_, index) => ({
  id: `task_${String(index).padStart(26, '0')}`,
  team: teams[(index * 7) % 3],
  template: templates[Math.floor(index / 3) % 3],
  requester: requesters[Math.floor(index / 11) % 2],
  campaign: campaigns[Math.floor(index / 50)],
  state: states[(index * 5 + Math.floor(index / 8)) % 4],
  component: components[index % 2],
}));

async function load(knex: Knex): Promise<void> {
  const at = new Date('2026-03-02T08:00:00.000Z');
  await knex('template_revisions').insert({
    id: 'trev_1',
    template: 'bump',
    number: 1,
    entity_ref: '-',
    content_hash: '-',
    content: '{}',
    created_at: at,
  });
  await knex('campaigns').insert(
    campaigns.map(id => ({
      id,
      template_revision_id: 'trev_1',
      parameters: '{}',
      requester: 'robin',
      idempotency_key: id,
      request_hash: '-',
      excluded: '[]',
      created_at: at,
    })),
  );
  await knex.batchInsert(
    'tasks',
    rows.map(row => ({
      id: row.id,
      campaign_id: row.campaign,
      template: row.template,
      template_revision_id: 'trev_1',
      team: row.team,
      requester: row.requester,
      provider: 'p',
      repository: 'github.com/acme/shop',
      repository_host: 'github.com',
      repository_owner: 'acme',
      repository_name: 'shop',
      repository_url: 'https://github.com/acme/shop',
      prompt: '{}',
      state: row.state,
      state_since: at,
      run_slot: false,
      created_at: at,
      updated_at: at,
      settled_at: ['merged', 'failed'].includes(row.state) ? at : undefined,
    })),
    30,
  );
  await knex.batchInsert(
    'task_keys',
    rows.map(row => ({
      task_id: row.id,
      team: row.team,
      template: row.template,
      campaign_id: row.campaign,
      requester: row.requester,
    })),
    30,
  );
  await knex.batchInsert(
    'task_components',
    rows.map(row => ({ task_id: row.id, entity_ref: row.component })),
    30,
  );
}

const some = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values]), { nil: undefined });

const condition: fc.Arbitrary<TaskFilter> = fc.oneof(
  fc.record({
    property: fc.constant('team' as const),
    values: fc.subarray([...teams, 'nobody']),
  }),
  fc.record({
    property: fc.constant('requester' as const),
    values: fc.subarray(requesters),
  }),
);

const filter: fc.Arbitrary<TaskFilter> = fc.letrec<{ filter: TaskFilter }>(
  tie => ({
    filter: fc.oneof(
      { maxDepth: 2 },
      condition,
      fc.record({ not: tie('filter') }),
      fc.record({
        anyOf: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
      }) as fc.Arbitrary<TaskFilter>,
      fc.record({
        allOf: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
      }) as fc.Arbitrary<TaskFilter>,
    ),
  }),
).filter;

const search = fc.record({
  query: fc.record({
    team: some(teams),
    template: some(templates),
    state: some([...states, ...taskStates.slice(0, 3)]),
    campaign: some(campaigns),
    component: some(components),
  }),
  permitted: fc.option(filter, { nil: undefined }),
  limit: fc.integer({ min: 1, max: 30 }),
  place: fc.oneof(
    fc.constant({}),
    fc.record({ after: fc.constantFrom(...rows.map(row => row.id)) }),
    fc.record({ before: fc.constantFrom(...rows.map(row => row.id)) }),
  ) as fc.Arbitrary<{ after?: string; before?: string }>,
});

describe.each(databases.eachSupportedId())(
  'TaskPages on %p',
  (databaseId: TestDatabaseId) => {
    it('finds what a look at every task finds, whatever the filter and the page', async () => {
      const knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsDirectory });
      await load(knex);
      const pages = TaskPages.create({ knex });
      let found = 0;

      await fc.assert(
        fc.asyncProperty(search, async ({ query, permitted, limit, place }) => {
          const has = (values: string[] | undefined, value: string) =>
            !values?.length || values.includes(value);
          const matching = rows
            .filter(
              row =>
                has(query.team, row.team) &&
                has(query.template, row.template) &&
                has(query.state, row.state) &&
                has(query.campaign, row.campaign) &&
                has(query.component, row.component) &&
                (!permitted || matchesTaskFilter(row, permitted)) &&
                (place.after === undefined || row.id < place.after) &&
                (place.before === undefined || row.id > place.before),
            )
            .map(row => row.id);
          const expected =
            place.before === undefined ? matching.reverse() : matching;
          found += matching.length;

          expect(
            await pages.find({ query, permitted, bounds: { ...place, limit } }),
          ).toEqual(expected.slice(0, limit));
        }),
        { numRuns: 400 },
      );
      expect(found).toBeGreaterThan(400);
    });
  },
);
