import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const shop = 'group:default/shop';

describe.each(databases.eachSupportedId())(
  'The limits of a team on %p',
  (databaseId: TestDatabaseId) => {
    async function start() {
      const knex = await databases.init(databaseId);
      const stages = await createStages({ knex });
      const caller = {
        credentials: stages.credentials,
        actor: 'user:default/ada',
      };
      return {
        ...stages,
        caller,
        /** Another replica on the same database. */
        other: () => createStages({ knex, shared: stages }),
        async hold(id: string) {
          const { credentials } = stages;
          const { hold } = await stages.tasks.get({ credentials, id });
          return hold?.limit;
        },
      };
    }

    it('hold at once for what is queued, in every replica', async () => {
      const stages = await start();
      const other = await stages.other();
      const [first, second] = await stages.launch(2);
      const lowered = await stages.teams.setLimits(stages.caller, shop, {
        expectedVersion: 0,
        running: 1,
      });
      await other.round('admission');
      expect(await stages.stateOf(first)).toBe('starting');
      expect(await stages.stateOf(second)).toBe('queued');
      expect(await stages.hold(second)).toBe('team-running');
      await stages.teams.setLimits(stages.caller, shop, {
        expectedVersion: lowered.version,
        running: null,
      });
      await other.round('admission');
      expect(await stages.stateOf(second)).toBe('starting');
    });

    it('let nothing start while the team is paused, and let go on what runs', async () => {
      const stages = await start();
      const [runs] = await stages.launch();
      await stages.round('admission', 'starts');
      await stages.teams.pause(stages.caller, shop, {
        reason: 'Release.',
        until: new Date(+stages.clock.now() + 60_000).toISOString(),
      });
      const [, waits] = await stages.launch(2);
      await stages.round('admission');
      expect(await stages.stateOf(runs)).toBe('running');
      expect(await stages.hold(waits)).toBe('team-paused');
      stages.clock.advance(61);
      await stages.round('admission');
      expect(await stages.stateOf(waits)).toBe('starting');
    });

    it('count what agents opened elsewhere, until it is closed', async () => {
      const stages = await start();
      await stages.launch();
      await stages.round('teams', 'admission', 'starts');
      stages.codeHost.agentChanges.set('github.com/acme/shop-1', [
        {
          globalId: 'theirs',
          number: 3,
          url: 'https://host.example.com/acme/shop-1/pull/3',
          title: 'Add tests',
          author: 'devin-ai-integration',
          headBranch: 'devin/3',
          additions: 1,
          deletions: 0,
          createdAt: '2026-02-01T08:00:00.000Z',
        },
      ]);
      await stages.round('foreign');
      // One is the running task's.
      await stages.teams.setLimits(stages.caller, shop, {
        expectedVersion: 0,
        openChanges: 2,
      });
      const [, waits] = await stages.launch(2);
      await stages.round('admission');
      expect(await stages.hold(waits)).toBe('team-changes');
      stages.codeHost.agentChanges.clear();
      stages.clock.advance(300);
      await stages.round('foreign', 'admission');
      expect(await stages.stateOf(waits)).toBe('starting');
    });
  },
);
