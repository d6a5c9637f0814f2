import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'Deadlines on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(
      options: Omit<Parameters<typeof createStages>[0], 'knex'> = {},
    ) {
      const knex = await databases.init(databaseId);
      const stages = await createStages({ ...options, knex });
      const { clock, round } = stages;
      return {
        knex,
        ...stages,
        /** Lets time pass, with the rounds that would be in it. */
        async wait(seconds: number) {
          for (let second = 0; second < seconds; second += 10) {
            clock.advance(Math.min(10, seconds - second));
            await round('deadlines', 'admission', 'starts', 'watch', 'changes');
            await round('stops');
          }
        },
        countDue: async () =>
          Number(
            (
              await knex('tasks')
                .whereNotNull('deadline_due_at')
                .count({ count: '*' })
            )[0].count,
          ),
      };
    }

    it('takes tasks out of the queue that have waited too long, and no others', async () => {
      const stages = await setUp({
        running: 1,
        execution: { queueTimeoutSeconds: 600 },
      });
      const { launch, wait, stateOf, eventsOf } = stages;
      const [runs, waits] = await launch(2);
      await wait(580);
      expect(await stateOf(waits)).toBe('queued');
      await wait(30);
      expect(await stateOf(waits)).toBe('cancelled');
      expect(await stateOf(runs)).toBe('running');
      expect(await eventsOf(waits)).toContainEqual(
        expect.objectContaining({
          type: 'task.deadline_passed',
          actor: 'system',
          message: expect.stringContaining('It waited for 10 minutes'),
        }),
      );
      expect(await stages.countDue()).toBe(0);
      expect(await stages.counterDrift()).toEqual([]);
    });

    it('stops an agent that runs too long, and says what was stopped and what not', async () => {
      const stages = await setUp({
        execution: { timeoutSeconds: 900 },
        capabilities: { start: 'findable', cancel: false },
      });
      const { launch, wait, stateOf, eventsOf, provider, codeHost } = stages;
      const [id] = await launch();
      await wait(60);
      expect(await stateOf(id)).toBe('running');
      codeHost.set('PR_1', { draft: true });
      provider.report(0, {
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await wait(800);
      expect(await stateOf(id)).toBe('running');
      await wait(90);
      expect(await stateOf(id)).toBe('cancelled');
      expect(codeHost.stops).toEqual([
        expect.objectContaining({
          change: expect.objectContaining({ globalId: 'PR_1' }),
        }),
      ]);
      const { task } = await stages.tasks.get({
        credentials: stages.credentials,
        id,
      });
      expect(task.stateReason).toMatch(/^It ran longer.*Stopped: /);
      expect((await eventsOf(id)).map(event => event.type)).toContain(
        'task.deadline_passed',
      );
      expect(await stages.slots()).toEqual({ counted: 0, used: 0 });
      expect(await stages.counterDrift()).toEqual([]);
    });

    it('closes a change that nobody reviewed in time', async () => {
      const stages = await setUp({
        execution: { reviewTimeoutSeconds: 3600 },
      });
      const { launch, wait, stateOf, provider, codeHost } = stages;
      const [id] = await launch();
      await wait(60);
      codeHost.set('PR_1', {});
      provider.report(0, {
        state: 'completed',
        artifacts: [{ type: 'change', globalId: 'PR_1' }],
      });
      await wait(60);
      expect(await stateOf(id)).toBe('in_review');
      await wait(3500);
      expect(await stateOf(id)).toBe('in_review');
      await wait(200);
      expect(await stateOf(id)).toBe('cancelled');
      expect(codeHost.stops).toEqual([
        expect.objectContaining({
          change: expect.objectContaining({ globalId: 'PR_1' }),
        }),
      ]);
      expect(await stages.counterDrift()).toEqual([]);
    });

    it('looks at no task whose template sets no deadline', async () => {
      const stages = await setUp();
      await stages.launch(3);
      expect(await stages.countDue()).toBe(0);
    });
  },
);
