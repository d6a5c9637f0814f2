import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrationsDirectory } from '../database/connect';
import { isPostgres } from '../database/bulk';
import { pipeline } from '../database/pipeline';
import { limitKey, portalKey } from '../policy/slots';
import {
  addToCounters,
  CounterChanges,
  lockCounters,
  lockCountersAndRead,
  readCounts,
} from './limitCounters';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const at = new Date('2026-03-02T08:00:00Z');
const teamKey = limitKey({ kind: 'running', scope: 'team', subject: 'shop' });

describe.each(databases.eachSupportedId())(
  'Counters on %p',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsDirectory });
    });

    const add = (tx: Knex.Transaction, by: number) =>
      addToCounters(tx, {
        changes: CounterChanges.of([
          [portalKey, by],
          [teamKey, by],
        ]),
        at,
        evenZero: true,
      });
    const read = (tx: Knex.Transaction) =>
      lockCountersAndRead(tx, () => readCounts(tx, { at: () => at }));

    it('are read as they are under the lock', async () => {
      await knex.transaction(tx => add(tx, 1));
      const counts = await knex.transaction(read);
      expect(counts?.taken.get(teamKey)).toBe(1);
    });

    it('are not read where they are not known', async () => {
      await knex('slot_counters').delete();
      expect(await knex.transaction(read)).toBeUndefined();
    });

    it('fail as a whole where what is read fails', async () => {
      await knex.transaction(tx => add(tx, 1));
      await expect(
        knex.transaction(tx =>
          lockCountersAndRead(tx, () =>
            Promise.all([
              tx.raw('select nothing from nowhere'),
              readCounts(tx, { at: () => at }),
            ]),
          ),
        ),
      ).rejects.toThrow('nowhere');
      expect((await knex.transaction(read))?.known).toBe(true);
    });

    it('that another changes meanwhile are read as that one leaves them', async () => {
      if (!isPostgres(knex)) {
        // One connection: there is no meanwhile.
        return;
      }
      await knex.transaction(tx => add(tx, 1));
      const other = await knex.transaction();
      await lockCounters(other);
      const counts = knex.transaction(read);
      const isWaiting = async () => {
        const { rows } = await knex.raw(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length > 0;
      };
      while (!(await isWaiting())) {
        // It is under way.
      }
      await add(other, 1);
      await other.commit();
      expect((await counts)?.taken.get(teamKey)).toBe(2);
    });

    it('are changed and read in the order in which that was asked for', async () => {
      const seen = await knex.transaction(async tx => {
        if (isPostgres(tx)) {
          await pipeline(tx);
        }
        const asked: Promise<number | undefined>[] = [];
        for (let count = 0; count < 20; count += 1) {
          const changed = add(tx, 1);
          asked.push(
            readCounts(tx, { at: () => at }).then(({ taken }) =>
              taken.get(teamKey),
            ),
          );
          asked.push(changed.then(() => undefined));
        }
        return (await Promise.all(asked)).filter(one => one !== undefined);
      });
      expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });
  },
);
