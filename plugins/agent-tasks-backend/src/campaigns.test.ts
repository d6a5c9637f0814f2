import {
  agentTaskApprovePermission,
  agentTaskCancelPermission,
  agentTaskReadPermission,
  Campaign,
  Rollout,
} from '@agent-tasks/plugin-agent-tasks-common';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { createStages } from './__testUtils__/createStages';
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
      options: Omit<Parameters<typeof createStages>[0], 'knex'> = {},
    ) => {
      const knex = await databases.init(databaseId);
      return { knex, ...(await setUp(knex, options)) };
    };

    it('begins a wave after the other, each when the one before has settled', async () => {
      const stages = await create({ components: 6 });
      const { launch, get, settle, round, clock } = stages;
      const { id } = await launch({ waves: [1, 3, '100%'], soakSeconds: 60 });
      expect(states(await get(id))).toEqual([
        { queued: 1 },
        { held: 2 },
        { held: 3 },
      ]);
      await round('admission', 'starts', 'watch', 'campaigns');
      expect(states(await get(id))[1]).toEqual({ held: 2 });

      await settle(id, 1, 'merged');
      await round('campaigns');
      const soaking = await get(id);
      expect(soaking.waves[0].state).toBe('soaking');
      expect(states(soaking)[1]).toEqual({ held: 2 });
      expect(soaking.waves[0].continuesAt).toBe(
        new Date(clock.now().getTime() + 60_000).toISOString(),
      );
      clock.advance(60);
      await round('campaigns');
      expect(states(await get(id))).toEqual([
        { merged: 1 },
        { queued: 2 },
        { held: 3 },
      ]);
      await settle(id, 2, 'merged');
      clock.advance(61);
      await round('campaigns');
      await settle(id, 3, 'merged');
      await round('campaigns');
      expect(await get(id)).toMatchObject({
        state: 'finished',
        states: { merged: 6 },
      });
      expect(await drift(stages)).toEqual([]);
    });

    it('holds the rest when the first wave fails, says why with the evidence, and goes on when told to', async () => {
      const stages = await create({ components: 5 });
      const { launch, get, settle, round, clock, caller, campaigns } = stages;
      const { id } = await launch({
        waves: [1, '100%'],
        stopOn: { failedPercent: 20 },
      });
      const [first] = (await get(id)).tasks;
      await settle(id, 1, 'failed');
      clock.advance(2);
      await round('campaigns', 'campaigns');
      clock.advance(600);
      await round('campaigns', 'admission');
      const stopped = await get(id);
      expect(stopped.state).toBe('stopped');
      expect(stopped.paused).toBeUndefined();
      expect(states(stopped)).toEqual([{ failed: 1 }, { held: 4 }]);
      expect(stopped.waves[0].stop).toMatchObject({
        rule: 'failed',
        actualPercent: 100,
        limitPercent: 20,
        counted: 1,
        evidence: [{ taskId: first, what: 'The agent gave up.' }],
      });
      expect(
        (await campaigns.list(caller, { limit: 10, state: ['stopped'] })).items,
      ).toMatchObject([
        { id, stop: expect.stringContaining('100 % of 1 task failed') },
      ]);

      const on = await campaigns.continueAfterStop(caller, id, {
        reason: 'It was the network.',
      });
      expect(on.state).toBe('running');
      expect(states(on)).toEqual([{ failed: 1 }, { queued: 4 }]);
      await expect(
        campaigns.continueAfterStop(caller, id, { reason: 'again' }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await round('admission');
      expect((await get(id)).states.starting).toBe(4);
      expect(await drift(stages)).toEqual([]);
    });

    it('stops what waits in the queue as well', async () => {
      const { launch, get, settle, round, clock, knex } = await create({
        components: 6,
        running: 1,
      });
      const { id } = await launch({ stopOn: { failedPercent: 0 } });
      await round('admission');
      const [{ id: working }] = await knex('tasks').where('state', 'starting');
      await settle(id, 1, 'failed', [working]);
      clock.advance(1);
      await round('campaigns', 'admission', 'starts', 'admission');
      expect(await get(id)).toMatchObject({
        state: 'stopped',
        states: { failed: 1, queued: 5 },
      });
    });

    it('waits for an approval, once', async () => {
      const { launch, get, settle, round, clock, campaigns, caller } =
        await create({ components: 4 });
      const { id } = await launch({
        waves: [1, '100%'],
        continue: 'approval',
      });
      await expect(campaigns.approve(caller, id, 2)).rejects.toMatchObject({
        name: 'ConflictError',
      });
      await settle(id, 1, 'merged');
      clock.advance(2);
      await round('campaigns');
      expect((await get(id)).state).toBe('waiting_for_approval');
      const [one, other] = await Promise.all([
        campaigns.approve(caller, id, 2),
        campaigns.approve(caller, id, 2),
      ]);
      expect([one.waves[1].approvedBy, other.waves[1].approvedBy]).toEqual([
        'user:default/dana',
        'user:default/dana',
      ]);
      expect(states(await get(id))).toEqual([{ merged: 1 }, { queued: 3 }]);
      await expect(campaigns.approve(caller, id, 7)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });

    it('is begun once by two replicas that look at the same moment', async () => {
      const knex = await databases.init(databaseId);
      const one = await setUp(knex, { components: 6 });
      const other = await setUp(knex, { components: 6, shared: one });
      const { id } = await one.launch({ waves: [1, 3, '100%'] });
      await one.settle(id, 1, 'merged');
      one.clock.advance(2);
      await Promise.all([one.round('campaigns'), other.round('campaigns')]);
      expect(states(await one.get(id))).toEqual([
        { merged: 1 },
        { queued: 2 },
        { held: 3 },
      ]);
      const begun = await knex('events').where('type', 'campaign.wave_begun');
      expect(begun).toHaveLength(1);
      const queued = await knex('events').where('type', 'task.queued');
      expect(queued).toHaveLength(2);
      expect(await drift(one)).toEqual([]);
    });

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
      expect(states(await get(id))[1]).toEqual({ held: 3 });
      expect(
        (await campaigns.list(caller, { limit: 5, state: ['paused'] })).items,
      ).toHaveLength(1);
      expect(
        (await campaigns.list(caller, { limit: 5, state: ['running'] })).items,
      ).toEqual([]);
      expect(states(await campaigns.resume(caller, id))[1]).toEqual({
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
      expect(states(added)).toEqual([{ queued: 1 }, { held: 3 }]);
      await expect(
        add('key-0004', ['component:default/shop-5']),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await expect(add('key-0005', ['component:default/none'])).rejects.toThrow(
        'Nothing would be launched',
      );
      expect((await get(id)).waves[1].tasks).toBe(3);
      expect(await drift({ counterDrift })).toEqual([]);
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
      expect(await drift({ counterDrift })).toEqual([]);
    });

    it('cancels the tasks of a team that is no longer there when their wave begins', async () => {
      const { launch, get, settle, round, clock, knex } = await create({
        components: 3,
      });
      const { id } = await launch({ waves: [1, '100%'] });
      await knex('team_groups')
        .where('ref', 'group:default/shop')
        .update({ gone: true });
      await settle(id, 1, 'merged');
      clock.advance(2);
      await round('campaigns');
      const campaign = await get(id);
      expect(states(campaign)).toEqual([{ merged: 1 }, { cancelled: 2 }]);
      expect(campaign.teams).toMatchObject([{ gone: true }]);
      const [event] = await knex('events').where({
        type: 'task.cancelled',
        actor: 'system',
      });
      expect(event.message).toContain(
        'group:default/shop is no longer in the catalog',
      );
      clock.advance(61);
      await round('campaigns');
      expect((await get(id)).state).toBe('finished');
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

    it('joins tasks of one repository that are launched within a window', async () => {
      const stages = await create({ components: 2, batchingSeconds: 30 });
      const { launch, get, round, clock, tasks, credentials, knex } = stages;
      const first = await launch({}, 1, '1.3.0');
      expect(first.states).toEqual({ held: 1 });
      clock.advance(20);
      const second = await launch({}, 2, '2.0.0');
      clock.advance(9);
      await round('campaigns', 'admission');
      expect((await get(first.id)).states).toEqual({ held: 1 });
      clock.advance(1);
      await round('campaigns');
      expect((await get(first.id)).states).toEqual({ queued: 1 });
      // The one of the other repository has its own window.
      expect((await get(second.id)).states).toEqual({ joined: 1, held: 1 });
      const [joined] = second.tasks;
      const details = await tasks.get({ credentials, id: joined });
      expect(details.task.joinedTo).toBe(first.tasks[0]);
      const { prompt } = await tasks.get({
        credentials,
        id: first.tasks[0],
      });
      expect(prompt.text).toContain('Part 1 of 2');
      expect(prompt.text).toContain('1.3.0');
      expect(prompt.text).toContain('2.0.0');
      expect(prompt.segments.map(one => one.text).join('')).toBe(prompt.text);
      clock.advance(20);
      await round('campaigns');
      expect((await get(second.id)).states).toEqual({ joined: 1, queued: 1 });
      expect(await drift(stages)).toEqual([]);
      expect(
        await knex('events').where({ type: 'task.joined', task_id: joined }),
      ).toHaveLength(1);
    });

    it('is shown to those alone who may see all of its tasks, and changed by those who may change all', async () => {
      const knex = await databases.init(databaseId);
      const of = (team: string) =>
        agentTaskConditions.hasTeam({ teams: [team] });
      const dana = await setUp(knex, { components: 2 });
      const { id } = await dana.launch({});
      const foreign = await setUp(knex, {
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
      const reader = await setUp(knex, {
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

/** Without the tasks admitted on a day: here they come to their end without an attempt. */
async function drift(stages: {
  counterDrift(): Promise<{ key: string }[]>;
}): Promise<{ key: string }[]> {
  return (await stages.counterDrift()).filter(
    one => !one.key.startsWith('day '),
  );
}

/** Tasks by state, of each wave. */
function states(campaign: Campaign) {
  return campaign.waves.map(wave => wave.states);
}

async function setUp(
  knex: Knex,
  options: Omit<Parameters<typeof createStages>[0], 'knex'>,
) {
  const stages = await createStages({ knex, ...options });
  const { components = 3 } = options;
  const { credentials, clock } = stages;
  const caller = { credentials, actor: 'user:default/dana' };
  let launches = 0;
  return {
    ...stages,
    caller,
    get: (id: string) => stages.campaigns.get(caller, id),

    async launch(rollout: Rollout, count = components, version = '1.3.0') {
      launches += 1;
      await stages.round('templates');
      const { campaign } = await stages.launches.launch({
        caller: { credentials, requester: caller.actor },
        request: {
          template: 'bump',
          components: Array.from(
            { length: count },
            (_, index) => `component:default/shop-${index + 1}`,
          ),
          parameters: { version },
          rollout,
        },
        idempotencyKey: `launch-${launches}-${clock.now().getTime()}`,
      });
      return campaign;
    },

    /** Tasks of a wave come to an end, whatever they do. */
    async settle(
      id: string,
      wave: number,
      to: 'merged' | 'failed',
      only?: string[],
    ) {
      const ids =
        only ??
        (await knex('tasks').where({ campaign_id: id, wave }).pluck('id'));
      const at = clock.now();
      await stages.taskStore.transaction(async tx => {
        const batch = await stages.taskStore.open(tx, ids);
        for (const taskId of ids) {
          const event = { type: 'task.test', actor: 'system', message: '' };
          batch.go({ taskId, to: 'starting', at, event });
          batch.go({
            taskId,
            to,
            at,
            reason: to === 'failed' ? 'The agent gave up.' : undefined,
            event,
          });
        }
        await batch.flush();
      });
      await stages.campaignStore.makeDue([id], at);
    },
  };
}
