import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { TYPESCRIPT_LOADER } from './layout';

const FACTOR = 50;

/** Runs code in a process whose time runs faster, and returns what it gives to `tell`. */
function runWarped<T>(code: string): T {
  const output = execFileSync(
    process.execPath,
    [
      '-r',
      TYPESCRIPT_LOADER,
      '-r',
      join(__dirname, 'timeWarp.ts'),
      '-e',
      `const tell = value => console.log(JSON.stringify(value)); (async () => { ${code} })();`,
    ],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        BENCH_TIME_FACTOR: String(FACTOR),
        BENCH_TIME_ORIGIN: String(Date.now() - 60_000),
      },
    },
  );
  return JSON.parse(output);
}

describe('timeWarp', () => {
  it('is ahead of the real time by its factor since its origin', () => {
    const times = runWarped<number[]>(
      'tell([Date.now(), new Date().getTime(), Date.parse(Date()), new Date(5).getTime()])',
    );
    for (const time of times.slice(0, 3)) {
      const ahead = time - Date.now();
      // A minute ago was the origin, so it is 49 minutes ahead, and a little more for each moment that this took.
      expect(ahead).toBeGreaterThan(48 * 60_000);
      expect(ahead).toBeLessThan(80 * 60_000);
    }
    expect(times[3]).toBe(5);
  });

  it('shortens every timer by its factor', () => {
    const real = runWarped<Record<string, number>>(`
      const timers = require('node:timers');
      const promises = require('node:timers/promises');
      const { promisify } = require('node:util');
      const waits = {
        setTimeout: () => new Promise(resolve => setTimeout(resolve, 5_000)),
        setInterval: () => new Promise(resolve => { const i = setInterval(() => { clearInterval(i); resolve(); }, 5_000); }),
        ofTimers: () => new Promise(resolve => timers.setTimeout(resolve, 5_000)),
        ofPromises: () => promises.setTimeout(5_000),
        promisified: () => promisify(setTimeout)(5_000),
        // Alone it would not keep the process alive.
        signal: () => { const keep = setInterval(() => {}, 50_000); return new Promise(resolve => AbortSignal.timeout(5_000).addEventListener('abort', () => { clearInterval(keep); resolve(); })); },
      };
      const now = () => Number(process.hrtime.bigint()) / 1e6;
      const took = {};
      for (const [name, wait] of Object.entries(waits)) {
        const begin = now();
        await wait();
        took[name] = now() - begin;
      }
      tell(took);
    `);
    for (const [name, took] of Object.entries(real)) {
      expect({ name, inTime: took > 90 && took < 2_500 }).toEqual({
        name,
        inTime: true,
      });
    }
  });

  it('has the monotonic clock go along with dates', () => {
    const [monotonic, wall] = runWarped<number[]>(`
      const begin = [performance.now(), Date.now()];
      setTimeout(() => tell([performance.now() - begin[0], Date.now() - begin[1]]), 5_000);
    `);
    expect(monotonic).toBeGreaterThan(4_900);
    expect(Math.abs(monotonic - wall)).toBeLessThan(200);
  });

  it('keeps dates to be dates', () => {
    expect(
      runWarped(
        "tell([new Date() instanceof Date, Date.UTC(1970, 0, 1), new Date('2026-11-01T00:00:00Z').toISOString()])",
      ),
    ).toEqual([true, 0, '2026-11-01T00:00:00.000Z']);
  });

  it('does not start without knowing how fast', () => {
    expect(() =>
      execFileSync(
        process.execPath,
        ['-r', TYPESCRIPT_LOADER, join(__dirname, 'timeWarp.ts')],
        { stdio: 'pipe', env: { ...process.env, BENCH_TIME_FACTOR: '0' } },
      ),
    ).toThrow('BENCH_TIME_FACTOR or BENCH_TIME_ORIGIN is missing');
  });
});
