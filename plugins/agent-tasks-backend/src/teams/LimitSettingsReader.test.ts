import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createTeams, group } from '../__testUtils__/createTeams';
import { maxOf } from '../policy/limits';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const cart = 'group:default/cart';
const running = `running team ${cart}`;

describe.each(databases.eachSupportedId())(
  'LimitSettingsReader on %p',
  (databaseId: TestDatabaseId) => {
    const start = async () =>
      createTeams({
        knex: await databases.init(databaseId),
        groups: [group('shop'), group('cart', 'shop')],
      });

    it('reads defaults of the configuration where nothing was set', async () => {
      const { reader, clock } = await start();
      const { settings, foreign } = await reader.read({ at: clock.now() });
      expect(settings).toMatchObject({
        portal: { running: 5, pendingChecks: 20 },
        team: { running: 10, openChanges: 10, reviewMinutes: 300 },
        groups: new Map(),
      });
      expect(maxOf(running, settings)).toBe(10);
      expect(foreign).toEqual(new Map());
    });

    it('sees at once what another replica stored, in a transaction too', async () => {
      const teams = await start();
      const other = teams.newReader();
      const at = teams.clock.now();
      const first = await other.read({ at });
      expect((await other.read({ at })).settings).toBe(first.settings);
      await teams.service.setLimits(teams.caller(), cart, {
        expectedVersion: 0,
        running: 2,
        weight: 0.5,
      });
      const { settings } = await teams.tasks.transaction(tx =>
        other.read({ at, tx }),
      );
      expect(maxOf(running, settings)).toBe(2);
      expect(settings.groups.get(cart)).toEqual({ running: 2, weight: 0.5 });
    });

    it('costs one small query while nothing changes', async () => {
      const teams = await start();
      const at = teams.clock.now();
      await teams.reader.read({ at });
      const queries: string[] = [];
      teams.knex.on('query', ({ sql }) => queries.push(sql));
      await teams.reader.read({ at });
      expect(queries).toHaveLength(1);
      expect(queries[0]).toContain('limit_version');
    });

    it('ends a pause at its time, though nothing is stored then', async () => {
      const teams = await start();
      await teams.service.pause(teams.caller(), cart, {
        reason: 'Release.',
        until: new Date(+teams.clock.now() + 60_000).toISOString(),
      });
      const read = async () =>
        maxOf(
          running,
          (await teams.reader.read({ at: teams.clock.now() })).settings,
        );
      expect(await read()).toBe(0);
      teams.clock.advance(59);
      expect(await read()).toBe(0);
      teams.clock.advance(1);
      expect(await read()).toBe(10);
    });

    it('lets what is set for a group above others hold for their sum', async () => {
      const teams = await start();
      await teams.hierarchy.ensure({ teams: [cart], hasTasks: true });
      await teams.service.setLimits(teams.caller(), 'group:default/shop', {
        expectedVersion: 0,
        running: 3,
      });
      const { settings } = await teams.reader.read({ at: teams.clock.now() });
      expect(maxOf('running group group:default/shop', settings)).toBe(3);
      expect(maxOf('running team group:default/shop', settings)).toBe(10);
      expect(settings.ancestors.get(cart)).toEqual(['group:default/shop']);
    });
  },
);
