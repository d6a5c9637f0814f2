import { HostAgentChange } from '@agent-tasks/plugin-agent-tasks-node';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createTeams, group } from '../__testUtils__/createTeams';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const cart = 'group:default/cart';
const pay = 'group:default/pay';
const repository = 'github.com/acme/shop';
const { signal } = new AbortController();

function change(
  globalId: string,
  more: Partial<HostAgentChange> = {},
): HostAgentChange {
  return {
    globalId,
    number: 7,
    url: `https://host.example.com/acme/shop/pull/${globalId}`,
    title: `Change ${globalId}`,
    author: 'devin-ai-integration',
    headBranch: `devin/${globalId}`,
    additions: 200,
    deletions: 50,
    createdAt: '2026-03-01T08:00:00.000Z',
    ...more,
  };
}

describe.each(databases.eachSupportedId())(
  'ForeignChangeWatcher on %p',
  (databaseId: TestDatabaseId) => {
    async function start() {
      const teams = await createTeams({
        knex: await databases.init(databaseId),
        groups: [group('cart'), group('pay')],
      });
      await teams.addTask({ team: cart, state: 'merged' });
      await teams.hierarchy.round();
      return {
        ...teams,
        open: (...changes: HostAgentChange[]) =>
          teams.codeHost.agentChanges.set(repository, changes),
        /** A round when one is due; what counts after it. */
        async look(seconds = 300) {
          teams.clock.advance(seconds);
          await teams.watcher.round(signal);
          const { foreign } = await teams.reader.read({
            at: teams.clock.now(),
          });
          return Object.fromEntries(foreign);
        },
      };
    }

    it('counts what agents opened elsewhere against the team of the repository, until it is closed', async () => {
      const teams = await start();
      teams.open(change('a'), change('b', { additions: 0, deletions: 1 }));
      expect(await teams.look()).toEqual({
        [`changes team ${cart}`]: 2,
        [`changes repository ${repository}`]: 2,
        [`minutes team ${cart}`]: 35,
      });
      const woken = teams.woken.length;
      teams.open(change('b'));
      expect(await teams.look()).toMatchObject({
        [`changes team ${cart}`]: 1,
      });
      // Room that became free is used at once.
      expect(teams.woken.length).toBeGreaterThan(woken);
      teams.open();
      expect(await teams.look()).toEqual({});
      teams.open(change('a'));
      expect(await teams.look()).toMatchObject({
        [`changes team ${cart}`]: 1,
      });
    });

    it('asks every five minutes, by one replica, and a minute after a hint', async () => {
      const teams = await start();
      const asked = jest.spyOn(teams.codeHost, 'listAgentChanges');
      await Promise.all([
        teams.watcher.round(signal),
        teams.watcher.round(signal),
      ]);
      expect(asked).toHaveBeenCalledTimes(1);
      await teams.look(299);
      expect(asked).toHaveBeenCalledTimes(1);
      await teams.look(1);
      expect(asked).toHaveBeenCalledTimes(2);
      await teams.watcher.notice('a');
      await teams.look(59);
      expect(asked).toHaveBeenCalledTimes(2);
      await teams.look(1);
      expect(asked).toHaveBeenCalledTimes(3);
    });

    it('says nothing new where nothing has changed', async () => {
      const teams = await start();
      teams.open(change('a'));
      await teams.look();
      const before = await teams.version.read();
      await teams.look();
      expect(await teams.version.read()).toBe(before);
    });

    it('does not count a change of ours, known or not yet', async () => {
      const teams = await start();
      const id = await teams.addTask({
        team: cart,
        state: 'running',
        running: true,
      });
      const at = teams.clock.now();
      await teams.knex('attempts').insert({
        id: 'att_1',
        task_id: id,
        number: 1,
        state: 'confirmed',
        provider: 'in-memory',
        due_at: at,
        created_at: at,
        first_requested_at: at,
      });
      const createdAt = new Date(+at + 30_000).toISOString();
      teams.open(change('ours', { createdAt }), change('old'));
      expect(await teams.look()).toMatchObject({
        [`changes team ${cart}`]: 1,
      });
      await teams.knex('changes').insert({
        id: 'chg_1',
        task_id: id,
        attempt_id: 'att_1',
        code_host: 'in-memory',
        global_id: 'ours',
        state: 'open',
        draft: false,
        due_at: at,
        created_at: at,
      });
      expect(await teams.look()).toMatchObject({
        [`changes team ${cart}`]: 1,
      });
      const hinted = jest.spyOn(teams.codeHost, 'listAgentChanges');
      await teams.watcher.notice('ours');
      await teams.look(60);
      expect(hinted).not.toHaveBeenCalled();
    });

    it('goes on counting one that was there before an agent of ours started', async () => {
      const teams = await start();
      const createdAt = teams.clock.now().toISOString();
      teams.open(change('theirs', { createdAt }));
      await teams.look(0);
      const id = await teams.addTask({
        team: cart,
        state: 'running',
        running: true,
      });
      const at = teams.clock.now();
      await teams.knex('attempts').insert({
        id: 'att_1',
        task_id: id,
        number: 1,
        state: 'confirmed',
        provider: 'in-memory',
        due_at: at,
        created_at: at,
        first_requested_at: at,
      });
      expect(await teams.look()).toMatchObject({
        [`changes team ${cart}`]: 1,
      });
    });

    it('no longer counts one that turns out to be ours', async () => {
      const teams = await start();
      teams.open(change('late'));
      await teams.look();
      const id = await teams.addTask({ team: cart, state: 'in_review' });
      const at = teams.clock.now();
      await teams.knex('attempts').insert({
        id: 'att_1',
        task_id: id,
        number: 1,
        state: 'confirmed',
        provider: 'in-memory',
        due_at: at,
        created_at: at,
      });
      await teams.knex('changes').insert({
        id: 'chg_1',
        task_id: id,
        attempt_id: 'att_1',
        code_host: 'in-memory',
        global_id: 'late',
        state: 'open',
        draft: false,
        due_at: at,
        created_at: at,
      });
      const fresh = await teams.newReader().read({ at });
      expect(fresh.foreign).toEqual(new Map());
      expect(await teams.foreign.listOpen({})).toEqual([]);
    });

    it('moves with a repository that another team works in now', async () => {
      const teams = await start();
      teams.open(change('a'));
      await teams.look();
      await teams.addTask({ team: pay });
      teams.clock.advance(60);
      await teams.hierarchy.round();
      expect(await teams.look()).toMatchObject({ [`changes team ${pay}`]: 1 });
    });

    it('keeps what it knows while a host or a repository cannot be read', async () => {
      const teams = await start();
      teams.open(change('a'));
      await teams.look();
      teams.codeHost.unreachable = true;
      expect(await teams.look()).toMatchObject({
        [`changes team ${cart}`]: 1,
      });
      teams.codeHost.unreachable = false;
      teams.codeHost.missing.add(repository);
      teams.open();
      expect(await teams.look()).toMatchObject({
        [`changes team ${cart}`]: 1,
      });
    });
  },
);
