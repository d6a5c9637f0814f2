import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import {
  AgentProviderCapabilities,
  HostChange,
} from '@agent-tasks/plugin-agent-tasks-node';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(60_000);

const continuing: AgentProviderCapabilities = {
  start: 'findable',
  cancel: false,
  continues: true,
};

const branchArtifact = {
  type: 'branch',
  branch: 'copilot/bump',
  baseBranch: 'main',
} as const;

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'Retries on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(
      maxAttempts?: number,
      options: Partial<Parameters<typeof createStages>[0]> = {},
    ) {
      const knex = await databases.init(databaseId);
      const stages = await createStages({
        knex,
        ...(maxAttempts && { execution: { maxAttempts } }),
        ...options,
      });
      const [id] = await stages.launch();
      await stages.until(async () => (await stages.stateOf(id)) === 'running');
      return { ...stages, id };
    }

    it('tries a task again whose agent failed, and tells the next attempt of it', async () => {
      const stages = await setUp(2);
      const { id, provider, until, stateOf, slots } = stages;
      provider.report(0, { state: 'failed', failureMessage: 'No tests ran.' });
      await until(async () => provider.started.length === 2);
      expect(await slots()).toEqual({ counted: 1, used: 1 });
      expect(provider.started[0].prompt).not.toContain('No tests ran.');
      expect(provider.started[1].prompt).toMatch(
        /Attempt 1 at this task failed[^]*No tests ran\.[^]*agent-task-marker: att_/,
      );
      await until(async () => (await stateOf(id)) === 'running');

      provider.report(1, { state: 'timed_out' });
      await until(async () => (await stateOf(id)) === 'failed');
      expect(provider.started).toHaveLength(2);
      expect(await slots()).toEqual({ counted: 0, used: 0 });
      expect(await stages.counterDrift()).toEqual([]);
    });

    it('fails once by a failure that two are told of at the same time', async () => {
      const stages = await setUp(2, { capabilities: continuing });
      const { id, provider, codeHost, until, round, stateOf } = stages;
      const change = { type: 'change', globalId: 'PR_1' } as const;
      codeHost.set('PR_1', {});
      const getTask = provider.getTask.bind(provider);
      let told = false;
      jest.spyOn(provider, 'getTask').mockImplementation(async options => {
        const task = await getTask(options);
        if (told || task?.state !== 'failed') {
          return task;
        }
        told = true;
        // Somebody else goes all the way while this answer is on its way: the next attempt is under way then.
        await stages.reports.apply(provider, [task]);
        await round('starts');
        return { ...task, artifacts: [change] };
      });
      provider.report(0, {
        state: 'failed',
        artifacts: [change, branchArtifact],
      });
      await until(async () => provider.started.length === 2);
      expect(['starting', 'running']).toContain(await stateOf(id));
      provider.report(1, { state: 'completed', artifacts: [change] });
      await until(async () => (await stateOf(id)) === 'in_review');
    });

    it('tries once where the template does not say otherwise', async () => {
      const { id, provider, until, stateOf } = await setUp();
      provider.report(0, { state: 'failed' });
      await until(async () => (await stateOf(id)) === 'failed');
      expect(provider.started).toHaveLength(1);
    });

    it('does not start again what a person cancelled at the provider', async () => {
      const { id, provider, until, stateOf } = await setUp(3);
      provider.report(0, { state: 'cancelled' });
      await until(async () => (await stateOf(id)) === 'failed');
      expect(provider.started).toHaveLength(1);
    });

    it('does not start again while a change is open', async () => {
      const { id, provider, codeHost, until, stateOf } = await setUp(3);
      codeHost.set('PR_1', {});
      provider.report(0, {
        state: 'failed',
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await until(async () => (await stateOf(id)) === 'failed');
      expect(provider.started).toHaveLength(1);
    });

    it('goes on in an open change where the provider can', async () => {
      const stages = await setUp(2, { capabilities: continuing });
      const { id, provider, codeHost, until, stateOf } = stages;
      codeHost.set('PR_1', {});
      provider.report(0, {
        state: 'failed',
        artifacts: [{ type: 'change', globalId: 'PR_1' }, branchArtifact],
      });
      await until(async () => provider.started.length === 2);
      expect(provider.started[1]).toMatchObject({
        headBranch: 'copilot/bump',
        baseBranch: 'main',
        prompt: expect.stringContaining('go on from there'),
      });
      provider.report(1, {
        state: 'completed',
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await until(async () => (await stateOf(id)) === 'in_review');
      expect(await stages.counterDrift()).toEqual([]);
    });

    describe('by hand', () => {
      const actor = 'user:default/dana';

      async function setUpEnded(
        change: Partial<HostChange> | undefined,
        options: Parameters<typeof setUp>[1] = {},
      ) {
        const stages = await setUp(undefined, options);
        const { id, provider, codeHost, until, stateOf, credentials } = stages;
        if (change) {
          codeHost.set('PR_1', change);
        }
        provider.report(0, {
          state: 'failed',
          failureMessage: 'No tests ran.',
          artifacts: change ? [{ type: 'change', globalId: 'PR_1' }] : [],
        });
        await until(
          async () =>
            (await stateOf(id)) === 'failed' &&
            (!change ||
              Boolean(
                (await stages.tasks.get({ credentials, id })).task.change
                  ?.headCommit,
              )),
        );
        return {
          ...stages,
          retry: async (reason?: string) => {
            const [{ error }] = await stages.tasks.retry({
              credentials,
              ids: [id],
              actor,
              reason,
            });
            return error;
          },
          outlook: async () =>
            (await stages.tasks.get({ credentials, id })).retry,
        };
      }

      it('queues a task again, which takes all slots anew and counts for the day', async () => {
        const stages = await setUpEnded(undefined, {
          limits: { team: { openChanges: 1 } },
        });
        const { id, provider, until, stateOf, slots } = stages;
        expect(await stages.outlook()).toEqual({
          attempt: 2,
          will: 'start_anew',
        });
        expect(await stages.retry('the network was down')).toBeUndefined();
        expect(await stateOf(id)).toBe('queued');
        expect(await slots()).toEqual({ counted: 0, used: 0 });
        expect(await stages.counterDrift()).toEqual([]);
        expect(await stages.eventsOf(id)).toContainEqual(
          expect.objectContaining({
            type: 'task.retried',
            actor,
            message:
              'Queued again: the network was down. Attempt 2 begins anew.',
          }),
        );
        await until(async () => (await stateOf(id)) === 'running');
        expect(provider.started).toHaveLength(2);
        expect(provider.started[1].prompt).toContain('No tests ran.');
        expect(await slots()).toEqual({ counted: 1, used: 1 });
        expect(await stages.counterDrift()).toEqual([]);
        expect(await stages.retry()).toMatchObject({
          name: 'ConflictError',
          message: 'It has not ended (running). Cancel it first.',
        });
      });

      it('goes on in the open change, which is a draft meanwhile, though its own review slot was the last one', async () => {
        const stages = await setUpEnded(
          { draft: false },
          {
            capabilities: continuing,
            limits: { team: { openChanges: 1 } },
          },
        );
        const { id, codeHost, provider, until, stateOf } = stages;
        expect(await stages.outlook()).toMatchObject({
          attempt: 2,
          will: 'continue_change',
          change: { number: 1 },
        });
        expect(await stages.retry()).toBeUndefined();
        expect(codeHost.changes.get('PR_1')?.draft).toBe(true);
        expect(codeHost.stops).toEqual([]);
        await until(async () => (await stateOf(id)) === 'running');
        expect(provider.started[1]).toMatchObject({
          headBranch: 'copilot/bump',
          baseBranch: 'main',
        });
        provider.report(1, {
          state: 'completed',
          artifacts: [{ type: 'change', globalId: 'PR_1' }],
        });
        await until(async () => codeHost.changes.get('PR_1')?.draft === false);
        expect(await stateOf(id)).toBe('in_review');
        expect(await stages.counterDrift()).toEqual([]);
      });

      it('begins anew where the change was closed while the task waited', async () => {
        const stages = await setUpEnded({}, { capabilities: continuing });
        const { id, codeHost, provider, until, stateOf } = stages;
        await stages.retry();
        codeHost.set('PR_1', { state: 'closed' });
        await stages.round('changes');
        stages.clock.advance(60);
        await stages.round('changes');
        await until(async () => (await stateOf(id)) === 'running');
        expect(provider.started[1].headBranch).toBeUndefined();
        expect(provider.started[1].prompt).not.toContain('go on from there');
      });

      it('ends where a person merged the change while the task waited', async () => {
        const stages = await setUpEnded({}, { capabilities: continuing });
        const { id, codeHost, provider, round, clock, stateOf } = stages;
        await stages.retry();
        codeHost.set('PR_1', { state: 'merged' });
        for (let look = 0; look < 3; look += 1) {
          clock.advance(60);
          await round('changes');
        }
        expect(await stateOf(id)).toBe('merged');
        expect(provider.started).toHaveLength(1);
        expect(await stages.counterDrift()).toEqual([]);
        expect(await stages.retry()).toMatchObject({ name: 'ConflictError' });
      });

      it('closes the open change first where the provider cannot go on in it', async () => {
        const stages = await setUpEnded({});
        const { id, codeHost, until, stateOf } = stages;
        expect(await stages.outlook()).toMatchObject({ will: 'close_change' });
        codeHost.unreachable = true;
        expect(await stages.retry()).toMatchObject({
          name: 'ServiceUnavailableError',
        });
        expect(await stateOf(id)).toBe('failed');
        codeHost.unreachable = false;
        codeHost.stopSteps = [
          { what: 'change', outcome: 'failed', reason: 'It is locked.' },
        ];
        expect(await stages.retry()).toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining('It is locked.'),
        });
        codeHost.stopSteps = [{ what: 'change', outcome: 'done' }];
        expect(await stages.retry()).toBeUndefined();
        expect(codeHost.stops).toHaveLength(2);
        await until(async () => (await stateOf(id)) === 'running');
        expect(await stages.counterDrift()).toEqual([]);
      });

      it('queues again what was cancelled in the queue, as often as one likes', async () => {
        const knex = await databases.init(databaseId);
        const stages = await createStages({ knex });
        const { credentials, tasks, stateOf, until } = stages;
        const [id] = await stages.launch();
        for (let times = 0; times < 2; times += 1) {
          await tasks.cancel({ credentials, id, actor });
          expect(await stateOf(id)).toBe('cancelled');
          await tasks.retry({ credentials, ids: [id], actor });
          expect(await stateOf(id)).toBe('queued');
        }
        await until(async () => (await stateOf(id)) === 'running');
        expect(await stages.counterDrift()).toEqual([]);
      });

      it('says of each of many what became of it', async () => {
        const stages = await setUpEnded(undefined);
        const { id, tasks, credentials } = stages;
        const results = await tasks.retry({
          credentials,
          ids: ['task_none', id, id],
          actor,
        });
        expect(results).toEqual([
          {
            taskId: 'task_none',
            error: expect.objectContaining({ name: 'NotFoundError' }),
          },
          { taskId: id },
          { taskId: id },
        ]);
      });
    });
  },
);
