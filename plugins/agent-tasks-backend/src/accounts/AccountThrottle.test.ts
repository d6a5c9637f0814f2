import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { ManualClock } from '../__testUtils__/ManualClock';
import { migrationsDirectory } from '../database/connect';
import { Clock } from '../loops/Clock';
import { ThrottleSettings } from '../policy/throttleState';
import { AccountThrottle, toThrottleSettings } from './AccountThrottle';
import { DatabaseThrottleStore } from './DatabaseThrottleStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const account = { provider: 'in-memory', account: 'bot' };

const settings: ThrottleSettings = {
  startsPerMinute: 20,
  contentPerMinute: 80,
  contentPerHour: 500,
  startsAtOnce: 8,
  breakerFailures: 5,
  underWaySeconds: 60,
};

const unlimited: ThrottleSettings = { breakerFailures: 2, underWaySeconds: 60 };

const limited = new ProviderError('The rate limit is used up.', {
  effect: 'later',
  status: 429,
  retryAfterSeconds: 30,
});
const broken = new ProviderError('It failed (502).', {
  effect: 'unknown',
  status: 502,
});

describe.each(databases.eachSupportedId())(
  'AccountThrottle on %p',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;
    let clock: ManualClock;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsDirectory });
      clock = new ManualClock();
    });

    /** One replica. */
    function replica(
      options: {
        settings?: ThrottleSettings;
        clock?: Clock;
        freed?: () => void;
      } = {},
    ) {
      const own = options.clock ?? clock;
      const store = DatabaseThrottleStore.create({ knex });
      const throttle = AccountThrottle.create({
        store,
        settingsOf: () => options.settings ?? settings,
        clock: own,
        freed: options.freed,
      });
      return {
        store,
        throttle,
        reserve: (wanted: number) =>
          knex.transaction(tx =>
            throttle.reserve(tx, account, wanted, own.now()),
          ),
      };
    }

    it('lets replicas that ask at the same time start no more together than the account may', async () => {
      const wide = { ...settings, startsAtOnce: undefined };
      const replicas = Array.from({ length: 4 }, () =>
        replica({ settings: wide }),
      );
      const reserved = await Promise.all(
        Array.from({ length: 24 }, (_, i) => replicas[i % 4].reserve(3)),
      );
      expect(reserved.reduce((sum, one) => sum + one.starts, 0)).toBe(20);
      expect(reserved.filter(one => one.starts === 0).at(-1)).toMatchObject({
        until: new Date('2026-03-02T08:01:01Z'),
        reason: { limit: 'account-starts' },
      });
      clock.advance(61);
      expect((await replicas[0].reserve(50)).starts).toBe(20);
    });

    it('takes nothing where the transaction that took it is rolled back', async () => {
      const { throttle } = replica();
      await expect(
        knex.transaction(async tx => {
          const open = await throttle.open(tx, account, clock.now());
          expect(open.starts).toBe(8);
          await open.take(5);
          throw new Error('the claim failed');
        }),
      ).rejects.toThrow('the claim failed');
      expect((await replica().reserve(50)).starts).toBe(8);
    });

    it('takes what is used, and no more than may leave, however it is taken', async () => {
      const { throttle } = replica();
      const taken = await knex.transaction(async tx => {
        const open = await throttle.open(tx, account, clock.now());
        return [await open.take(3), await open.take(50), await open.take(1)];
      });
      expect(taken.map(one => one.starts)).toEqual([3, 5, 0]);
    });

    it('has room again when starts are answered, and says so once', async () => {
      const freed = jest.fn();
      const { throttle, reserve } = replica({ freed });
      const reservation = await reserve(8);
      expect(await reserve(1)).toMatchObject({
        starts: 0,
        reason: {
          message:
            '8 starts of the account are under way, and there may be 8 at once.',
        },
      });
      await throttle.succeeded(reservation, 2);
      expect(freed).toHaveBeenCalledTimes(1);
      await throttle.returned(reservation);
      expect((await reserve(50)).starts).toBe(3);
    });

    it('has room again when who took it has died', async () => {
      const { reserve } = replica();
      await reserve(8);
      clock.advance(59);
      expect((await reserve(1)).starts).toBe(0);
      clock.advance(2);
      expect((await reserve(50)).starts).toBe(8);
    });

    it('waits as long as the provider says, in every replica, and starts slower then', async () => {
      const one = replica();
      const other = replica();
      const reservation = await one.reserve(4);
      await one.throttle.failed(reservation, limited);
      expect(await other.throttle.look(account)).toEqual({
        starts: 0,
        until: new Date('2026-03-02T08:00:30Z'),
        reason: {
          limit: 'account-retry-after',
          message:
            'The provider asked the account to wait, so that nothing is started before 08:00:30 UTC. The last failure: The rate limit is used up.',
        },
      });
      clock.advance(29);
      expect((await other.reserve(1)).starts).toBe(0);
      clock.advance(1);
      // Half of 8 at once, and three are still under way.
      expect((await other.reserve(50)).starts).toBe(1);
    });

    it('waits a minute where a limit names no time', async () => {
      const { throttle, reserve } = replica();
      await throttle.failed(
        account,
        new ProviderError('Too much.', { effect: 'later', status: 403 }),
      );
      expect((await reserve(1)).until).toEqual(
        new Date('2026-03-02T08:01:00Z'),
      );
    });

    it('takes a refusal for an answer', async () => {
      const { throttle, reserve } = replica();
      const refused = new ProviderError('Not allowed.', {
        effect: 'refused',
        status: 403,
      });
      for (let i = 0; i < 9; i += 1) {
        await throttle.failed(await reserve(1), refused);
      }
      await throttle.failed(account, refused);
      expect(await throttle.health()).toEqual([
        {
          ...account,
          factor: 1,
          startsLeftThisMinute: 11,
          contentLeftThisHour: 491,
          breaker: { state: 'closed' },
        },
      ]);
    });

    it('stops after failures in a row, and lets one replica try one start', async () => {
      const one = replica();
      const other = replica();
      for (let i = 0; i < 5; i += 1) {
        await one.throttle.failed(account, broken);
      }
      expect((await other.reserve(1)).reason?.limit).toBe('account-breaker');
      clock.advance(30);
      const tries = await Promise.all([one.reserve(5), other.reserve(5)]);
      expect(tries.map(({ starts }) => starts).sort()).toEqual([0, 1]);
      const probe = tries.find(({ starts }) => starts)!;
      await other.throttle.succeeded(probe);
      expect((await one.throttle.health())[0].breaker.state).toBe('closed');
    });

    it('tells how an account is, and nothing that an error holds beside its message for people', async () => {
      const { throttle, reserve } = replica();
      await throttle.failed(await reserve(3), new Error('token ghp_canary'));
      await throttle.failed(account, broken);
      await throttle.spent(account, 7);
      clock.advance(1);
      const health = await throttle.health([
        account,
        { provider: 'other', account: 'new' },
      ]);
      expect(health).toEqual([
        {
          ...account,
          factor: 0.5,
          startsLeftThisMinute: 7,
          contentLeftThisHour: 490,
          breaker: { state: 'closed' },
          lastError: {
            at: '2026-03-02T08:00:00.000Z',
            message: 'It failed (502).',
          },
        },
        {
          provider: 'other',
          account: 'new',
          factor: 1,
          startsLeftThisMinute: 20,
          contentLeftThisHour: 500,
          breaker: { state: 'closed' },
        },
      ]);
      expect(
        JSON.stringify([health, await knex('account_throttles')]),
      ).not.toContain('canary');
    });

    it('writes nothing where nothing is limited and nothing fails', async () => {
      const { throttle, reserve } = replica({ settings: unlimited });
      const reservation = await reserve(1000);
      expect(reservation.starts).toBe(1000);
      await throttle.succeeded(reservation, 1000);
      await throttle.spent(account, 5);
      expect(await knex('account_throttles')).toEqual([]);
      await throttle.failed(reservation, broken);
      await throttle.succeeded(await reserve(1));
      await throttle.failed(reservation, broken);
      expect((await reserve(1)).starts).toBe(1);
      await throttle.failed(reservation, broken);
      expect((await reserve(1)).reason?.limit).toBe('account-breaker');
    });

    it('writes outcomes together that come in while one is written', async () => {
      const { throttle, reserve, store } = replica();
      const reservation = await reserve(8);
      const save = jest.spyOn(store, 'save');
      await Promise.all(
        Array.from({ length: 8 }, () => throttle.succeeded(reservation)),
      );
      expect(save.mock.calls.length).toBeLessThanOrEqual(2);
      expect((await reserve(50)).starts).toBe(8);
    });

    it('goes on after an outcome could not be written', async () => {
      const { throttle, reserve, store } = replica();
      const reservation = await reserve(8);
      jest
        .spyOn(store, 'transaction')
        .mockRejectedValueOnce(new Error('the database is away'));
      await expect(throttle.succeeded(reservation)).rejects.toThrow('away');
      await throttle.succeeded(reservation, 2);
      expect((await reserve(50)).starts).toBe(2);
    });

    it('starts nothing for an hour where a row cannot be read', async () => {
      const { throttle, reserve } = replica();
      await reserve(1);
      for (const state of ['', '{}', '{"seenAt":"yesterday"}']) {
        await knex('account_throttles').update({ state });
        expect(await reserve(1)).toMatchObject({
          starts: 0,
          until: new Date('2026-03-02T09:00:00Z'),
          reason: { message: expect.stringContaining('could not be read') },
        });
        expect((await throttle.health())[0].blockedUntil).toBe(
          '2026-03-02T09:00:00.000Z',
        );
      }
      clock.advance(3600);
      expect((await reserve(1)).starts).toBe(1);
    });

    it('goes on at once where a clock was far ahead', async () => {
      clock.advance(86_400);
      const { throttle, reserve } = replica();
      await throttle.failed(await reserve(1), limited);
      const right = new ManualClock();
      const { reserve: reserveNow } = replica({ clock: right });
      expect(await reserveNow(1)).toMatchObject({
        starts: 0,
        until: new Date('2026-03-02T08:00:30Z'),
      });
      right.advance(70);
      expect((await reserveNow(1)).starts).toBe(1);
    });

    it('lets no more start where the clock of a replica is two minutes behind', async () => {
      const wide = { ...settings, startsAtOnce: undefined };
      const behind = new ManualClock();
      clock.advance(120);
      const ahead = replica({ settings: wide });
      const other = replica({ settings: wide, clock: behind });
      let started = 0;
      for (const one of [ahead, other, ahead, other]) {
        started += (await one.reserve(9)).starts;
        behind.advance(10);
        clock.advance(10);
      }
      expect(started).toBe(20);
    });
  },
);

describe('toThrottleSettings', () => {
  it('takes a start for dead when its lease has ended', () => {
    expect(
      toThrottleSettings({
        limits: { account: { startsPerMinute: 3 } },
        backpressure: { startsAtOnce: 2, breakerFailures: 4 },
        starts: { requestTimeoutSeconds: 30 },
      }),
    ).toEqual({
      startsPerMinute: 3,
      startsAtOnce: 2,
      breakerFailures: 4,
      underWaySeconds: 60,
    });
  });
});
