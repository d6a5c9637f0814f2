import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import {
  createCampaignStages,
  driftOf,
  statesOf,
} from './__testUtils__/createCampaignStages';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'The waves of a campaign on %p',
  (databaseId: TestDatabaseId) => {
    const create = async (
      options: Parameters<typeof createCampaignStages>[1] = {},
    ) => {
      const knex = await databases.init(databaseId);
      return { knex, ...(await createCampaignStages(knex, options)) };
    };

    it('begins a wave after the other, each when the one before has settled', async () => {
      const stages = await create({ components: 6 });
      const { launch, get, settle, round, clock } = stages;
      const { id } = await launch({ waves: [1, 3, '100%'], soakSeconds: 60 });
      expect(statesOf(await get(id))).toEqual([
        { queued: 1 },
        { held: 2 },
        { held: 3 },
      ]);
      await round('admission', 'starts', 'watch', 'campaigns');
      expect(statesOf(await get(id))[1]).toEqual({ held: 2 });

      await settle(id, 1, 'merged');
      await round('campaigns');
      const soaking = await get(id);
      expect(soaking.waves[0].state).toBe('soaking');
      expect(statesOf(soaking)[1]).toEqual({ held: 2 });
      expect(soaking.waves[0].continuesAt).toBe(
        new Date(clock.now().getTime() + 60_000).toISOString(),
      );
      clock.advance(60);
      await round('campaigns');
      expect(statesOf(await get(id))).toEqual([
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
      expect(await driftOf(stages)).toEqual([]);
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
      expect(statesOf(stopped)).toEqual([{ failed: 1 }, { held: 4 }]);
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
      expect(statesOf(on)).toEqual([{ failed: 1 }, { queued: 4 }]);
      await expect(
        campaigns.continueAfterStop(caller, id, { reason: 'again' }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      await round('admission');
      expect((await get(id)).states.starting).toBe(4);
      expect(await driftOf(stages)).toEqual([]);
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
      expect(statesOf(await get(id))).toEqual([{ merged: 1 }, { queued: 3 }]);
      await expect(campaigns.approve(caller, id, 7)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });

    it('is begun once by two replicas that look at the same moment', async () => {
      const knex = await databases.init(databaseId);
      const one = await createCampaignStages(knex, { components: 6 });
      const other = await createCampaignStages(knex, {
        components: 6,
        shared: one,
      });
      const { id } = await one.launch({ waves: [1, 3, '100%'] });
      await one.settle(id, 1, 'merged');
      one.clock.advance(2);
      await Promise.all([one.round('campaigns'), other.round('campaigns')]);
      expect(statesOf(await one.get(id))).toEqual([
        { merged: 1 },
        { queued: 2 },
        { held: 3 },
      ]);
      const begun = await knex('events').where('type', 'campaign.wave_begun');
      expect(begun).toHaveLength(1);
      const queued = await knex('events').where('type', 'task.queued');
      expect(queued).toHaveLength(2);
      expect(await driftOf(one)).toEqual([]);
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
      expect(statesOf(campaign)).toEqual([{ merged: 1 }, { cancelled: 2 }]);
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

    it('notices by itself that a wave has settled', async () => {
      const { launch, get, round, clock, provider } = await create({
        components: 2,
      });
      const { id } = await launch({ waves: [1, '100%'] });
      await round('campaigns', 'admission', 'starts');
      provider.report(0, { state: 'completed' });
      clock.advance(30);
      await round('watch');
      clock.advance(1);
      await round('campaigns');
      expect(statesOf(await get(id))).toEqual([
        { no_change: 1 },
        { queued: 1 },
      ]);
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
      expect(await driftOf(stages)).toEqual([]);
      expect(
        await knex('events').where({ type: 'task.joined', task_id: joined }),
      ).toHaveLength(1);
    });
  },
);
