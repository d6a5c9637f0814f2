import {
  agentTaskApprovePermission,
  agentTaskCancelPermission,
  agentTaskReadPermission,
} from '@agent-tasks/plugin-agent-tasks-common';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createCampaignStages,
  driftOf,
  statesOf,
} from './__testUtils__/createCampaignStages';
import { policyOf } from './__testUtils__/policyOf';
import {
  agentTaskConditions,
  createAgentTaskConditionalDecision,
} from './index';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'A campaign on %p',
  (databaseId: TestDatabaseId) => {
    const create = async (
      options: Parameters<typeof createCampaignStages>[1] = {},
    ) => {
      const knex = await databases.init(databaseId);
      return { knex, ...(await createCampaignStages(knex, options)) };
    };

    it('is paused, resumed and cancelled', async () => {
      const { launch, get, settle, round, clock, campaigns, caller } =
        await create({ components: 4 });
      const { id } = await launch({ waves: [1, '100%'] });
      const paused = await campaigns.pause(caller, id, { reason: 'Holidays' });
      expect(paused).toMatchObject({
        state: 'paused',
        paused: { reason: 'Holidays', by: 'user:default/dana' },
      });
      await settle(id, 1, 'merged');
      clock.advance(61);
      await round('campaigns');
      expect(statesOf(await get(id))[1]).toEqual({ held: 3 });
      expect(
        (await campaigns.list(caller, { limit: 5, state: ['paused'] })).items,
      ).toHaveLength(1);
      expect(
        (await campaigns.list(caller, { limit: 5, state: ['running'] })).items,
      ).toEqual([]);
      expect(statesOf(await campaigns.resume(caller, id))[1]).toEqual({
        queued: 3,
      });
      await expect(campaigns.resume(caller, id)).rejects.toMatchObject({
        name: 'ConflictError',
      });
      const cancelled = await campaigns.cancel(caller, id, {
        reason: 'Not wanted any more',
      });
      expect(cancelled).toMatchObject({
        state: 'cancelled',
        states: { merged: 1, cancelled: 3 },
        cancelled: { by: 'user:default/dana', reason: 'Not wanted any more' },
      });
      await campaigns.cancel(caller, id, { reason: 'Twice' });
      await expect(
        campaigns.addComponents(
          { credentials: caller.credentials, requester: caller.actor },
          id,
          { components: ['component:default/shop-1'] },
          'key-0002',
        ),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('takes components that are added, once for one key', async () => {
      const { launch, get, campaigns, caller, counterDrift } = await create({
        components: 5,
      });
      const { id } = await launch({ waves: [1, '100%'] }, 3);
      const add = (key: string, components: string[]) =>
        campaigns.addComponents(
          { credentials: caller.credentials, requester: caller.actor },
          id,
          { components },
          key,
        );
      const four = 'component:default/shop-4';
      await add('key-0004', [four]);
      const added = await add('key-0004', [four]);
      expect(added.taskCount).toBe(4);
      expect(statesOf(added)).toEqual([{ queued: 1 }, { held: 3 }]);
      await expect(
        add('key-0004', ['component:default/shop-5']),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await expect(add('key-0005', ['component:default/none'])).rejects.toThrow(
        'Nothing would be launched',
      );
      expect((await get(id)).waves[1].tasks).toBe(3);
      expect(await driftOf({ counterDrift })).toEqual([]);
    });

    it('moves what waits to another place in the queue, at once', async () => {
      const { launch, campaigns, caller, round, get, knex, counterDrift } =
        await create({ components: 4, running: 1 });
      await launch({}, 2);
      const { id } = await launch({ waves: [1, '100%'] }, 2);
      const raised = await campaigns.setPriority(caller, id, {
        priority: 'urgent',
      });
      expect(raised.priority).toBe('urgent');
      await round('admission');
      expect((await get(id)).states).toEqual({ starting: 1, held: 1 });
      expect(
        await knex('tasks')
          .where({ campaign_id: id, state: 'held' })
          .select('priority'),
      ).toEqual([{ priority: 'urgent' }]);
      expect(await driftOf({ counterDrift })).toEqual([]);
    });

    it('goes on when tasks are tried again after its end', async () => {
      const stages = await create({ components: 3 });
      const { launch, get, settle, round, clock, campaigns, caller } = stages;
      const { id, tasks } = await launch({});
      await settle(id, 1, 'failed', tasks.slice(0, 2));
      await settle(id, 1, 'merged', tasks.slice(2));
      await round('campaigns');
      expect((await get(id)).state).toBe('finished');
      const { results, remaining } = await campaigns.retry(caller, id, {});
      expect(results).toEqual([
        { taskId: tasks[0], ok: true },
        { taskId: tasks[1], ok: true },
      ]);
      expect(remaining).toBeUndefined();
      clock.advance(1);
      await round('campaigns');
      const { items } = await campaigns.list(caller, { limit: 5 });
      expect(items).toMatchObject([
        { id, state: 'running', states: { queued: 2, merged: 1 } },
      ]);
      await expect(campaigns.retry(caller, id, {})).rejects.toMatchObject({
        name: 'ConflictError',
      });
      await expect(
        campaigns.retry(caller, id, { tasks: ['task_of_another'] }),
      ).rejects.toMatchObject({ name: 'InputError' });
      expect(await driftOf(stages)).toEqual([]);
    });

    it('that a lead has paused is not resumed by whom may only cancel', async () => {
      const knex = await databases.init(databaseId);
      const dana = await createCampaignStages(knex, {
        permissions: policyOf({
          [agentTaskApprovePermission.name]: { result: AuthorizeResult.DENY },
        }),
      });
      const lee = await createCampaignStages(knex, { shared: dana });
      const { id } = await dana.launch({});
      const lead = { ...lee.caller, actor: 'user:default/lee' };
      await dana.campaigns.pause(dana.caller, id, { reason: 'Mine' });
      await lee.campaigns.resume(lead, id);
      await lee.campaigns.pause(lead, id, { reason: 'Freeze' });
      await expect(
        dana.campaigns.resume(dana.caller, id),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect((await dana.get(id)).paused?.by).toBe('user:default/lee');
    });

    it('is paged and filtered', async () => {
      const { launch, campaigns, caller, round, settle } = await create({
        components: 1,
      });
      const ids = [];
      for (let index = 0; index < 3; index += 1) {
        ids.unshift((await launch({})).id);
      }
      const first = await campaigns.list(caller, { limit: 2 });
      expect(first.items.map(one => one.id)).toEqual(ids.slice(0, 2));
      const second = await campaigns.list(caller, {
        limit: 2,
        cursor: first.nextCursor,
      });
      expect(second.items.map(one => one.id)).toEqual(ids.slice(2));
      expect(second.nextCursor).toBeUndefined();
      await settle(ids[1], 1, 'merged');
      await round('campaigns');
      const found = async (
        query: Omit<Parameters<typeof campaigns.list>[1], 'limit'>,
      ) =>
        (await campaigns.list(caller, { limit: 10, ...query })).items.map(
          one => one.id,
        );
      expect(await found({ state: ['finished'] })).toEqual([ids[1]]);
      expect(await found({ state: ['finished', 'running'] })).toEqual(ids);
      expect(await found({ team: ['group:default/shop'] })).toEqual(ids);
      expect(await found({ team: ['group:default/pay'] })).toEqual([]);
      expect(await found({ template: ['bump'] })).toEqual(ids);
      expect(await found({ requester: ['user:default/lee'] })).toEqual([]);
      await expect(
        campaigns.list(caller, { limit: 2, cursor: "x' or 1=1" }),
      ).rejects.toMatchObject({ name: 'InputError' });
    });

    it('does the same to many tasks, with a result for each', async () => {
      const { launch, get, settle, campaigns, caller } = await create({
        components: 3,
      });
      const { id, tasks } = await launch({ waves: [2, '100%'] });
      await settle(id, 1, 'merged', [tasks[0]]);
      const { results } = await campaigns.bulk(caller, {
        action: 'cancel',
        tasks: [...tasks, 'task_unknown'],
        reason: 'Not wanted',
      });
      expect(results).toEqual([
        {
          taskId: tasks[0],
          ok: false,
          message: expect.stringContaining('ended already (merged)'),
        },
        { taskId: tasks[1], ok: true },
        { taskId: tasks[2], ok: true },
        {
          taskId: 'task_unknown',
          ok: false,
          message: expect.stringContaining('There is no task'),
        },
      ]);
      expect((await get(id)).states).toEqual({ merged: 1, cancelled: 2 });
    });

    it('is shown to those alone who may see all of its tasks, and changed by those who may change all', async () => {
      const knex = await databases.init(databaseId);
      const of = (team: string) =>
        agentTaskConditions.hasTeam({ teams: [team] });
      const dana = await createCampaignStages(knex, { components: 2 });
      const { id } = await dana.launch({});
      const foreign = await createCampaignStages(knex, {
        components: 2,
        shared: dana,
        permissions: policyOf({
          [agentTaskReadPermission.name]: createAgentTaskConditionalDecision(
            agentTaskReadPermission,
            of('group:default/pay'),
          ),
        }),
      });
      expect(
        (await foreign.campaigns.list(dana.caller, { limit: 5 })).items,
      ).toEqual([]);
      await expect(foreign.get(id)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      const reader = await createCampaignStages(knex, {
        components: 2,
        shared: dana,
        permissions: policyOf({
          [agentTaskReadPermission.name]: createAgentTaskConditionalDecision(
            agentTaskReadPermission,
            of('group:default/shop'),
          ),
          [agentTaskCancelPermission.name]: { result: AuthorizeResult.DENY },
          [agentTaskApprovePermission.name]: { result: AuthorizeResult.DENY },
        }),
      });
      expect((await reader.get(id)).can).toEqual({
        cancel: false,
        approve: false,
        create: false,
      });
      expect(
        (await reader.campaigns.list(dana.caller, { limit: 5 })).items,
      ).toHaveLength(1);
      const { campaigns, caller } = reader;
      for (const act of [
        () => campaigns.pause(caller, id, { reason: 'x' }),
        () => campaigns.resume(caller, id),
        () => campaigns.cancel(caller, id, { reason: 'x' }),
        () => campaigns.retry(caller, id, {}),
        () => campaigns.setPriority(caller, id, { priority: 'high' }),
        () => campaigns.approve(caller, id, 1),
        () => campaigns.continueAfterStop(caller, id, { reason: 'x' }),
        () =>
          campaigns.addComponents(
            { credentials: caller.credentials, requester: caller.actor },
            id,
            { components: ['component:default/shop-1'] },
            'key-0009',
          ),
      ]) {
        await expect(act()).rejects.toMatchObject({ name: 'NotAllowedError' });
      }
      const [task] = (await dana.get(id)).tasks;
      expect(
        await campaigns.bulk(caller, { action: 'cancel', tasks: [task] }),
      ).toEqual({
        results: [
          {
            taskId: task,
            ok: false,
            message: expect.stringContaining(agentTaskCancelPermission.name),
          },
        ],
      });
      expect((await dana.get(id)).states).toEqual({ queued: 2 });
    });

    it('tells how it went, and of each task in CSV', async () => {
      const { launch, settle, campaigns, caller, clock, round } = await create({
        components: 4,
      });
      const { id, tasks } = await launch({});
      clock.advance(600);
      await settle(id, 1, 'merged', [tasks[0], tasks[1]]);
      clock.advance(600);
      await round('campaigns');
      const { points } = await campaigns.burndown(caller, id);
      expect(points[0]).toMatchObject({ open: 4, settled: 0 });
      expect(points[points.length - 1]).toEqual({
        at: clock.now().toISOString(),
        open: 2,
        settled: 2,
      });
      let csv = '';
      for await (const part of await campaigns.exportCsv(caller, id)) {
        csv += part;
      }
      expect(csv.trim().split('\r\n')).toHaveLength(5);
      expect(csv).toContain(`${tasks[0]},1,merged`);
    });
  },
);
