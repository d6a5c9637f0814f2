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

describe('A replica', () => {
  it('wakes its own loops, where it is the only one', async () => {
    const one = await replica(await databases.init('SQLITE_3'));
    one.wakeups.wake('starts');
    expect(one.heard).toEqual(['starts']);
    await one.carrier.stop();
  });

  it('tells the others what to wake', async () => {
    const knex = await databases.init('POSTGRES_18');
    const one = await replica(knex);
    const other = await replica(knex);
    const heard = other.hears('starts');
    one.wakeups.wake('admission', 'starts');
    await heard;
    // Its own round of admission does all that there is to do.
    expect(other.heard).toEqual(['starts']);
    // What one has told is not told back to it.
    expect(one.heard).toEqual(['admission', 'starts']);
    await one.carrier.stop();
    await other.carrier.stop();
  });

  it('leaves what it was woken for to the others when it stops', async () => {
    const knex = await databases.init('POSTGRES_18');
    const one = await replica(knex);
    const other = await replica(knex);
    const heard = other.hears('admission');
    await one.carrier.stop();
    await heard;
    expect(other.heard).toContain('starts');
    await other.carrier.stop();
  });

  it('hears again after its connection broke', async () => {
    const knex = await databases.init('POSTGRES_18');
    const one = await replica(knex);
    const other = await replica(knex);
    // All of them are woken when it is back: something may have been told in between.
    const heard = other.hears('starts');
    await knex.raw(
      "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen agent_tasks_wake' and datname = current_database()",
    );
    await heard;
    expect(other.heard).toContain('starts');
    await one.carrier.stop();
    await other.carrier.stop();
  });

  it('has the time of the database, however wrong its own clock is', async () => {
    const knex = await databases.init('POSTGRES_18');
    const before = Date.now();
    const fast = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => before + 120_000);
    const clock = await DatabaseClock.create({ knex });
    const time = clock.now().getTime();
    fast.mockRestore();
    expect(Math.abs(time - before)).toBeLessThan(60_000);
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(time);
  });

  it.each(['SQLITE_3', 'POSTGRES_18'] as const)(
    'goes on by its clock when it asks for the time again, on %s',
    async databaseId => {
      const clock = await DatabaseClock.create({
        knex: await databases.init(databaseId),
      });
      const before = clock.now().getTime();
      const later = performance.now() + 11_000;
      const monotonic = jest.spyOn(performance, 'now').mockReturnValue(later);
      const wall = jest.spyOn(Date, 'now').mockReturnValue(before + 11_000);
      // The first call asks again, and those after it reckon from the answer.
      const times = [clock.now(), clock.now(), clock.now()];
      monotonic.mockRestore();
      wall.mockRestore();
      for (const time of times) {
        expect(time.getTime() - before).toBeGreaterThanOrEqual(10_000);
        expect(time.getTime() - before).toBeLessThan(15_000);
      }
    },
  );
});
