import fc from 'fast-check';
import { GithubSimulatorOptions } from '../GithubSimulator';
import { startTestSimulator } from '../testing/startTestSimulator';
import { SlidingCount } from './SlidingCount';

const open = {
  concurrency: 1_000,
  pointsPerMinute: 1e9,
  contentPerMinute: 1e9,
  contentPerHour: 1e9,
};

async function withLimits(limits: GithubSimulatorOptions['limits']) {
  return startTestSimulator({ limits });
}

describe('rate limits', () => {
  it('counts requests by the hour and refuses those beyond', async () => {
    const { simulator, clock, call } = await withLimits({
      ...open,
      userRequestsPerHour: 2,
    });
    const first = await call('GET /user');
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-used': '1',
      'x-ratelimit-reset': String(clock.now() / 1000 + 3600),
      'x-ratelimit-resource': 'core',
    });
    await call('GET /user');
    const refused = await call('GET /user');
    expect(refused.status).toBe(403);
    expect(refused.headers['x-ratelimit-remaining']).toBe('0');
    expect(refused.body.message).toMatch(/API rate limit exceeded/);
    expect((await call('GET /rate_limit')).body.rate).toMatchObject({
      limit: 2,
      remaining: 0,
      used: 2,
    });
    clock.advance(3_600_000);
    expect((await call('GET /user')).status).toBe(200);
    await simulator.close();
  });

  it('answers a conditional request 304 and takes nothing for it', async () => {
    const { simulator, call } = await withLimits(open);
    const first = await call('GET /agents/tasks');
    const again = await call('GET /agents/tasks', undefined, {
      headers: { 'if-none-match': first.headers.etag },
    });
    expect(again.status).toBe(304);
    expect(again.body).toBeUndefined();
    expect(again.headers['x-ratelimit-used']).toBe('1');
    expect(simulator.counters.values.notModified).toBe(1);
    await call('POST /agents/repos/acme/shop/tasks', { prompt: 'x' });
    const changed = await call('GET /agents/tasks', undefined, {
      headers: { 'if-none-match': first.headers.etag },
    });
    expect(changed.status).toBe(200);
    expect(changed.headers['x-ratelimit-used']).toBe('3');
    await simulator.close();
  });

  it('takes a point for a read, five for a write, and says when to come back', async () => {
    const { simulator, clock, call } = await withLimits({
      ...open,
      pointsPerMinute: 11,
    });
    const start = () =>
      call('POST /agents/repos/acme/shop/tasks', { prompt: 'x' });
    expect((await start()).status).toBe(201);
    expect((await start()).status).toBe(201);
    expect((await call('GET /user')).status).toBe(200);
    const refused = await call('GET /user');
    expect(refused.status).toBe(403);
    expect(refused.headers['retry-after']).toBe('60');
    expect(refused.body.message).toMatch(/secondary rate limit/);
    clock.advance(60_000);
    expect((await start()).status).toBe(201);
    await simulator.close();
  });

  it('limits the creation of content by minute and by hour', async () => {
    const { simulator, clock, call } = await withLimits({
      ...open,
      contentPerMinute: 2,
      contentPerHour: 3,
    });
    const start = async () =>
      (await call('POST /agents/repos/acme/shop/tasks', { prompt: 'x' }))
        .status;
    expect([await start(), await start(), await start()]).toEqual([
      201, 201, 403,
    ]);
    clock.advance(60_000);
    expect([await start(), await start()]).toEqual([201, 403]);
    expect((await call('GET /user')).status).toBe(200);
    clock.advance(3_600_000);
    expect(await start()).toBe(201);
    expect(simulator.world.tasks.size).toBe(4);
    await simulator.close();
  });

  it('refuses more requests at once than allowed', async () => {
    const { simulator, call } = await withLimits({ ...open, concurrency: 0 });
    expect((await call('GET /user')).status).toBe(403);
    await simulator.close();
  });

  it('can be switched off', async () => {
    const { simulator, call } = await withLimits(false);
    const answers = await Promise.all(
      Array.from({ length: 120 }, () =>
        call('POST /agents/repos/acme/shop/tasks', { prompt: 'x' }),
      ),
    );
    expect(new Set(answers.map(answer => answer.status))).toEqual(
      new Set([201]),
    );
    await simulator.close();
  });
});

const since = (times: number[], start: number) =>
  times.filter(time => time > start).length;

describe('SlidingCount', () => {
  it('holds what happened in the window, to a sixtieth', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 90_000 }), { maxLength: 60 }),
        steps => {
          const count = SlidingCount.create({ windowMilliseconds: 60_000 });
          const times: number[] = [];
          let now = 1_767_225_600_000;
          for (const step of steps) {
            now += step;
            times.push(now);
            count.add({ now, amount: 1 });
            const total = count.total(now);
            expect(total).toBeGreaterThanOrEqual(since(times, now - 59_000));
            expect(total).toBeLessThanOrEqual(since(times, now - 60_000));
          }
        },
      ),
    );
  });
});
