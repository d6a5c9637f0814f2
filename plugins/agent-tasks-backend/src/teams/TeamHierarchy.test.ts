import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createTeams, group } from '../__testUtils__/createTeams';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const cart = 'group:default/cart';
const pay = 'group:default/pay';
const shop = 'group:default/shop';
const company = 'group:default/company';

describe.each(databases.eachSupportedId())(
  'TeamHierarchy on %p',
  (databaseId: TestDatabaseId) => {
    const start = async () =>
      createTeams({
        knex: await databases.init(databaseId),
        groups: [
          group('company'),
          group('shop', 'company'),
          group('cart', 'shop'),
          group('pay', 'shop'),
          group('idle'),
        ],
      });

    it('knows where the groups of tasks stand, and no others', async () => {
      const teams = await start();
      await teams.addTask({ team: cart });
      await teams.hierarchy.round();
      expect(await teams.groups.list()).toEqual([
        {
          ref: cart,
          title: 'The cart',
          parents: [shop],
          ancestors: [shop, company],
          hasTasks: true,
          gone: false,
        },
        expect.objectContaining({ ref: company, ancestors: [] }),
        expect.objectContaining({
          ref: shop,
          ancestors: [company],
          hasTasks: false,
        }),
      ]);
      // A level a request: teams, their parents, and those above.
      expect(teams.catalog.requests).toBe(3);
    });

    it('is asked by one replica, once a minute', async () => {
      const teams = await start();
      await teams.addTask({ team: cart });
      await Promise.all([teams.hierarchy.round(), teams.hierarchy.round()]);
      teams.clock.advance(59);
      await teams.hierarchy.round();
      expect(teams.catalog.requests).toBe(3);
      teams.clock.advance(1);
      await teams.hierarchy.round();
      expect(teams.catalog.requests).toBeGreaterThan(3);
    });

    it('follows a group that moves, and forgets those that nobody is below any more', async () => {
      const teams = await start();
      await teams.addTask({ team: cart });
      await teams.hierarchy.round();
      const before = await teams.version.read();
      teams.catalog.entities = [group('cart', 'idle'), group('idle')];
      teams.clock.advance(60);
      await teams.hierarchy.round();
      expect(
        (await teams.groups.list()).map(({ ref, ancestors }) => [
          ref,
          ancestors,
        ]),
      ).toEqual([
        [cart, ['group:default/idle']],
        ['group:default/idle', []],
      ]);
      expect(await teams.version.read()).toBeGreaterThan(before);
      expect(teams.woken.length).toBeGreaterThan(0);
    });

    it('says nothing new where nothing has changed', async () => {
      const teams = await start();
      await teams.addTask({ team: cart });
      await teams.hierarchy.round();
      const before = await teams.version.read();
      teams.clock.advance(60);
      await teams.hierarchy.round();
      expect(await teams.version.read()).toBe(before);
    });

    it('keeps a group that vanished where it was last, with those above it', async () => {
      const teams = await start();
      await teams.addTask({ team: cart, running: true, state: 'running' });
      await teams.hierarchy.round();
      const vanished = teams.catalog.entities;
      teams.catalog.entities = [group('company'), group('shop', 'company')];
      teams.clock.advance(60);
      await teams.hierarchy.round();
      const byRef = async () =>
        new Map((await teams.groups.list()).map(one => [one.ref, one]));
      expect((await byRef()).get(cart)).toMatchObject({
        gone: true,
        title: 'The cart',
        ancestors: [shop, company],
        hasTasks: true,
      });
      expect((await byRef()).get(shop)).toMatchObject({ gone: false });
      expect(teams.logger.warn).toHaveBeenCalledWith(
        expect.stringContaining(`The group ${cart} is no longer`),
      );
      teams.catalog.entities = vanished;
      teams.clock.advance(60);
      await teams.hierarchy.round();
      expect((await byRef()).get(cart)).toMatchObject({ gone: false });
    });

    it('ends where groups stand above themselves', async () => {
      const teams = await start();
      teams.catalog.entities = [group('cart', 'shop'), group('shop', 'cart')];
      await teams.addTask({ team: cart });
      await teams.hierarchy.round();
      expect(
        (await teams.groups.list()).map(({ ref, ancestors }) => [
          ref,
          ancestors,
        ]),
      ).toEqual([
        [cart, [shop]],
        [shop, [cart]],
      ]);
    });

    it('stays as it is while the catalog does not answer, and goes on', async () => {
      const teams = await start();
      await teams.addTask({ team: cart });
      await teams.hierarchy.round();
      const before = await teams.groups.list();
      await teams.addTask({ team: pay });
      teams.catalog.reachable = false;
      teams.clock.advance(60);
      await expect(teams.hierarchy.round()).rejects.toThrow('does not answer');
      expect(await teams.groups.list()).toEqual(before);
      teams.catalog.reachable = true;
      teams.clock.advance(60);
      await teams.hierarchy.round();
      expect((await teams.groups.list()).map(one => one.ref)).toContain(pay);
    });

    it('knows a team before it has tasks', async () => {
      const teams = await start();
      expect(
        await teams.hierarchy.ensure({ teams: [cart], hasTasks: true }),
      ).toEqual([]);
      expect((await teams.groups.list())[0]).toMatchObject({
        ref: cart,
        ancestors: [shop, company],
        hasTasks: true,
      });
      const { requests } = teams.catalog;
      await teams.hierarchy.ensure({ teams: [cart], hasTasks: true });
      expect(teams.catalog.requests).toBe(requests);
      teams.catalog.reachable = false;
      await expect(
        teams.hierarchy.ensure({ teams: [pay], hasTasks: true }),
      ).rejects.toThrow('does not answer');
    });

    it('names those that the catalog does not have, and looks up without a trace', async () => {
      const teams = await start();
      expect(
        await teams.hierarchy.ensure({
          teams: ['group:default/none', pay],
          hasTasks: false,
        }),
      ).toEqual(['group:default/none']);
      const known = (await teams.groups.list()).length;
      expect(await teams.hierarchy.lookUp(cart)).toMatchObject({
        ancestors: [shop, company],
      });
      expect(await teams.hierarchy.lookUp('group:default/none')).toBe(
        undefined,
      );
      expect(await teams.groups.list()).toHaveLength(known);
    });

    it('keeps that a group has tasks, whatever an older read says', async () => {
      const teams = await start();
      await teams.hierarchy.ensure({ teams: [cart], hasTasks: true });
      await teams.tasks.transaction(async tx => {
        await teams.groups.put(tx, [
          {
            ref: cart,
            parents: [],
            ancestors: [],
            hasTasks: false,
            gone: false,
          },
        ]);
        await teams.groups.remove(tx, [cart]);
      });
      expect((await teams.groups.list())[0]).toMatchObject({
        ref: cart,
        hasTasks: true,
      });
    });

    it('knows the team of the newest task of each repository', async () => {
      const teams = await start();
      await teams.addTask({ team: cart, repository: 'Shop' });
      const first = await teams.groups.noteTasks({});
      expect(first.teams).toEqual([cart]);
      await teams.addTask({ team: pay, repository: 'shop' });
      await teams.addTask({ team: pay, repository: 'bank' });
      await teams.groups.noteTasks({ after: first.seen });
      // What is looked at again changes nothing.
      await teams.groups.noteTasks({});
      expect(
        (await teams.groups.listRepositories('github.com')).map(one => [
          one.repository.name,
          one.team,
        ]),
      ).toEqual([
        ['bank', pay],
        ['shop', pay],
      ]);
      expect(await teams.groups.listRepositories('gitlab.com')).toEqual([]);
    });
  },
);
