import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { migrationsDirectory } from '../database/connect';
import { DatabaseQueueHistoryStore } from './DatabaseQueueHistoryStore';
import { QueueSample } from './QueueHistoryStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const noon = new Date('2026-11-28T12:00:00Z');
const minutesBefore = (minutes: number, at = noon) =>
  new Date(at.getTime() - minutes * 60_000);

const sample = (
  at: Date,
  overrides: Partial<QueueSample> = {},
): QueueSample => ({
  at,
  queued: 0,
  running: 0,
  started: 0,
  settled: 0,
  teams: [],
  ...overrides,
});

describe.each(databases.eachSupportedId())(
  'The history of the queue on %p',
  (databaseId: TestDatabaseId) => {
    async function setUp() {
      const knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsDirectory });
      return { knex, history: DatabaseQueueHistoryStore.create({ knex }) };
    }

    it('names the deepest teams of the time, and adds up the others', async () => {
      const { history } = await setUp();
      await history.insert(
        sample(minutesBefore(2), {
          queued: 16,
          running: 3,
          teams: [
            ['a', 9],
            ['b', 4],
            ['c', 3],
          ],
        }),
      );
      await history.insert(
        sample(minutesBefore(1), { queued: 7, teams: [['c', 7]] }),
      );
      expect(
        await history.read({
          since: minutesBefore(60),
          until: noon,
          samples: 300,
          teams: 2,
        }),
      ).toEqual({
        teams: ['c', 'a'],
        samples: [
          {
            at: minutesBefore(2).toISOString(),
            queued: 16,
            running: 3,
            byTeam: [3, 9],
            other: 4,
          },
          {
            at: minutesBefore(1).toISOString(),
            queued: 7,
            running: 0,
            byTeam: [7, 0],
            other: 0,
          },
        ],
      });
    });

    it('tells no more samples than are asked for, the newest among them', async () => {
      const { history } = await setUp();
      for (let minute = 59; minute >= 0; minute -= 1) {
        await history.insert(sample(minutesBefore(minute), { queued: minute }));
      }
      const { samples } = await history.read({
        since: minutesBefore(60),
        until: noon,
        samples: 6,
        teams: 8,
      });
      expect(samples.map(one => one.queued)).toEqual([50, 40, 30, 20, 10, 0]);
    });

    it('keeps minutes for 2 days and hours for 60', async () => {
      const { knex, history } = await setUp();
      const day = 24 * 60;
      const old = minutesBefore(61 * day);
      const middle = minutesBefore(3 * day);
      const young = minutesBefore(1 * day);
      for (const begin of [old, middle, young]) {
        for (let minute = 0; minute < 90; minute += 30) {
          await history.insert(sample(minutesBefore(-minute, begin)));
        }
      }
      await history.thin(noon);
      const kept = await knex('queue_samples').orderBy('at').select('at');
      expect(kept.map(({ at }) => new Date(at))).toEqual([
        middle,
        minutesBefore(-60, middle),
        young,
        minutesBefore(-30, young),
        minutesBefore(-60, young),
      ]);
    });

    it('adds up what started and settled since a time', async () => {
      const { history } = await setUp();
      await history.insert(
        sample(minutesBefore(90), { started: 100, settled: 100 }),
      );
      await history.insert(
        sample(minutesBefore(30), { started: 5, settled: 1 }),
      );
      await history.insert(
        sample(minutesBefore(1), { started: 2, settled: 3 }),
      );
      expect(await history.sum(minutesBefore(60))).toEqual({
        started: 7,
        settled: 4,
      });
      expect(await history.sum(noon)).toEqual({ started: 0, settled: 0 });
    });

    it('tells what became of tasks after an event', async () => {
      const { knex, history } = await setUp();
      const append = async (...moves: [string, string | null, string][]) => {
        await knex('events').insert(
          moves.map(([task_id, from_state, to_state]) => ({
            task_id,
            from_state,
            to_state,
            at: noon,
            type: 'task.moved',
            actor: 'system',
            message: '',
            details: '{}',
          })),
        );
      };
      await append(['old', 'starting', 'running']);
      const first = await history.readSince(undefined);
      expect(first).toMatchObject({ started: 0, settled: 0, runs: [] });
      await append(
        ['a', null, 'queued'],
        ['a', 'queued', 'starting'],
        ['a', 'starting', 'running'],
        ['b', 'undecided', 'running'],
        ['b', 'running', 'needs_input'],
        ['b', 'needs_input', 'running'],
        ['a', 'running', 'in_review'],
        ['b', 'running', 'failed'],
        ['a', 'in_review', 'merged'],
        ['c', 'running', 'cancelling'],
        ['c', 'cancelling', 'cancelled'],
        ['d', 'running', 'closed'],
      );
      const second = await history.readSince(first.sequence);
      expect(second).toEqual({
        sequence: first.sequence + 12,
        started: 2,
        settled: 4,
        runs: ['a', 'b', 'd'],
        reviews: ['a', 'd'],
      });
      expect(await history.readSince(second.sequence)).toMatchObject({
        sequence: second.sequence,
        started: 0,
        settled: 0,
      });
    });

    it('keeps the first of two samples of one moment', async () => {
      const { history } = await setUp();
      await history.insert(sample(noon, { started: 1 }));
      await history.insert(sample(noon, { started: 2 }));
      expect(await history.sum(minutesBefore(1))).toMatchObject({ started: 1 });
    });
  },
);
