import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'Retries on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(maxAttempts?: number) {
      const knex = await databases.init(databaseId);
      const stages = await createStages({
        knex,
        ...(maxAttempts && { execution: { maxAttempts } }),
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
  },
);
