import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const credentials = mockCredentials.user('user:default/ada');
const actor = 'user:default/ada';
const team = 'group:default/shop';

describe.each(databases.eachSupportedId())(
  'The view of the queue on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(
      options: Omit<Parameters<typeof createStages>[0], 'knex'> = {},
    ) {
      const knex = await databases.init(databaseId);
      return { knex, ...(await createStages({ ...options, knex })) };
    }

    it('takes a sample each minute, whichever replica is first', async () => {
      const first = await setUp({ running: 1, components: 3 });
      const { knex, clock, provider, codeHost, launch, round, queue } = first;
      const second = await createStages({
        knex,
        running: 1,
        components: 3,
        shared: { clock, provider, codeHost },
      });
      await launch(3);
      await round('admission', 'starts');
      clock.advance(1);
      await Promise.all([first.round('samples'), second.round('samples')]);
      clock.advance(59);
      await second.round('samples');
      clock.advance(1);
      await second.round('samples');
      expect(await knex('queue_samples')).toHaveLength(2);
      const { teams, samples } = await queue.getHistory(credentials, 1);
      expect(teams).toEqual([team]);
      expect(samples).toHaveLength(2);
      expect(samples[0]).toMatchObject({
        queued: 2,
        running: 1,
        byTeam: [2],
        other: 0,
      });
    });

    it('tells how many tasks start and settle in an hour', async () => {
      const { launch, until, stateOf, provider, round, queue, clock } =
        await setUp({ components: 2 });
      await round('samples');
      clock.advance(1);
      const ids = await launch(2);
      await until(async () => (await stateOf(ids[1])) === 'running');
      provider.report('shop-1', { state: 'completed' });
      await until(async () => (await stateOf(ids[0])) === 'no_change');
      clock.advance(60);
      await round('samples');
      const { throughput } = await queue.get(credentials);
      expect(throughput).toEqual({
        lastHour: { startedPerHour: 2, settledPerHour: 1 },
        lastDay: { startedPerHour: 2 / 24, settledPerHour: 1 / 24 },
      });
      clock.advance(60);
      await round('samples');
      expect((await queue.get(credentials)).throughput).toEqual(throughput);
    });

    it('names every limit that holds a task, and expects nothing that nobody measured', async () => {
      const { launch, round, tasks } = await setUp({
        running: 1,
        components: 2,
        limits: { team: { openChanges: 1 } },
      });
      const [first, second] = await launch(2);
      await round('admission');
      const { hold } = await tasks.get({ credentials, id: second });
      expect(hold).toMatchObject({
        limit: 'portal-running',
        used: 1,
        max: 1,
        position: 1,
        limits: [
          { limit: 'portal-running', max: 1, holders: [{ taskId: first }] },
          {
            limit: 'team-changes',
            subject: team,
            used: 1,
            max: 1,
            holders: [{ taskId: first }],
          },
        ],
        expectedStart: { basis: { runsMeasured: 0 } },
      });
      expect(hold?.expectedStart?.at).toBeUndefined();
      expect(hold?.expectedStart?.assumption).toContain('No run has ended yet');
    });

    it('expects a start from what was measured, tells it once, and scores it', async () => {
      const {
        launch,
        until,
        stateOf,
        provider,
        tasks,
        clock,
        round,
        queue,
        knex,
      } = await setUp({ running: 1, components: 3 });
      await round('samples');
      const ids = await launch(3);
      await until(async () => (await stateOf(ids[0])) === 'running');
      clock.advance(600);
      provider.report('shop-1', { state: 'completed' });
      await until(async () => (await stateOf(ids[1])) === 'running');
      await round('samples');
      clock.advance(60);
      const at = clock.now().getTime();
      const { hold } = await tasks.get({ credentials, id: ids[2] });
      const { expectedStart } = hold!;
      const seconds = (time: string | undefined) =>
        (new Date(time!).getTime() - at) / 1000;
      const run = expectedStart!.basis.medianRunSeconds!;
      expect(run).toBeGreaterThanOrEqual(600);
      expect(run).toBeLessThan(660);
      expect(seconds(expectedStart?.at)).toBeCloseTo(run / 2, 2);
      expect(seconds(expectedStart?.earliest)).toBe(0);
      expect(seconds(expectedStart?.latest)).toBeCloseTo(run + 60, 2);
      expect(expectedStart).toMatchObject({
        basis: { runsMeasured: 1, slots: 1 },
        assumption: expect.stringContaining('It goes first.'),
      });

      // Looked at again it is told anew, but what was told first is what is scored.
      clock.advance(240);
      await tasks.get({ credentials, id: ids[2] });
      provider.report('shop-2', { state: 'completed' });
      await until(async () => (await stateOf(ids[2])) === 'running');
      clock.advance(60);
      await round('samples');
      clock.advance(60);
      const [{ started_at }] = await knex('forecasts').select('started_at');
      const error = Math.abs(
        (new Date(started_at).getTime() - at) / 1000 - run / 2,
      );
      const { forecastScore } = await queue.get(credentials);
      expect(forecastScore).toMatchObject({
        days: 7,
        starts: 1,
        withinInterval: 1,
      });
      expect(forecastScore.medianErrorSeconds).toBeCloseTo(error, 1);
    });

    it('does not expect the end of a brake that has none', async () => {
      const { launch, brakes, tasks, clock } = await setUp({ components: 1 });
      const [id] = await launch(1);
      const caller = { credentials, actor };
      const { id: open } = await brakes.pull(caller, {
        scope: 'portal',
        reason: 'Freeze.',
      });
      const endless = await tasks.get({ credentials, id });
      expect(endless.hold).toMatchObject({
        limit: 'brake',
        limits: [],
        expectedStart: { assumption: expect.stringContaining('the brake') },
      });
      expect(endless.hold?.expectedStart?.at).toBeUndefined();
      await brakes.release(caller, open);
      const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
      await brakes.pull(caller, { scope: 'portal', reason: 'Lunch.', until });
      expect(
        (await tasks.get({ credentials, id })).hold?.expectedStart,
      ).toMatchObject({ at: until, earliest: until });
    });

    it('shows what runs, the oldest first and page by page', async () => {
      const { launch, until, stateOf, tasks, clock, provider, round } =
        await setUp({ components: 3 });
      await round('samples');
      const ids = await launch(3);
      await until(async () => (await stateOf(ids[2])) === 'running');
      clock.advance(90);
      provider.report('shop-1', { state: 'completed' });
      await until(async () => (await stateOf(ids[0])) === 'no_change');
      clock.advance(60);
      await round('samples');
      const first = await tasks.listRunning({ credentials, limit: 1 });
      expect(first.items).toEqual([
        {
          id: ids[1],
          team,
          repository: {
            ref: 'github.com/acme/shop-2',
            url: 'https://host.example.com/acme/shop-2',
          },
          template: { name: 'bump', title: 'Bump a dependency' },
          provider: 'In-memory agent',
          state: 'running',
          startedAt: expect.any(String),
          elapsedSeconds: expect.any(Number),
          medianSeconds: expect.any(Number),
        },
      ]);
      expect(first.items[0].elapsedSeconds).toBeGreaterThanOrEqual(150);
      const second = await tasks.listRunning({
        credentials,
        limit: 1,
        cursor: first.nextCursor,
      });
      expect(second.items.map(({ id }) => id)).toEqual([ids[2]]);
      expect(second.nextCursor).toBeUndefined();
      await expect(
        tasks.listRunning({ credentials, limit: 1, cursor: 'nonsense' }),
      ).rejects.toThrow("The 'cursor' is not one");
    });

    it.each([50, 5])(
      'asks the database no more often for many teams, with %d free slots',
      async running => {
        const { knex, launch, taskStore, queue, clock } = await setUp({
          running,
          components: 1,
        });
        const [id] = await launch(1);
        const like = (await taskStore.get(id))!;
        const countQueries = async () => {
          let queries = 0;
          const count = () => {
            queries += 1;
          };
          knex.on('query', count);
          // Sums over the past are read at times only.
          await queue.get(credentials);
          queries = 0;
          const { teams } = await queue.get(credentials);
          knex.removeListener('query', count);
          return { teams: teams.length, queries };
        };
        const one = await countQueries();
        expect(one.teams).toBe(1);
        await taskStore.transaction(tx =>
          taskStore.insert(
            tx,
            Array.from({ length: 500 }, (_, n) => ({
              ...like,
              id: `task_${n}`,
              team: `group:default/team-${n}`,
              repository: { ...like.repository, name: `repository-${n}` },
              components: [],
            })),
            clock.now(),
          ),
        );
        const many = await countQueries();
        expect(many.teams).toBe(501);
        expect(many.queries).toBeLessThanOrEqual(one.queries + 6);
      },
    );

    describe('of a start that could not be decided', () => {
      async function undecided() {
        const stages = await setUp({
          components: 2,
          capabilities: { start: 'neither', cancel: false },
        });
        stages.provider.faults.push('answer-lost');
        const [id] = await stages.launch(1);
        await stages.until(
          async () => (await stages.stateOf(id)) === 'undecided',
        );
        const resolve = (request: object) =>
          stages.tasks.resolveStart({
            credentials,
            id,
            actor,
            request: { choice: 'started', ...request },
          });
        return { ...stages, id, resolve };
      }

      it('says what can be decided and what that risks', async () => {
        const { tasks, id } = await undecided();
        const { hold } = await tasks.get({ credentials, id });
        expect(hold).toMatchObject({
          limit: 'undecided-start',
          choices: [
            { choice: 'not-started', risk: expect.stringContaining('twice') },
            { choice: 'started' },
          ],
        });
      });

      it('asks the agent again where it did not start', async () => {
        const { id, resolve, until, stateOf, provider, eventsOf, slots } =
          await undecided();
        const { task } = await resolve({ choice: 'not-started' });
        expect(task.state).toBe('starting');
        expect(await slots()).toEqual({ counted: 1, used: 1 });
        await until(async () => (await stateOf(id)) === 'running');
        expect(provider.started).toHaveLength(2);
        expect(await eventsOf(id)).toContainEqual(
          expect.objectContaining({ type: 'start.resolved', actor }),
        );
        await expect(resolve({ choice: 'not-started' })).rejects.toThrow(
          'There is nothing to decide',
        );
      });

      it.each([
        ['id', { providerTaskId: 'agent-1' }],
        [
          'page',
          { providerTaskUrl: 'https://agent.example.com/tasks/agent-1?x=1' },
        ],
      ])('follows the task that is named by its %s', async (_what, request) => {
        const { id, resolve, until, stateOf, provider } = await undecided();
        const { task, attempts } = await resolve(request);
        expect(task.state).toBe('running');
        expect(attempts).toMatchObject([{ number: 1, state: 'confirmed' }]);
        expect(provider.started).toHaveLength(1);
        provider.report(0, { state: 'completed' });
        await until(async () => (await stateOf(id)) === 'no_change');
      });

      it('refuses a task that is not there, and one that is not named', async () => {
        const { id, resolve, stateOf } = await undecided();
        await expect(resolve({})).rejects.toThrow('Name the task at');
        await expect(resolve({ providerTaskId: 'agent-9' })).rejects.toThrow(
          "has no task 'agent-9'",
        );
        await expect(
          resolve({ choice: 'not-started', providerTaskId: 'agent-1' }),
        ).rejects.toThrow("only with the choice 'started'");
        expect(await stateOf(id)).toBe('undecided');
      });

      it('changes nothing while the provider does not answer', async () => {
        const { id, resolve, stateOf, provider } = await undecided();
        provider.unreachable = true;
        await expect(
          resolve({ providerTaskId: 'agent-1' }),
        ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
        expect(await stateOf(id)).toBe('undecided');
      });

      it('refuses a task that belongs to another one', async () => {
        const { id, resolve, until, stateOf, launch } = await undecided();
        const [, other] = await launch(2);
        await until(async () => (await stateOf(other)) === 'running');
        await expect(resolve({ providerTaskId: 'agent-2' })).rejects.toThrow(
          `belongs to ${other}`,
        );
        expect(await stateOf(id)).toBe('undecided');
      });
    });
  },
);
