import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const shop = 'group:default/shop';

describe.each(databases.eachSupportedId())(
  'The lanes of changes on %p',
  (databaseId: TestDatabaseId) => {
    /** A team with one review slot; counters are proved against a full count at every step. */
    async function setUp(limits: { pendingChecks?: number } = {}) {
      const knex = await databases.init(databaseId);
      const stages = await createStages({
        knex,
        components: 1,
        running: 10,
        limits: {
          ...limits,
          repository: { running: 10, openChanges: 10 },
          team: { openChanges: 1 },
        },
      });
      const { clock, codeHost, credentials, provider, until } = stages;
      const startedOf = new Map<string, number>();
      const used = async (key: string) =>
        (await stages.taskStore.readCounts(clock.now())).taken.get(key) ?? 0;

      const step = async (condition: () => Promise<boolean>) => {
        await until(async () => {
          expect(await stages.counterDrift()).toEqual([]);
          expect(await used(`changes team ${shop}`)).toBeLessThanOrEqual(1);
          return condition();
        });
      };
      return {
        ...stages,
        used,
        step,

        get: async (id: string) =>
          (await stages.tasks.get({ credentials, id })).task,

        hold: async (id: string) =>
          (await stages.tasks.get({ credentials, id })).hold,

        draftOf: (id: string) => codeHost.changes.get(id)?.draft,

        typesOf: async (id: string) =>
          (await stages.eventsOf(id)).map(event => event.type),

        /** Launches a task; `running` waits until its agent works. */
        async one(template: 'bump' | 'tidy', to: 'running' | 'queued') {
          const [id] = await stages.launch(1, template);
          await stages.round('admission', 'starts');
          expect(await stages.stateOf(id)).toBe(to);
          if (to === 'running') {
            startedOf.set(id, provider.started.length - 1);
          }
          return id;
        },

        /** The agent ends, with a change that is named like its task. */
        async end(
          id: string,
          change: Partial<HostChange>,
          state: 'completed' | 'failed' = 'completed',
        ) {
          codeHost.set(id, change);
          provider.report(startedOf.get(id)!, {
            state,
            artifacts: [{ type: 'change', globalId: id }],
          });
          await step(async () =>
            ['in_review', 'failed'].includes(await stages.stateOf(id)),
          );
        },
      };
    }

    it('lets changes that are merged without a person go on while the review budget is taken', async () => {
      const { one, end, step, used, codeHost, stateOf, draftOf, hold } =
        await setUp();
      await one('bump', 'running');
      const waits = await one('bump', 'queued');
      const auto = await one('tidy', 'running');
      await one('tidy', 'running');
      expect(await hold(waits)).toMatchObject({ limit: 'team-changes' });

      await end(auto, { checks: 'pending' });
      await step(async () => (await used('checks portal ')) === 3);
      expect(draftOf(auto)).toBe(true);
      codeHost.set(auto, { checks: 'passed' });
      await step(async () => draftOf(auto) === false);
      expect(await used(`auto team ${shop}`)).toBe(2);

      codeHost.set(auto, { state: 'merged' });
      await step(async () => (await stateOf(auto)) === 'merged');
      expect(await used(`auto team ${shop}`)).toBe(1);
      expect(await stateOf(waits)).toBe('queued');
    });

    it('has a change that needs a person after all wait as a draft, and get the next review slot before new tasks', async () => {
      const stages = await setUp();
      const { one, end, step, used, codeHost, stateOf, draftOf, get } = stages;
      const first = await one('bump', 'running');
      const queued = await one('bump', 'queued');
      const auto = await one('tidy', 'running');
      await end(first, {});
      await end(auto, { checks: 'failed' });
      await step(async () => (await get(auto)).stateReason !== undefined);
      expect((await get(auto)).stateReason).toBe(
        `Waits as a draft for a review slot of ${shop}: 1 of 1 taken.`,
      );
      expect(await used(`auto team ${shop}`)).toBe(0);
      expect(
        (await stages.eventsOf(auto)).find(
          event => event.type === 'task.left_auto_lane',
        ),
      ).toMatchObject({
        actor: 'system',
        message: expect.stringContaining('its checks failed'),
        details: { reason: 'checks_failed' },
      });
      // Many reads later it is as it was, even with checks that pass now.
      codeHost.set(auto, { checks: 'passed' });
      for (let minute = 0; minute < 5; minute += 1) {
        stages.clock.advance(60);
        await stages.round('admission', 'changes');
      }
      expect(draftOf(auto)).toBe(true);

      codeHost.set(first, { state: 'merged' });
      await step(async () => draftOf(auto) === false);
      expect((await get(auto)).stateReason).toBeUndefined();
      expect(await stages.typesOf(auto)).toEqual(
        expect.arrayContaining(['task.review_granted', 'change.offered']),
      );
      expect(await stateOf(queued)).toBe('queued');

      codeHost.set(auto, { state: 'merged' });
      await step(async () => (await stateOf(queued)) === 'running');
    });

    it('makes a change a draft again that was offered, once', async () => {
      const { one, end, step, clock, codeHost, draftOf, round, typesOf, get } =
        await setUp();
      await one('bump', 'running');
      const auto = await one('tidy', 'running');
      await end(auto, { checks: 'passed' });
      await step(async () => draftOf(auto) === false);

      codeHost.set(auto, { review: 'changes_requested' });
      await step(async () => draftOf(auto) === true);
      expect((await get(auto)).stateReason).toContain('Waits as a draft');
      expect(await typesOf(auto)).toContain('change.withdrawn');

      // A person who offers it all the same takes it on.
      codeHost.set(auto, { draft: false });
      clock.advance(600);
      await round('changes', 'admission', 'changes');
      expect(draftOf(auto)).toBe(false);
    });

    it('tries again to make a change a draft where the host did not answer', async () => {
      const { one, end, step, codeHost, draftOf } = await setUp();
      await one('bump', 'running');
      const auto = await one('tidy', 'running');
      let requests = 0;
      const { convertToDraft } = codeHost;
      codeHost.convertToDraft = async options => {
        requests += 1;
        if (requests === 1) {
          throw new Error('The connection was lost');
        }
        await convertToDraft.call(codeHost, options);
      };
      await end(auto, { checks: 'failed', draft: false });
      await step(async () => draftOf(auto) === true);
      expect(requests).toBe(2);
    });

    it('has a person look at what a failed agent left, and says on why it failed', async () => {
      const { one, end, step, used, codeHost, get, draftOf } = await setUp();
      const auto = await one('tidy', 'running');
      await end(auto, { checks: 'passed' }, 'failed');
      await step(async () => (await used(`changes team ${shop}`)) === 1);
      expect(await used(`auto team ${shop}`)).toBe(0);
      expect(draftOf(auto)).toBe(true);
      expect((await get(auto)).stateReason).toContain('failed');

      codeHost.set(auto, { state: 'closed' });
      await step(async () => (await used(`changes team ${shop}`)) === 0);
    });

    it('holds tasks back while checks are pending, until they pass', async () => {
      const { one, end, step, used, codeHost, stateOf, hold, clock, round } =
        await setUp({ pendingChecks: 1 });
      const first = await one('tidy', 'running');
      const second = await one('tidy', 'queued');
      expect(await hold(second)).toMatchObject({
        message: expect.stringContaining('checks pending'),
      });
      await end(first, { checks: 'pending' });
      clock.advance(600);
      await round('changes', 'admission');
      expect(await stateOf(second)).toBe('queued');

      codeHost.set(first, { checks: 'passed' });
      await step(async () => (await stateOf(second)) === 'running');
      expect(await used('checks portal ')).toBe(1);

      // A push asks nobody, and is counted.
      codeHost.set(first, { checks: 'pending', headCommit: 'b'.repeat(40) });
      await step(async () => (await used('checks portal ')) === 2);
      const third = await one('tidy', 'queued');
      codeHost.set(first, { state: 'closed' });
      await step(async () => (await used('checks portal ')) === 1);
      expect(await stateOf(third)).toBe('queued');
    });

    it('takes no slot for checks that nobody runs', async () => {
      const { one, end, step, used } = await setUp({ pendingChecks: 1 });
      const first = await one('tidy', 'running');
      await end(first, { checks: 'none' });
      await step(async () => (await used('checks portal ')) === 0);
      const second = await one('tidy', 'running');
      expect(second).not.toBe(first);
    });
  },
);
