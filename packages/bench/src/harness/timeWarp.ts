// Loaded before all else in a process whose time shall run faster: `Date`, `performance.now` and every timer. Settings, durations and
// time-outs then hold as they are written, and an hour of the portal is over in minutes.
//
// BENCH_TIME_FACTOR is how much faster it runs, BENCH_TIME_ORIGIN the real time in milliseconds since 1970 from which
// on, the same for all processes that shall agree on the time.
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

const factor = Number(process.env.BENCH_TIME_FACTOR);
const origin = Number(process.env.BENCH_TIME_ORIGIN);
if (!(factor >= 1) || !(origin > 0)) {
  throw new Error('BENCH_TIME_FACTOR or BENCH_TIME_ORIGIN is missing');
}

const RealDate = Date;
const real = {
  now: RealDate.now,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  sleep: timersPromises.setTimeout,
};

const now = () => Math.floor(origin + (real.now() - origin) * factor);
const shorter = (ms: number | undefined) => (ms ?? 0) / factor;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, receiver) =>
    key === 'now' ? now : Reflect.get(target, key, receiver),
});

const realMonotonic = performance.now.bind(performance);
performance.now = () => realMonotonic() * factor;

const sleep = ((ms?: number, ...rest: []) =>
  real.sleep(shorter(ms), ...rest)) as typeof timersPromises.setTimeout;

const warpedTimeout = ((
  run: (...args: unknown[]) => void,
  ms?: number,
  ...args: unknown[]
) =>
  real.setTimeout(run, shorter(ms), ...args)) as unknown as typeof setTimeout;
Object.defineProperty(warpedTimeout, promisify.custom, { value: sleep });

const warpedInterval = ((
  run: (...args: unknown[]) => void,
  ms?: number,
  ...args: unknown[]
) =>
  real.setInterval(run, shorter(ms), ...args)) as unknown as typeof setInterval;

globalThis.setTimeout = warpedTimeout;
globalThis.setInterval = warpedInterval;
Object.assign(timers, {
  setTimeout: warpedTimeout,
  setInterval: warpedInterval,
});
Object.assign(timersPromises, { setTimeout: sleep });
syncBuiltinESMExports();

AbortSignal.timeout = ms => {
  const controller = new AbortController();
  real
    .setTimeout(
      () =>
        controller.abort(
          new DOMException(
            'The operation was aborted due to timeout',
            'TimeoutError',
          ),
        ),
      shorter(ms),
    )
    .unref();
  return controller.signal;
};
