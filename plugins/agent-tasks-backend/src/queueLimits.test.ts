import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'The limits of the queue on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(
      options: Omit<Parameters<typeof createStages>[0], 'knex'> = {},
    ) {
      const knex = await databases.init(databaseId);
      return { knex, ...(await createStages({ ...options, knex })) };
    }

    it('runs one task at a time on a repository, and lets others pass by', async () => {
      const { launch, round, stateOf, tasks, credentials, provider, until } =
        await setUp({ components: 2 });
      const [first] = await launch(1);
      const [second, other] = await launch(2);
      await round('admission');
      expect(await stateOf(first)).toBe('starting');
      expect(await stateOf(second)).toBe('queued');
      expect(await stateOf(other)).toBe('starting');
      expect((await tasks.get({ credentials, id: second })).hold).toMatchObject(
        {
          limit: 'repository-running',
          used: 1,
          max: 1,
          holders: [{ taskId: first }],
        },
      );
      await until(async () => (await stateOf(first)) === 'running');
      provider.report('shop-1', { state: 'completed' });
      await until(async () => (await stateOf(second)) === 'running');
    });

    it('keeps the review budget of a team from admission until a change is merged or closed', async () => {
      const {
        launch,
        until,
        stateOf,
        provider,
        codeHost,
        tasks,
        credentials,
        round,
        counterDrift,
      } = await setUp({ components: 3, limits: { team: { openChanges: 2 } } });
      const ids = await launch(3);
      await until(async () => (await stateOf(ids[1])) === 'running');
      expect(await stateOf(ids[2])).toBe('queued');
      expect((await tasks.get({ credentials, id: ids[2] })).hold).toMatchObject(
        {
          limit: 'team-changes',
          used: 2,
          max: 2,
          message: expect.stringContaining(
            'group:default/shop may have 2 open agent changes',
          ),
        },
      );

      codeHost.set('PR_1', {});
      provider.report('shop-1', {
        state: 'completed',
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await until(async () => (await stateOf(ids[0])) === 'in_review');
      await round('admission');
      expect(await stateOf(ids[2])).toBe('queued');

      codeHost.set('PR_1', { state: 'merged' });
      await until(async () => (await stateOf(ids[2])) === 'running');
      expect(await counterDrift()).toEqual([]);
    });

    it('gives back the review slot of a task that ended without a change', async () => {
      const { launch, until, stateOf, provider, counterDrift } = await setUp({
        components: 2,
        limits: { team: { openChanges: 1 } },
      });
      const ids = await launch(2);
      await until(async () => (await stateOf(ids[0])) === 'running');
      provider.report('shop-1', { state: 'completed' });
      await until(async () => (await stateOf(ids[1])) === 'running');
      expect(await counterDrift()).toEqual([]);
    });

    it('keeps the review slot of a failed task while its change is open', async () => {
      const {
        launch,
        until,
        stateOf,
        provider,
        codeHost,
        round,
        counterDrift,
      } = await setUp({ components: 2, limits: { team: { openChanges: 1 } } });
      const ids = await launch(2);
      await until(async () => (await stateOf(ids[0])) === 'running');
      codeHost.set('PR_1', {});
      provider.report('shop-1', {
        state: 'failed',
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await until(async () => (await stateOf(ids[0])) === 'failed');
      await round('admission', 'changes');
      expect(await stateOf(ids[1])).toBe('queued');
      codeHost.set('PR_1', { state: 'closed' });
      await until(async () => (await stateOf(ids[1])) === 'running');
      expect(await counterDrift()).toEqual([]);
    });

    it('sets counters right that do not agree with the tasks, and writes it down', async () => {
      const { knex, launch, until, stateOf, round, slots } = await setUp();
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      await knex('slot_counters').update({ running: 7 });
      await round('counters');
      expect(await slots()).toEqual({ counted: 1, used: 1 });
      expect(
        await knex('events').where({ type: 'limits.repaired' }).first(),
      ).toMatchObject({ actor: 'system' });
      await round('counters');
      expect(
        await knex('events').where({ type: 'limits.repaired' }),
      ).toHaveLength(1);
    });

    it('starts nothing while the counters are not known, and says so', async () => {
      const { knex, launch, round, stateOf, tasks, credentials } =
        await setUp();
      await knex('slot_counters').where({ key: 'portal' }).delete();
      const [id] = await launch();
      await round('admission');
      expect(await stateOf(id)).toBe('queued');
      expect((await tasks.get({ credentials, id })).hold!.message).toContain(
        'is not known',
      );
      await round('counters', 'admission');
      expect(await stateOf(id)).toBe('starting');
    });

    it('starts nothing at a provider that is not installed, and says what to do', async () => {
      const { knex, launch, round, stateOf, tasks, credentials, slots } =
        await setUp({ components: 2, running: 1 });
      const [first, second] = await launch(2);
      await knex('tasks').where({ id: first }).update({ provider: 'gone' });
      await knex('queue_lines')
        .where('repository', 'like', '%shop-1')
        .update({ provider: 'gone' });
      await round('admission');
      expect(await stateOf(first)).toBe('queued');
      expect((await tasks.get({ credentials, id: first })).hold).toMatchObject({
        limit: 'provider-unavailable',
        message: expect.stringContaining("'gone' is not installed"),
      });
      expect(await stateOf(second)).toBe('starting');
      expect(await slots()).toEqual({ counted: 1, used: 1 });
    });

    it('admits with two replicas at once no more than the limits allow', async () => {
      const first = await setUp({ running: 4, components: 12 });
      const { knex, clock, provider, codeHost, launch, slots, counterDrift } =
        first;
      const second = await createStages({
        knex,
        running: 4,
        components: 12,
        shared: { clock, provider, codeHost },
      });
      await launch(12);
      await Promise.all([
        first.round('admission'),
        second.round('admission'),
        first.round('admission'),
        second.round('admission'),
      ]);
      expect(await slots()).toEqual({ counted: 4, used: 4 });
      expect(await counterDrift()).toEqual([]);
    });
  },
);
