import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { DatabaseClock } from './DatabaseClock';
import { ReplicaWakeups } from './ReplicaWakeups';
import { LoopName, Wakeups } from './Wakeups';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

async function replica(knex: Knex) {
  const wakeups = new Wakeups();
  const heard: LoopName[] = [];
  const waiting = new Map<LoopName, () => void>();
  for (const name of ['admission', 'starts'] as const) {
    wakeups.on(name, () => {
      heard.push(name);
      waiting.get(name)?.();
    });
  }
  const carrier = ReplicaWakeups.create({
    knex,
    wakeups,
    logger: mockServices.logger.mock(),
  });
  await carrier.start();
  heard.splice(0);
  return {
    wakeups,
    carrier,
    heard,
    hears: (name: LoopName) =>
      new Promise<void>(resolve => {
        waiting.set(name, resolve);
      }),
  };
}

describe.each(databases.eachSupportedId())('Replicas on %p', databaseId => {
  it('tell each other what to wake', async () => {
    const knex = await databases.init(databaseId);
    const one = await replica(knex);
    if (databaseId === 'SQLITE_3') {
      // There is one, which wakes its own loops.
      one.wakeups.wake('starts');
      expect(one.heard).toEqual(['starts']);
      return;
    }
    const other = await replica(knex);
    const heard = other.hears('starts');
    one.wakeups.wake('admission', 'starts');
    await heard;
    expect(other.heard.sort()).toEqual(['admission', 'starts']);
    // What one has told is not told back to it.
    expect(one.heard).toEqual(['admission', 'starts']);
    await one.carrier.stop();
    await other.carrier.stop();
  });

  it('hear again after their connection broke', async () => {
    if (databaseId === 'SQLITE_3') {
      return;
    }
    const knex = await databases.init(databaseId);
    const one = await replica(knex);
    const other = await replica(knex);
    // All of them are woken when it is back: something may have been told in between.
    const heard = other.hears('starts');
    await knex.raw(
      "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen agent_tasks_wake' and datname = current_database()",
    );
    await heard;
    await one.carrier.stop();
    await other.carrier.stop();
  });

  it('have the time of the database, however wrong their own clocks are', async () => {
    const knex = await databases.init(databaseId);
    const before = Date.now();
    const fast = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => before + 120_000);
    const clock = await DatabaseClock.create({ knex });
    const time = clock.now().getTime();
    fast.mockRestore();
    expect(Math.abs(time - before)).toBeLessThan(
      databaseId === 'SQLITE_3' ? 121_000 : 10_000,
    );
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(time);
  });
});
