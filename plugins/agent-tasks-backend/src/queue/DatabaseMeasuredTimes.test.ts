import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { createStages } from '../__testUtils__/createStages';
import { DatabaseForecastStore } from './DatabaseForecastStore';
import { DatabaseMeasuredTimes } from './DatabaseMeasuredTimes';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const begin = new Date('2026-11-28T12:00:00Z');
const after = (seconds: number) => new Date(begin.getTime() + seconds * 1000);

describe.each(databases.eachSupportedId())(
  'Measured times and forecasts on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp() {
      const knex = await databases.init(databaseId);
      const stages = await createStages({ knex, components: 1 });
      const { launch, taskStore, clock } = stages;
      const like = (await taskStore.get((await launch(1))[0]))!;
      const times = DatabaseMeasuredTimes.create({ knex, clock });
      let tasks = 0;
      const insertTask = async (template: string, team: string) => {
        tasks += 1;
        const id = `task_${tasks}`;
        await taskStore.transaction(tx =>
          taskStore.insert(
            tx,
            [{ ...like, id, template, team, components: [] }],
            begin,
          ),
        );
        return id;
      };

      /** A run that was admitted, started 10 s later, and ended; and the change that came of it. */
      const insertRun = async (options: {
        template?: string;
        team?: string;
        seconds: number;
        state?: 'ended' | 'refused';
        cancelled?: boolean;
        reviewSeconds?: number;
      }) => {
        const { template = 'bump', team = 'a', seconds } = options;
        const task = await insertTask(template, team);
        const attempt = `att_${tasks}`;
        if (options.cancelled) {
          await knex('tasks')
            .where({ id: task })
            .update({ cancelled_by: 'user:default/ada' });
        }
        await knex('attempts').insert({
          id: attempt,
          task_id: task,
          number: 1,
          state: options.state ?? 'ended',
          provider: 'in-memory',
          due_at: begin,
          created_at: begin,
          confirmed_at: options.state === 'refused' ? null : after(10),
          ended_at: after(10 + seconds),
        });
        if (options.reviewSeconds !== undefined) {
          await knex('changes').insert({
            id: `chg_${tasks}`,
            task_id: task,
            attempt_id: attempt,
            code_host: 'in-memory',
            global_id: `PR_${tasks}`,
            state: 'merged',
            draft: false,
            due_at: begin,
            created_at: after(20),
            opened_at: after(20),
            settled_at: after(10 + seconds + options.reviewSeconds),
          });
        }
        const reviewed = options.reviewSeconds !== undefined;
        await times.measure({
          runs: [task],
          reviews: reviewed ? [task, task] : [],
        });
        return task;
      };
      return {
        knex,
        clock,
        insertRun,
        insertTask,
        times,
        forecasts: DatabaseForecastStore.create({ knex }),
      };
    }

    it('know nothing at first', async () => {
      const { times } = await setUp();
      const measured = await times.read();
      expect(measured.runSlot).toBeUndefined();
      expect(measured.runSlotOf('bump')).toBeUndefined();
      expect(measured.reviewOf('a')).toBeUndefined();
      expect(measured.runOfTemplate.size).toBe(0);
    });

    it("are a template's own where it has run often enough, and the portal's else", async () => {
      const { insertRun, times } = await setUp();
      for (const seconds of [100, 200, 300, 400, 500]) {
        await insertRun({ seconds });
      }
      await insertRun({ template: 'rare', seconds: 9_000 });
      const { runOfTemplate, runSlot, runSlotOf } = await times.read();
      expect(runOfTemplate.get('bump')?.median).toBe(300);
      expect(runOfTemplate.get('rare')?.median).toBe(9_000);
      // A slot is held from the admission on.
      expect(runSlotOf('bump')).toEqual({
        count: 5,
        lower: 210,
        median: 310,
        mean: 310,
        upper: 410,
      });
      expect(runSlotOf('rare')).toEqual(runSlot);
      expect(runSlot).toMatchObject({ count: 6, median: 360 });
    });

    it('leave out what was cancelled and what never ran', async () => {
      const { insertRun, times } = await setUp();
      await insertRun({ seconds: 100 });
      await insertRun({ seconds: 1, cancelled: true });
      await insertRun({ seconds: 1, state: 'refused' });
      expect((await times.read()).runSlot).toMatchObject({ count: 1 });
    });

    it('tell how long reviews take from the end of the run', async () => {
      const { insertRun, times } = await setUp();
      for (const reviewSeconds of [10, 20, 30, 40, 50]) {
        await insertRun({ seconds: 100, reviewSeconds });
      }
      await insertRun({ team: 'b', seconds: 100, reviewSeconds: 7_000 });
      const { reviewOf } = await times.read();
      expect(reviewOf('a')).toMatchObject({ count: 5, median: 30 });
      expect(reviewOf('b')).toMatchObject({ count: 6, median: 35 });
    });

    it('keep the last 2,000', async () => {
      const { knex, insertRun } = await setUp();
      const row = { kind: 'run', name: 'old', seconds: 1, slot_seconds: 1 };
      await knex.batchInsert('measured_times', Array(2_050).fill(row), 50);
      await knex('measured_times').insert({ ...row, kind: 'review' });
      await insertRun({ seconds: 100 });
      for (const [kind, kept] of [
        ['run', 2_000],
        ['review', 1],
      ]) {
        const rows = await knex('measured_times').where({ kind });
        expect(rows).toHaveLength(Number(kept));
      }
    });

    it('are read again after a minute', async () => {
      const { insertRun, times, clock } = await setUp();
      await times.read();
      await insertRun({ seconds: 100 });
      clock.advance(59);
      expect((await times.read()).runSlot).toBeUndefined();
      clock.advance(1);
      expect((await times.read()).runSlot).toMatchObject({ median: 110 });
    });

    it('score what was told first with the first start', async () => {
      const { insertRun, insertTask, forecasts, knex } = await setUp();
      const tell = (taskId: string, expected: number, told = 0) =>
        forecasts.tell({
          taskId,
          toldAt: after(told),
          expectedAt: after(expected),
          earliest: after(expected - 10),
          latest: after(expected + 10),
        });
      const [hit, miss] = [
        await insertRun({ seconds: 1 }),
        await insertRun({ seconds: 1 }),
      ];
      const waiting = await insertTask('bump', 'a');
      await tell(hit, 4);
      await tell(hit, 4_000);
      await tell(miss, 100);
      await tell(waiting, 50);
      // A retry later on is not what was forecast.
      await knex('attempts').insert({
        id: 'att_retry',
        task_id: miss,
        number: 2,
        state: 'intended',
        provider: 'in-memory',
        due_at: begin,
        created_at: after(100),
      });
      expect(await forecasts.score(begin)).toEqual({ starts: 0 });
      await forecasts.complete();
      expect(await forecasts.score(begin)).toEqual({
        starts: 2,
        withinInterval: 0.5,
        medianErrorSeconds: 52,
      });
      expect(await forecasts.score(after(1))).toEqual({ starts: 0 });
      await forecasts.forget(after(1));
      expect(await knex('forecasts')).toEqual([]);
    });
  },
);
