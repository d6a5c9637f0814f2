import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  PermissionRule,
} from '@backstage/plugin-permission-node';
import fc from 'fast-check';
import { DatabaseTaskReader } from '../queue/DatabaseTaskReader';
import { matchesTaskFilter, TaskFilter } from '../queue/TaskFilter';
import { createStages } from '../__testUtils__/createStages';
import {
  PermissionTask,
  taskPermissionRules,
  toTaskFilter,
} from './taskPermissions';

jest.setTimeout(60_000);

type Criteria = PermissionCriteria<PermissionCondition>;

const requesters = ['user:default/dana', 'user:default/lee', 'external:cron'];
const teams = ['group:default/shop', 'group:default/pay', 'group:default/web'];

const tasks = requesters.flatMap(requester =>
  teams.map(team => ({ requester, team })),
);

/** Conditions as policies make them, nested as deep as they like. */
const criteria: fc.Arbitrary<Criteria> = fc.letrec<{ tree: Criteria }>(tie => {
  const condition = fc.oneof(
    fc.subarray([...requesters, 'user:default/nobody']).map(claims => ({
      rule: 'IS_REQUESTER',
      resourceType: 'agent-task',
      params: { claims },
    })),
    fc.subarray([...teams, 'group:default/nobody']).map(those => ({
      rule: 'HAS_TEAM',
      resourceType: 'agent-task',
      params: { teams: those },
    })),
  );
  const several = fc
    .array(tie('tree'), { minLength: 1, maxLength: 3 })
    .map(list => list as [Criteria, ...Criteria[]]);
  return {
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      condition,
      several.map(allOf => ({ allOf })),
      several.map(anyOf => ({ anyOf })),
      tie('tree').map(not => ({ not })),
    ),
  };
}).tree;

/** What the permission backend decides by applying the rules to one task. */
function isAllowed(task: (typeof tasks)[number], conditions: Criteria) {
  const rules: PermissionRule<PermissionTask, TaskFilter, string>[] =
    Object.values(taskPermissionRules);
  const authorize = createConditionAuthorizer<PermissionTask>({
    getRuleByName: name => rules.find(rule => rule.name === name)!,
  });
  return authorize(
    {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'agent-tasks',
      resourceType: 'agent-task',
      conditions,
    },
    task,
  );
}

describe('the rules of tasks', () => {
  it('decide by a filter as they do by a task', () => {
    fc.assert(
      fc.property(criteria, conditions => {
        const filter = toTaskFilter(conditions) as TaskFilter;
        for (const task of tasks) {
          expect(matchesTaskFilter(task, filter)).toBe(
            isAllowed(task, conditions),
          );
        }
      }),
    );
  });

  it.each(['IS_OWNER', 'is_requester'])('do not know %s', rule => {
    expect(() =>
      toTaskFilter({ rule, resourceType: 'agent-task', params: {} }),
    ).toThrow(rule);
  });

  it('refuse parameters that they do not understand', () => {
    expect(() =>
      toTaskFilter({
        rule: 'IS_REQUESTER',
        resourceType: 'agent-task',
        params: { claims: 'user:default/dana' },
      }),
    ).toThrow();
  });
});

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'the rules of tasks on %p',
  (databaseId: TestDatabaseId) => {
    it('decide in the database as they do outside of it', async () => {
      const knex = await databases.init(databaseId);
      const { launch } = await createStages({ knex });
      for (const task of tasks) {
        const [id] = await launch();
        await knex('tasks').where({ id }).update(task);
        await knex('task_keys').where({ task_id: id }).update(task);
      }
      const reader = DatabaseTaskReader.create({
        knex,
        providerTitle: id => id,
      });
      await fc.assert(
        fc.asyncProperty(
          criteria,
          fc.option(fc.subarray(teams, { minLength: 1 }), { nil: undefined }),
          async (conditions, wanted) => {
            const permitted = toTaskFilter(conditions) as TaskFilter;
            const page = await reader.list({
              query: { limit: 100, team: wanted },
              permitted,
            });
            const seen = page.tasks.map(
              task => `${task.requester} ${task.team}`,
            );
            expect(seen.sort()).toEqual(
              tasks
                .filter(task => matchesTaskFilter(task, permitted))
                .filter(task => !wanted || wanted.includes(task.team))
                .map(task => `${task.requester} ${task.team}`)
                .sort(),
            );
          },
        ),
        { numRuns: 200 },
      );
    });
  },
);
