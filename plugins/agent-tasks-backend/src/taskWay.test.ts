import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { ProviderError } from '@agent-tasks/plugin-agent-tasks-node';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'The way of a task on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(
      options: Omit<Parameters<typeof createStages>[0], 'knex'> = {},
    ) {
      const knex = await databases.init(databaseId);
      return { knex, ...(await createStages({ ...options, knex })) };
    }

    it('goes from launch to merged, and each transition has its event', async () => {
      const {
        knex,
        launch,
        until,
        stateOf,
        eventsOf,
        provider,
        codeHost,
        slots,
      } = await setUp();
      const [id] = await launch();
      expect(await stateOf(id)).toBe('queued');

      await until(async () => (await stateOf(id)) === 'running');
      expect(await slots()).toEqual({ counted: 1, used: 1 });
      expect(provider.started[0].prompt).toMatch(
        /<data name="parameters.version">1\.3\.0<\/data>[^]*agent-task-marker: att_/,
      );

      codeHost.set('PR_1', {});
      provider.report(0, {
        state: 'completed',
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await until(async () => (await stateOf(id)) === 'in_review');
      expect(await slots()).toEqual({ counted: 0, used: 0 });
      await until(async () => codeHost.changes.get('PR_1')!.draft === false);

      await until(async () =>
        (await eventsOf(id)).some(event => event.type === 'change.ready'),
      );

      codeHost.set('PR_1', { state: 'merged', mergedBy: 'lee' });
      await until(async () => (await stateOf(id)) === 'merged');

      const events = await eventsOf(id);
      expect(events.map(event => event.type)).toEqual([
        'task.launched',
        'task.admitted',
        'start.requested',
        'start.confirmed',
        'change.found',
        'run.completed',
        'change.opened',
        'change.offered',
        'change.ready',
        'change.merged',
      ]);
      // The states that the events tell of are one chain, which ends at the state that is stored.
      const moves = events.filter(event => event.toState);
      expect(moves.map(event => event.toState)).toEqual([
        'queued',
        'starting',
        'running',
        'in_review',
        'merged',
      ]);
      moves.slice(1).forEach((move, index) => {
        expect(move.fromState).toBe(moves[index].toState);
      });
      expect(await knex('attempts').select('state', 'requests')).toEqual([
        { state: 'ended', requests: 1 },
      ]);
    });

    it('never runs more tasks than the limit, and starts the next when one ends', async () => {
      const { launch, until, stateOf, provider, slots, tasks, credentials } =
        await setUp({ running: 2, components: 5 });
      const ids = await launch(5);
      await until(async () => (await stateOf(ids[1])) === 'running');
      expect(await slots()).toEqual({ counted: 2, used: 2 });

      const { hold } = await tasks.get({ credentials, id: ids[3] });
      expect(hold).toMatchObject({
        limit: 'portal-running',
        used: 2,
        max: 2,
        position: 2,
      });
      expect(hold!.holders!.map(holder => holder.taskId)).toEqual(
        ids.slice(0, 2),
      );

      for (const [index, id] of ids.entries()) {
        await until(async () => (await stateOf(id)) === 'running');
        expect((await slots()).counted).toBeLessThanOrEqual(2);
        provider.report(`shop-${index + 1}`, { state: 'completed' });
        await until(async () => (await stateOf(id)) === 'no_change');
      }
      expect(await slots()).toEqual({ counted: 0, used: 0 });
    });

    it('finds a start whose answer was lost, and does not start again', async () => {
      const { launch, until, stateOf, eventsOf, provider } = await setUp();
      provider.faults = ['answer-lost'];
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      expect(provider.started).toHaveLength(1);
      expect((await eventsOf(id)).map(event => event.type)).toContain(
        'start.found',
      );
    });

    it('starts again only when a lost request can no longer take effect', async () => {
      const { launch, until, stateOf, provider, clock } = await setUp();
      provider.faults = ['request-lost'];
      const [id] = await launch();
      const begun = clock.now().getTime();
      await until(async () => (await stateOf(id)) === 'running');
      expect(provider.started).toHaveLength(1);
      expect(provider.requests.start).toBe(2);
      // starts.settleSeconds is 120 by default.
      expect(clock.now().getTime() - begun).toBeGreaterThanOrEqual(120_000);
    });

    it('takes a request that arrives late for what it is', async () => {
      const { launch, until, stateOf, provider, clock } = await setUp();
      provider.faults = ['delayed'];
      const [id] = await launch();
      const begun = clock.now().getTime();
      await until(async () => clock.now().getTime() - begun > 60_000);
      expect(await stateOf(id)).toBe('starting');
      provider.deliver();
      await until(async () => (await stateOf(id)) === 'running');
      expect(provider.started).toHaveLength(1);
    });

    it('finishes the start of a replica that died after the request left', async () => {
      const first = await setUp();
      const { launch, knex, provider, clock, codeHost } = first;
      const [id] = await launch();
      await first.round('admission');
      // The replica dies between the request and the confirmation.
      provider.startTask = () => new Promise(() => {});
      void first.round('starts');
      await untilRow(knex, { state: 'requested' });
      Reflect.deleteProperty(provider, 'startTask');

      const second = await createStages({
        knex,
        shared: { clock, provider, codeHost },
      });
      await second.until(async () => (await second.stateOf(id)) === 'running');
      expect(provider.started).toHaveLength(1);
    });

    it('lets only one of two replicas start an attempt', async () => {
      const first = await setUp({ components: 10, running: 10 });
      const { knex, provider, clock, codeHost } = first;
      const second = await createStages({
        knex,
        running: 10,
        components: 10,
        shared: { clock, provider, codeHost },
      });
      await first.launch(10);
      for (let turn = 0; turn < 4; turn += 1) {
        await Promise.all([
          first.round('admission', 'starts'),
          second.round('admission', 'starts'),
        ]);
        // The account has eight starts under way at once.
        clock.advance(1);
      }
      expect(provider.started).toHaveLength(10);
      expect(new Set(provider.started.map(one => one.prompt)).size).toBe(10);
    });

    it('waits as long as the provider says', async () => {
      const { launch, until, stateOf, provider, clock, tasks, credentials } =
        await setUp();
      provider.faults = ['later'];
      const [id] = await launch();
      const begun = clock.now().getTime();
      await until(async () => provider.requests.start === 1);
      const { hold } = await tasks.get({ credentials, id });
      expect(hold).toMatchObject({
        limit: 'retry-later',
        message: expect.stringContaining('tried again in 30 s'),
      });
      await until(async () => (await stateOf(id)) === 'running');
      expect(clock.now().getTime() - begun).toBeGreaterThanOrEqual(30_000);
      expect(provider.started).toHaveLength(1);
    });

    it('fails with the reason where the provider refuses', async () => {
      const { launch, until, stateOf, provider, slots, tasks, credentials } =
        await setUp();
      provider.faults = ['refused'];
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'failed');
      const { task, attempts } = await tasks.get({ credentials, id });
      expect(task.stateReason).toBe('The agent is not enabled there.');
      expect(attempts[0]).toMatchObject({ state: 'refused', requests: 1 });
      expect(await slots()).toEqual({ counted: 0, used: 0 });
    });

    it('asks a person where a start cannot be decided, and keeps the slot', async () => {
      const { launch, until, stateOf, provider, slots } = await setUp();
      provider.faults = ['answer-lost'];
      provider.unreachable = true;
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'undecided', 1200);
      expect(await slots()).toEqual({ counted: 1, used: 1 });

      // Once the provider answers again, no person is needed.
      provider.unreachable = false;
      await until(async () => (await stateOf(id)) === 'running');
      expect(provider.started).toHaveLength(1);
    });

    it('admits nothing while the provider does not answer, and says so', async () => {
      const {
        launch,
        round,
        until,
        stateOf,
        provider,
        tasks,
        status,
        credentials,
      } = await setUp();
      provider.unreachable = true;
      await round('watch');
      const [id] = await launch();
      await round('admission', 'starts');
      expect(await stateOf(id)).toBe('queued');
      expect((await tasks.get({ credentials, id })).hold).toMatchObject({
        limit: 'provider-unavailable',
        message: expect.stringContaining('cannot be reached'),
      });
      expect((await status.get({ credentials })).remotes).toContainEqual(
        expect.objectContaining({ id: 'in-memory', state: 'unavailable' }),
      );
      provider.unreachable = false;
      await until(async () => (await stateOf(id)) === 'running');
    });

    it('shows that the agent waits for a person, and that it goes on', async () => {
      const { launch, until, stateOf, provider } = await setUp();
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      provider.report(0, { state: 'needs_input' });
      await until(async () => (await stateOf(id)) === 'needs_input');
      provider.report(0, { state: 'running' });
      await until(async () => (await stateOf(id)) === 'running');
      expect(provider.started).toHaveLength(1);
    });

    it('fails with what the agent says of its failure', async () => {
      const { launch, until, stateOf, provider, tasks, credentials } =
        await setUp();
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      provider.report(0, { state: 'failed', failureMessage: 'Out of memory.' });
      await until(async () => (await stateOf(id)) === 'failed');
      const { task } = await tasks.get({ credentials, id });
      expect(task.stateReason).toBe('In-memory agent failed: Out of memory.');
    });

    it('settles by the pull request where a person was faster than the agent', async () => {
      const { launch, until, stateOf, provider, codeHost } = await setUp();
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      codeHost.set('PR_1', {});
      provider.report(0, {
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await until(async () => codeHost.changes.has('PR_1'), 30);
      codeHost.set('PR_1', { state: 'closed' });
      provider.report(0, { state: 'completed' });
      await until(async () => (await stateOf(id)) === 'closed');
      expect(codeHost.stops).toEqual([]);
    });

    it('watches at its usual pace from the first start on', async () => {
      const { launch, until, round, stateOf, provider, clock } = await setUp();
      await round('watch');
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      provider.report(0, { state: 'completed' });
      const ended = clock.now().getTime();
      await until(async () => (await stateOf(id)) === 'no_change');
      // watch.tasksSeconds is 15 by default.
      expect(clock.now().getTime() - ended).toBeLessThanOrEqual(16_000);
    });

    it.each([
      // What one round passed over, the next one lists again.
      { rounds: 1, reads: 0 },
      { rounds: 2, reads: 1 },
    ])(
      'misses nothing of a task that ends before its start is confirmed, with $rounds rounds beside',
      async ({ rounds, reads }) => {
        const { launch, until, round, stateOf, provider, clock } =
          await setUp();
        const [id] = await launch();
        await round('admission');
        // The agent is done, and the watcher reads it, while the answer to the start is still on its way.
        const start = provider.startTask.bind(provider);
        provider.startTask = async options => {
          const task = await start(options);
          clock.advance(2);
          provider.report(0, { state: 'completed' });
          for (let beside = 0; beside < rounds; beside += 1) {
            clock.advance(60);
            await start({
              ...options,
              prompt: 'From an editor',
              marker: 'none',
            });
            await round('watch');
          }
          return task;
        };
        await round('starts');
        await until(async () => (await stateOf(id)) === 'no_change', 60);
        expect(provider.requests.get).toBe(reads);
      },
    );

    it('lists all that is at work where several tasks were not named for long, and reads by themselves those alone that it lacks', async () => {
      const { launch, until, stateOf, provider, clock } = await setUp({
        components: 3,
      });
      const ids = await launch(3);
      for (const id of ids) {
        await until(async () => (await stateOf(id)) === 'running');
      }
      let lists = 0;
      Object.assign(provider, {
        listUnsettledTasks: async () => {
          lists += 1;
          return provider.started.slice(0, 2).map(({ task }) => ({ ...task }));
        },
      });
      const { updatedAt } = provider.started[2].task;
      const begun = clock.now().getTime();
      // watch.unseenSeconds is 600 by default; no list of changes names them.
      provider.listChangedTasks = async () => ({
        tasks: [],
        cursor: updatedAt,
      });
      await until(async () => clock.now().getTime() - begun >= 700_000, 1200);
      expect(lists).toBe(1);
      expect(provider.requests.get).toBe(1);
    });

    it('goes on watching all tasks where one report cannot be stored', async () => {
      const { knex, launch, until, stateOf, provider, status, credentials } =
        await setUp({ components: 2 });
      const [first, second] = await launch(2);
      await until(async () => (await stateOf(second)) === 'running');
      await until(async () => (await stateOf(first)) === 'running');
      // The database refuses whatever is written about the first task.
      const attempt = await knex('attempts').where({ task_id: first }).first();
      provider.report('shop-1', {
        state: 'completed',
        artifacts: [
          { type: 'change', globalId: 'PR_1' },
          { type: 'change', globalId: 'PR_2' },
        ],
      });
      await knex('changes').insert({
        id: 'chg_other',
        task_id: first,
        attempt_id: attempt.id,
        code_host: 'in-memory',
        global_id: 'PR_0',
        state: 'open',
        draft: false,
        due_at: new Date('2099-01-01'),
        created_at: new Date('2026-01-01'),
      });
      provider.report('shop-2', { state: 'completed' });
      await until(async () => (await stateOf(second)) === 'no_change', 60);
      expect((await status.get({ credentials })).remotes).toContainEqual(
        expect.objectContaining({ role: 'provider', state: 'available' }),
      );
    });

    it('reads tasks that no list names, though one of them cannot be read', async () => {
      const { launch, until, stateOf, provider, tasks, credentials } =
        await setUp({ components: 2 });
      const [first, second] = await launch(2);
      await until(async () => (await stateOf(second)) === 'running');
      await until(async () => (await stateOf(first)) === 'running');
      provider.listChangedTasks = async () => ({ tasks: [] });
      provider.report('shop-2', { state: 'completed' });
      const read = provider.getTask.bind(provider);
      const lost = provider.started.find(one => one.repository === 'shop-1')!
        .task.id;
      provider.getTask = async options => {
        if (options.id === lost) {
          throw new ProviderError('You may not read it.', {
            effect: 'refused',
            status: 403,
          });
        }
        return read(options);
      };
      await until(async () => (await stateOf(second)) === 'no_change', 1200);
      const { task } = await tasks.get({ credentials, id: first });
      expect(task.stateReason).toContain('You may not read it.');
    });

    it('does not fail a task that another replica started, by an answer that came too late', async () => {
      const first = await setUp();
      const { launch, knex, provider, clock, codeHost } = first;
      const [id] = await launch();
      await first.round('admission');
      let answer = (_error: Error) => {};
      provider.startTask = () =>
        new Promise((_resolve, reject) => {
          answer = reject;
        });
      const late = first.round('starts');
      await untilRow(knex, { state: 'requested' });
      Reflect.deleteProperty(provider, 'startTask');
      const second = await createStages({
        knex,
        shared: { clock, provider, codeHost },
      });
      await second.until(async () => (await second.stateOf(id)) === 'running');
      answer(
        new ProviderError('Not enabled there.', {
          effect: 'refused',
          status: 403,
        }),
      );
      await late;
      expect(await second.stateOf(id)).toBe('running');
      expect(await second.slots()).toEqual({ counted: 1, used: 1 });
    });

    it('reads many changes in few requests, however many hints come', async () => {
      const { launch, until, stateOf, provider, codeHost, onHint, clock } =
        await setUp({ components: 4 });
      const ids = await launch(4);
      for (const n of [1, 2, 3, 4]) {
        await until(async () => (await stateOf(ids[n - 1])) === 'running');
        codeHost.set(`PR_${n}`, { draft: false });
        provider.report(`shop-${n}`, {
          state: 'completed',
          artifacts: [{ type: 'change', globalId: `PR_${n}` }],
        });
      }
      for (const id of ids) {
        await until(async () => (await stateOf(id)) === 'in_review');
      }
      let reads = 0;
      const getChanges = codeHost.getChanges.bind(codeHost);
      codeHost.getChanges = async options => {
        reads += 1;
        return getChanges(options);
      };
      const begun = clock.now().getTime();
      await until(async () => {
        onHint({ type: 'change', globalId: 'PR_1' });
        return clock.now().getTime() - begun >= 60_000;
      });
      // watch.hintsSeconds is 10 by default.
      expect(reads).toBeGreaterThan(3);
      expect(reads).toBeLessThanOrEqual(7);

      reads = 0;
      const later = clock.now().getTime();
      await until(async () => clock.now().getTime() - later >= 600_000, 1200);
      // Each is read once a minute, all four in one request; the one of which hints told only along with others.
      expect(reads).toBeLessThanOrEqual(21);
    });

    it('reads changes a quarter as often of a host that tells of them', async () => {
      const { launch, until, stateOf, provider, codeHost, onHint, clock } =
        await setUp({ components: 2 });
      const [first, second] = await launch(2);
      const review = async (id: string, name: string, globalId: string) => {
        await until(async () => (await stateOf(id)) === 'running');
        codeHost.set(globalId, { draft: false });
        provider.report(name, {
          state: 'completed',
          artifacts: [{ type: 'change', globalId }],
        });
        await until(async () => (await stateOf(id)) === 'in_review');
      };
      await review(first, 'shop-1', 'PR_1');
      onHint({ type: 'change', globalId: 'PR_1' });
      // It has not told of this one, which was not known yet.
      await review(second, 'shop-2', 'PR_2');
      let reads = 0;
      const getChanges = codeHost.getChanges.bind(codeHost);
      codeHost.getChanges = async options => {
        reads += 1;
        return getChanges(options);
      };
      const begun = clock.now().getTime();
      await until(async () => clock.now().getTime() - begun >= 600_000, 1200);
      expect(reads).toBeGreaterThanOrEqual(2);
      expect(reads).toBeLessThanOrEqual(6);
    });

    it('offers a change for review once, and leaves it a draft where a person made it one', async () => {
      const { launch, until, stateOf, provider, codeHost, eventsOf, clock } =
        await setUp();
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      codeHost.set('PR_1', {});
      provider.report(0, {
        state: 'completed',
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await until(async () => codeHost.changes.get('PR_1')!.draft === false);
      await until(async () =>
        (await eventsOf(id)).some(event => event.type === 'change.ready'),
      );
      codeHost.set('PR_1', { draft: true });
      const begun = clock.now().getTime();
      await until(async () => clock.now().getTime() - begun > 300_000, 1200);
      expect(codeHost.changes.get('PR_1')!.draft).toBe(true);
      expect((await eventsOf(id)).map(event => event.type)).toContain(
        'change.drafted',
      );
    });

    it('passes over tasks that somebody started elsewhere', async () => {
      const { launch, until, stateOf, provider, round, knex } = await setUp();
      await provider.startTask({
        repository: { host: 'github.com', owner: 'acme', name: 'shop-1' },
        prompt: 'From an editor',
        marker: 'none',
        signal: new AbortController().signal,
      });
      const [id] = await launch();
      await until(async () => (await stateOf(id)) === 'running');
      provider.report(0, { state: 'failed' });
      await round('watch');
      expect(await stateOf(id)).toBe('running');
      expect(await knex('attempts').count({ count: '*' })).toEqual([
        { count: expect.anything() },
      ]);
    });

    describe('cancel', () => {
      const dana = { actor: 'user:default/dana' };

      it('ends a task that waits at once', async () => {
        const { launch, tasks, credentials, eventsOf, round, provider } =
          await setUp();
        const [id] = await launch();
        const { task } = await tasks.cancel({
          credentials,
          id,
          ...dana,
          reason: 'wrong version',
        });
        expect(task).toMatchObject({
          state: 'cancelled',
          stateReason: 'wrong version',
        });
        expect((await eventsOf(id)).pop()).toMatchObject({
          type: 'task.cancelled',
          actor: 'user:default/dana',
        });
        await round('admission', 'starts');
        expect(provider.requests.start).toBe(0);
      });

      it('withdraws a start that has not left', async () => {
        const {
          launch,
          tasks,
          credentials,
          round,
          until,
          stateOf,
          provider,
          slots,
        } = await setUp();
        const [id] = await launch();
        await round('admission');
        await tasks.cancel({ credentials, id, ...dana });
        await until(async () => (await stateOf(id)) === 'cancelled');
        expect(provider.requests.start).toBe(0);
        expect(await slots()).toEqual({ counted: 0, used: 0 });
      });

      it('finds out whether the agent started before it says that it is stopped', async () => {
        const {
          launch,
          tasks,
          credentials,
          until,
          stateOf,
          provider,
          codeHost,
        } = await setUp();
        provider.faults = ['answer-lost'];
        provider.unreachable = true;
        const [id] = await launch();
        await until(async () => provider.requests.start === 1);
        await tasks.cancel({ credentials, id, ...dana });
        await until(async () => (await stateOf(id)) === 'cancelling');
        provider.unreachable = false;
        await until(async () => {
          const { attempts } = await tasks.get({ credentials, id });
          return attempts[0].state === 'confirmed';
        });
        // It runs, and nothing can be stopped before it has made a branch.
        expect(await stateOf(id)).toBe('cancelling');
        expect(codeHost.stops).toEqual([]);
        provider.report(0, {
          artifacts: [
            { type: 'branch', branch: 'copilot/bump', baseBranch: 'main' },
          ],
        });
        await until(async () => (await stateOf(id)) === 'cancelled');
        expect(codeHost.stops).toEqual([
          { branch: 'copilot/bump', change: undefined },
        ]);
      });

      it('stops what runs, and says what was stopped and what was not', async () => {
        const {
          launch,
          tasks,
          credentials,
          until,
          stateOf,
          provider,
          codeHost,
          slots,
        } = await setUp();
        codeHost.stopSteps = [
          { what: 'workflow_run', outcome: 'failed', reason: 'it had ended' },
          { what: 'change', outcome: 'done' },
          { what: 'branch', outcome: 'done' },
        ];
        const [id] = await launch();
        await until(async () => (await stateOf(id)) === 'running');
        codeHost.set('PR_1', {});
        provider.report(0, {
          artifacts: [{ type: 'change', globalId: 'PR_1' }],
        });
        await until(async () => codeHost.changes.size > 0);
        await tasks.cancel({ credentials, id, ...dana });
        expect(await stateOf(id)).toBe('cancelling');
        await until(async () => (await stateOf(id)) === 'cancelled');
        const { task } = await tasks.get({ credentials, id });
        expect(task.stateReason).toBe(
          'Stopped: the pull request, the branch. Not stopped: the workflow run (it had ended).',
        );
        expect(task.change).toMatchObject({ state: 'closed' });
        expect(await slots()).toEqual({ counted: 0, used: 0 });
      });

      it('ends what could not be decided, by the word of the person, and names the marker', async () => {
        const {
          launch,
          tasks,
          credentials,
          until,
          stateOf,
          provider,
          counterDrift,
          slots,
        } = await setUp();
        provider.faults = ['answer-lost'];
        provider.unreachable = true;
        const [id] = await launch();
        await until(async () => (await stateOf(id)) === 'undecided', 1200);
        await tasks.cancel({ credentials, id, ...dana });
        await until(async () => (await stateOf(id)) === 'cancelled', 300);
        const { task, attempts } = await tasks.get({ credentials, id });
        expect(task.stateReason).toContain(attempts[0].id);
        expect(await slots()).toEqual({ counted: 0, used: 0 });
        expect(await counterDrift()).toEqual([]);
      });

      it('gives back the review slot of a change that the host does not show any more', async () => {
        const {
          launch,
          tasks,
          credentials,
          until,
          stateOf,
          provider,
          codeHost,
          knex,
          counterDrift,
        } = await setUp();
        const [id] = await launch();
        await until(async () => (await stateOf(id)) === 'running');
        codeHost.set('PR_1', {});
        provider.report(0, {
          state: 'completed',
          artifacts: [{ type: 'change', globalId: 'PR_1' }],
        });
        await until(async () => (await stateOf(id)) === 'in_review');
        codeHost.changes.delete('PR_1');
        codeHost.stopSteps = [{ what: 'change', outcome: 'absent' }];
        await tasks.cancel({ credentials, id, ...dana });
        await until(async () => (await stateOf(id)) === 'cancelled');
        expect(await knex('tasks').where('review_slot', true)).toEqual([]);
        expect(await counterDrift()).toEqual([]);
      });

      it('tries again what failed for the moment, before it says what was not stopped', async () => {
        const {
          launch,
          tasks,
          credentials,
          until,
          stateOf,
          provider,
          codeHost,
        } = await setUp();
        const [id] = await launch();
        await until(async () => (await stateOf(id)) === 'running');
        codeHost.set('PR_1', {});
        provider.report(0, {
          artifacts: [{ type: 'change', globalId: 'PR_1' }],
        });
        codeHost.stopSteps = [
          { what: 'change', outcome: 'failed', retryable: true, reason: '502' },
        ];
        await tasks.cancel({ credentials, id, ...dana });
        await until(async () => codeHost.stops.length > 1);
        expect(await stateOf(id)).toBe('cancelling');
        codeHost.stopSteps = [{ what: 'change', outcome: 'done' }];
        await until(async () => (await stateOf(id)) === 'cancelled');
        expect((await tasks.get({ credentials, id })).task.stateReason).toBe(
          'Stopped: the pull request.',
        );
      });

      it('is refused once the task has ended', async () => {
        const { launch, tasks, credentials, until, stateOf, provider } =
          await setUp();
        const [id] = await launch();
        await until(async () => (await stateOf(id)) === 'running');
        provider.report(0, { state: 'completed' });
        await until(async () => (await stateOf(id)) === 'no_change');
        await expect(
          tasks.cancel({ credentials, id, ...dana }),
        ).rejects.toThrow('has ended already (no_change)');
      });
    });
  },
);

/** Waits until the first attempt looks like this; the replica that writes it runs beside. */
async function untilRow(
  knex: Awaited<ReturnType<typeof databases.init>>,
  row: object,
): Promise<void> {
  for (let turn = 0; turn < 1000; turn += 1) {
    if (await knex('attempts').where(row).first()) {
      return;
    }
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
  throw new Error('no attempt was requested');
}
