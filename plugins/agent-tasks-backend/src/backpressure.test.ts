import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const { signal } = new AbortController();

describe.each(databases.eachSupportedId())(
  'Backpressure on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(
      options: Omit<Parameters<typeof createStages>[0], 'knex'> = {},
    ) {
      const knex = await databases.init(databaseId);
      const stages = await createStages({
        running: 50,
        components: 12,
        ...options,
        knex,
      });
      const countIn = async (state: string) => {
        const [{ count }] = await knex('tasks')
          .where({ state })
          .count({ count: '*' });
        return Number(count);
      };
      const holdOf = async (id: string) =>
        (await stages.tasks.get({ credentials: stages.credentials, id })).hold;
      return { knex, ...stages, countIn, holdOf };
    }

    it('starts no more in a minute than an account may, and leaves the others in the queue', async () => {
      const stages = await setUp({
        limits: { account: { startsPerMinute: 4 } },
      });
      const { launch, round, provider, clock, countIn, holdOf, until } = stages;
      const ids = await launch(10);
      await round('admission', 'starts', 'admission', 'starts');
      expect(provider.requests.start).toBe(4);
      expect(await countIn('queued')).toBe(6);
      expect(await holdOf(ids[9])).toMatchObject({
        limit: 'account-starts',
        used: 4,
        max: 4,
      });

      const begun = clock.now().getTime();
      await until(async () => provider.requests.start === 8);
      expect(clock.now().getTime() - begun).toBeGreaterThanOrEqual(60_000);
      expect(clock.now().getTime() - begun).toBeLessThan(63_000);
      await until(async () => provider.requests.start === 10);
      expect(clock.now().getTime() - begun).toBeGreaterThanOrEqual(120_000);
      expect(await stages.counterDrift()).toEqual([]);
    });

    it('counts starts in the round that admits them', async () => {
      const stages = await setUp({
        limits: { account: { startsPerMinute: 'none' } },
        backpressure: { startsAtOnce: 3 },
      });
      const { launch, rounds, round, provider, clock, countIn } = stages;
      await launch(10);
      await rounds.admission.loop!(signal);
      await round('starts');
      expect(await countIn('running')).toBe(provider.requests.start);
      expect(provider.requests.start).toBeLessThanOrEqual(6);
      for (let second = 0; second < 6; second += 1) {
        clock.advance(1);
        await round('starts');
      }
      expect(provider.requests.start).toBe(10);
      expect(await countIn('running')).toBe(10);
    });

    it('waits as long as a provider says, for its account alone', async () => {
      const stages = await setUp({
        limits: { team: { running: 20, openChanges: 20 } },
      });
      const { launch, round, provider, clock, countIn, holdOf, queue } = stages;
      provider.accountOf = name => (name.endsWith('1') ? 'busy' : 'calm');
      provider.faultOn = name => (name.endsWith('1') ? 'later' : undefined);
      const [first] = await launch(1);
      await round('admission', 'starts');
      expect(provider.requests.start).toBe(1);
      expect((await holdOf(first))?.message).toContain('Too many requests.');

      // Of components 1 and 11 the account is blocked; the other ten start all the same.
      await launch(12);
      for (let second = 0; second < 5; second += 1) {
        await round('admission', 'starts');
        clock.advance(1);
      }
      expect(await countIn('running')).toBe(10);
      expect(await stages.slots()).toEqual({ counted: 11, used: 11 });
      const { id } = await stages
        .knex('tasks')
        .where({ account: 'busy', state: 'queued', repository_name: 'shop-11' })
        .first('id');
      expect(await holdOf(id)).toMatchObject({
        limit: 'account-blocked',
        message: expect.stringContaining('asked the account to wait'),
      });
      const { accounts, holds } = await queue.get(stages.credentials);
      expect(accounts).toContainEqual(
        expect.objectContaining({
          account: 'busy',
          blockedUntil: expect.any(String),
        }),
      );
      expect(holds).toContainEqual(
        expect.objectContaining({ limit: 'account-blocked', subject: 'busy' }),
      );

      provider.faultOn = undefined;
      // One repository has one run slot, so that one of the three waits for it.
      await stages.until(async () => (await countIn('running')) === 12);
      expect(provider.started).toHaveLength(12);
    });

    it('stops after failures in a row, and goes on by itself when a start succeeds', async () => {
      const stages = await setUp({ backpressure: { breakerFailures: 3 } });
      const { launch, until, provider, clock, countIn, holdOf } = stages;
      provider.faultOn = () => 'request-lost';
      const ids = await launch(3);
      await stages.round('admission', 'starts');
      expect(provider.requests.start).toBe(3);
      const [late] = (await launch(4)).slice(3);
      await stages.round('admission', 'starts');
      expect(provider.requests.start).toBe(3);
      expect(await holdOf(late)).toMatchObject({ limit: 'account-blocked' });

      provider.faultOn = undefined;
      const begun = clock.now().getTime();
      await until(async () => (await countIn('running')) === 4);
      expect(clock.now().getTime() - begun).toBeGreaterThanOrEqual(29_000);
      expect(await stages.stateOf(ids[0])).toBe('running');
    });

    it('writes nothing where nothing is configured', async () => {
      const stages = await setUp({
        limits: { account: { startsPerMinute: 'none' } },
        backpressure: {
          startsAtOnce: 'none',
          contentPerMinute: 'none',
          contentPerHour: 'none',
        },
      });
      const { launch, rounds, knex, countIn } = stages;
      await launch(8);
      await rounds.admission.loop!(signal);
      await stages.round('starts');
      expect(await countIn('running')).toBe(8);
      expect(await knex('account_throttles')).toEqual([]);
    });
  },
);
