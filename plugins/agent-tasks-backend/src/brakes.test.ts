import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { BrakeRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const credentials = mockCredentials.user('user:default/ada');
const ada = { credentials, actor: 'user:default/ada' };
const team = 'group:default/shop';

describe.each(databases.eachSupportedId())(
  'Brakes on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(
      options: Omit<Parameters<typeof createStages>[0], 'knex'> = {},
    ) {
      const knex = await databases.init(databaseId);
      return { knex, ...(await createStages({ ...options, knex })) };
    }

    it.each<Omit<BrakeRequest, 'reason'>>([
      { scope: 'portal' },
      { scope: 'provider', subject: 'in-memory' },
      { scope: 'template', subject: 'bump' },
      { scope: 'team', subject: team },
    ])('hold back what is queued for %j, and let it go', async target => {
      const { launch, round, stateOf, brakes, tasks, queue } = await setUp();
      const [id] = await launch();
      const brake = await brakes.pull(ada, { ...target, reason: 'Freeze.' });
      expect(brake).toMatchObject({ active: true, pulledBy: ada.actor });
      await round('admission');
      expect(await stateOf(id)).toBe('queued');
      expect((await tasks.get({ credentials, id })).hold).toMatchObject({
        limit: 'brake',
        message: expect.stringMatching(
          /^user:default\/ada pulled .*: Freeze\.$/,
        ),
      });
      expect(await queue.get(credentials)).toMatchObject({
        teams: [{ team, queued: 1, holds: { brake: 1 } }],
        holds: [{ limit: 'brake', tasks: 1 }],
        brakes: [{ id: brake.id }],
      });

      const released = await brakes.release(ada, brake.id);
      expect(released).toMatchObject({ active: false, releasedBy: ada.actor });
      await round('admission');
      expect(await stateOf(id)).toBe('starting');
      expect((await brakes.list(credentials)).items).toEqual([]);
    });

    it('on another team or template hold nothing back', async () => {
      const { launch, round, stateOf, brakes } = await setUp();
      const [id] = await launch();
      await brakes.pull(ada, {
        scope: 'team',
        subject: 'group:default/other',
        reason: 'Holidays.',
      });
      await round('admission');
      expect(await stateOf(id)).toBe('starting');
    });

    it('come off by themselves at their end', async () => {
      const { launch, round, stateOf, brakes, clock } = await setUp();
      const [id] = await launch();
      await brakes.pull(ada, {
        scope: 'portal',
        reason: 'Release.',
        until: new Date(clock.now().getTime() + 60_000).toISOString(),
      });
      clock.advance(59);
      await round('admission');
      expect(await stateOf(id)).toBe('queued');
      clock.advance(2);
      await round('admission');
      expect(await stateOf(id)).toBe('starting');
    });

    it('let running work go on, unless they say stop', async () => {
      const { launch, until, round, stateOf, provider, brakes } = await setUp();
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      await brakes.pull(ada, { scope: 'portal', reason: 'Freeze.' });
      await round('admission', 'stops');
      expect(await stateOf(id)).toBe('running');

      provider.report(0, {
        artifacts: [
          { type: 'branch', branch: 'copilot/bump', baseBranch: 'main' },
        ],
      });
      const stop = await brakes.pull(ada, {
        scope: 'team',
        subject: team,
        reason: 'Incident.',
        stopRunning: true,
      });
      expect(stop.stopped).toBe(1);
      await until(async () => (await stateOf(id)) === 'cancelled');
    });

    it.each([
      [{ scope: 'portal', subject: 'x' }, "has no 'subject'"],
      [{ scope: 'provider' }, 'There are: in-memory'],
      [{ scope: 'template', subject: 'nope' }, 'There are: bump'],
      [{ scope: 'team', subject: 'shop' }, 'such as group:default/name'],
      [
        { scope: 'portal', until: '2020-01-01T00:00:00Z' },
        'within the next year',
      ],
      [
        { scope: 'portal', until: '2999-01-01T00:00:00Z' },
        'within the next year',
      ],
      [{ scope: 'portal', reason: '   ' }, "'reason' is empty"],
    ])('are refused where they make no sense: %j', async (request, message) => {
      const { brakes, round, knex } = await setUp();
      await round('templates');
      await expect(
        brakes.pull(ada, { reason: 'Why.', ...request } as BrakeRequest),
      ).rejects.toThrow(message);
      expect(await knex('brakes')).toEqual([]);
    });

    it('are written down with who pulled and released them', async () => {
      const { brakes, knex } = await setUp();
      const { id } = await brakes.pull(ada, {
        scope: 'portal',
        reason: 'Freeze.',
      });
      await brakes.release(ada, id);
      await brakes.release(ada, id);
      expect(
        await knex('events').orderBy('sequence').select('type', 'actor'),
      ).toEqual([
        { type: 'brake.pulled', actor: ada.actor },
        { type: 'brake.released', actor: ada.actor },
      ]);
    });
  },
);

describe.each(databases.eachSupportedId())(
  'The queue on %p',
  (databaseId: TestDatabaseId) => {
    it('tells the depth, the slots and the holds of each team', async () => {
      const knex = await databases.init(databaseId);
      const { launch, round, queue, clock } = await createStages({
        knex,
        running: 2,
        components: 4,
        limits: { team: { openChanges: 6 } },
      });
      const begun = clock.now().toISOString();
      await launch(4);
      await round('admission');
      clock.advance(60);
      await launch(1);
      expect(await queue.get(credentials)).toMatchObject({
        known: true,
        running: { used: 2, max: 2 },
        teams: [
          {
            team,
            queued: 3,
            oldestQueuedAt: begun,
            weight: 1,
            share: { fair: 1, actual: 1 },
            running: { used: 2, max: 10 },
            changes: { used: 2, max: 6 },
            holds: { 'portal-running': 3 },
          },
        ],
        holds: [{ limit: 'portal-running', used: 2, max: 2, tasks: 3 }],
        brakes: [],
      });
    });
  },
);
