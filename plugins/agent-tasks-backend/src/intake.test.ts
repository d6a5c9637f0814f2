import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { createStages } from './__testUtils__/createStages';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const shop = 'group:default/shop';
const hour = 3_600;

describe.each(databases.eachSupportedId())(
  'Intake on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp(
      limits: NonNullable<Parameters<typeof createStages>[0]['limits']>,
    ) {
      const knex = await databases.init(databaseId);
      const stages = await createStages({
        knex,
        limits: { repository: { running: 5, openChanges: 5 }, ...limits },
      });
      const { credentials, provider, codeHost, until } = stages;
      return {
        ...stages,
        knex,

        holdOf: async (id: string) =>
          (await stages.tasks.get({ credentials, id })).hold,

        /** A task whose change waits for a review. */
        async inReview(change: Partial<HostChange> = {}) {
          const [id] = await stages.launch();
          await stages.round('admission', 'starts');
          expect(await stages.stateOf(id)).toBe('running');
          codeHost.set(id, change);
          provider.report(provider.started.length - 1, {
            state: 'completed',
            artifacts: [{ type: 'change', globalId: id }],
          });
          // Offered, and seen to be.
          await until(async () => {
            const row = await knex('changes').where('task_id', id).first();
            return row !== undefined && !row.draft;
          });
          expect(await stages.stateOf(id)).toBe('in_review');
          return id;
        },
      };
    }

    it('slows down for a team whose changes wait for a review, and recovers', async () => {
      const stages = await setUp({ team: { openChanges: 2 } });
      const { clock, round, codeHost, holdOf, stateOf } = stages;
      const stalled = await stages.inReview();
      clock.advance(100 * hour);
      await round('changes', 'admission');

      // The change takes one of two places, and its wait the other.
      const waits = await stages.launch(2);
      await round('admission', 'starts');
      for (const id of waits) {
        expect(await stateOf(id)).toBe('queued');
        expect(await holdOf(id)).toMatchObject({
          limit: 'team-changes',
          used: 1,
          max: 1,
          message: `1 change of ${shop} has waited for a review for more than 3 days, so that it may have 1 open instead of 2. Review, merge or close the oldest.`,
        });
      }

      codeHost.set(stalled, { state: 'merged' });
      await stages.until(
        async () =>
          (await stateOf(waits[0])) === 'running' &&
          (await stateOf(waits[1])) === 'running',
        180,
      );
      expect(await stages.counterDrift()).toEqual([]);
    });

    it('goes by how long reviews of the team took lately', async () => {
      const stages = await setUp({ team: { openChanges: 2 } });
      await stages.knex('measured_times').insert(
        [shop, 'group:default/other'].flatMap(name =>
          Array.from({ length: 6 }, () => ({
            kind: 'review',
            name,
            seconds: name === shop ? 2 * hour : 90 * hour,
          })),
        ),
      );
      await stages.inReview();
      const [waits] = await stages.launch();
      expect((await stages.holdOf(waits))?.limit).toBe('portal-running');
      stages.clock.advance(7 * hour);
      expect(await stages.holdOf(waits)).toMatchObject({
        max: 1,
        message: expect.stringContaining('for more than 6 h'),
      });
    });

    it('takes a new budget at once', async () => {
      const stages = await setUp({ team: { openChanges: 2 } });
      const { clock, round, stateOf, holdOf } = stages;
      await stages.inReview();
      clock.advance(100 * hour);
      const [second, third] = await stages.launch(2);
      await round('admission');
      expect(await stateOf(second)).toBe('queued');
      await stages.teams.setLimits(
        { credentials: stages.credentials, actor: 'user:default/ada' },
        shop,
        { expectedVersion: 0, openChanges: 3 },
      );
      await round('admission');
      expect(await stateOf(second)).toBe('starting');
      expect(await holdOf(third)).toMatchObject({
        used: 2,
        max: 2,
        message: expect.stringContaining('2 open instead of 3'),
      });
    });

    it('leaves alone who never waited, and drafts that nobody was asked to review', async () => {
      const stages = await setUp({ team: { openChanges: 2 } });
      const id = await stages.inReview();
      await stages.knex('changes').where('task_id', id).update({ draft: true });
      stages.codeHost.set(id, { draft: true });
      stages.clock.advance(100 * hour);
      const [next] = await stages.launch();
      await stages.round('admission');
      expect(await stages.stateOf(next)).toBe('starting');
    });

    it('slows down while checks are stuck, and counts from the last push', async () => {
      const stages = await setUp({ pendingChecks: 2 });
      const { clock, round, codeHost, holdOf, stateOf } = stages;
      const stuck = await stages.inReview({ checks: 'pending' });
      clock.advance(2 * hour);
      const [waits] = await stages.launch();
      await round('admission');
      expect(await stateOf(waits)).toBe('queued');
      expect(await holdOf(waits)).toMatchObject({
        limit: 'portal-checks',
        used: 1,
        max: 1,
        message: expect.stringContaining(
          'The checks of 1 change have been pending for more than 60 min, so that 1 may be pending instead of 2.',
        ),
      });

      codeHost.set(stuck, { headCommit: 'b'.repeat(40) });
      await stages.until(
        async () => (await stateOf(waits)) === 'running',
        1_800,
      );
      expect(codeHost.changes.get(stuck)?.checks).toBe('pending');
    });

    it('looks at the changes once a minute, however many ask', async () => {
      const stages = await setUp({ team: { openChanges: 2 } });
      await stages.inReview();
      stages.clock.advance(120);
      let looks = 0;
      stages.knex.on('query', ({ sql }: { sql: string }) => {
        looks += /^select[^(]*coalesce\(changes\.offered_at/.test(sql) ? 1 : 0;
      });
      const [id] = await stages.launch();
      for (let second = 0; second < 50; second += 10) {
        await stages.round('admission', 'changes');
        await stages.holdOf(id);
        stages.clock.advance(10);
      }
      expect(looks).toBe(1);
    });
  },
);
