import {
  LiveLoop,
  POLL_SETTLED_MS,
  POLL_UNSETTLED_MS,
  REQUEST_TIMEOUT_MS,
  SIGNAL_GAP_MS,
} from './LiveLoop';

/** Requests that are answered by hand. */
function createRequests() {
  const open: {
    resolve: (value: string) => void;
    reject: (error: Error) => void;
    signal: AbortSignal;
  }[] = [];
  const load = jest.fn(
    (signal: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        open.push({ resolve, reject, signal });
      }),
  );
  return { open, load };
}

function start(options: { isUnsettled?: boolean } = {}) {
  const { open, load } = createRequests();
  const values: string[] = [];
  const errors: string[] = [];
  const loop = LiveLoop.start<string>({
    load,
    onValue: value => values.push(value),
    onError: error => errors.push(error.message),
    isUnsettled: () => options.isUnsettled ?? true,
  });
  return { loop, open, load, values, errors };
}

function setVisibility(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => state,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('LiveLoop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    setVisibility('visible');
  });

  it('reads at once, and polls quickly while something is under way', async () => {
    const { loop, open, load, values } = start();
    open[0].resolve('one');
    await jest.advanceTimersByTimeAsync(POLL_UNSETTLED_MS - 1);
    expect(values).toEqual(['one']);
    expect(load).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(load).toHaveBeenCalledTimes(2);
    loop.stop();
  });

  it('polls slowly once everything has settled', async () => {
    const { loop, open, load } = start({ isUnsettled: false });
    open[0].resolve('one');
    await jest.advanceTimersByTimeAsync(POLL_SETTLED_MS - 1);
    expect(load).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(load).toHaveBeenCalledTimes(2);
    loop.stop();
  });

  it('polls slowly while nobody looks, and reads when somebody comes back', async () => {
    const { loop, open, load } = start();
    open[0].resolve('one');
    await jest.advanceTimersByTimeAsync(0);
    setVisibility('hidden');
    await jest.advanceTimersByTimeAsync(POLL_UNSETTLED_MS * 2);
    expect(load).toHaveBeenCalledTimes(1);
    setVisibility('visible');
    expect(load).toHaveBeenCalledTimes(2);
    loop.stop();
  });

  it('never has two requests under way, and reads again what was asked for meanwhile', async () => {
    const { loop, open, load, values } = start();
    loop.refresh();
    loop.refresh();
    expect(load).toHaveBeenCalledTimes(1);
    open[0].resolve('from before');
    await jest.advanceTimersByTimeAsync(0);
    expect(load).toHaveBeenCalledTimes(2);
    open[1].resolve('from after');
    await jest.advanceTimersByTimeAsync(0);
    expect(values).toEqual(['from before', 'from after']);
    loop.stop();
  });

  it('answers a hundred signals with one request', async () => {
    const { loop, open, load } = start();
    open[0].resolve('one');
    await jest.advanceTimersByTimeAsync(0);
    for (let index = 0; index < 100; index++) {
      loop.hint();
    }
    await jest.advanceTimersByTimeAsync(SIGNAL_GAP_MS);
    expect(load).toHaveBeenCalledTimes(2);
    loop.stop();
  });

  it('goes on after a failure', async () => {
    const { loop, open, load, errors } = start();
    open[0].reject(new Error('gone away'));
    await jest.advanceTimersByTimeAsync(POLL_UNSETTLED_MS);
    expect(errors).toEqual(['gone away']);
    expect(load).toHaveBeenCalledTimes(2);
    loop.stop();
  });

  it('gives up a request that is never answered', async () => {
    const { loop, open, load, errors } = start();
    await jest.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS);
    expect(errors).toEqual(['no answer within 30 s']);
    expect(open[0].signal.aborted).toBe(true);
    await jest.advanceTimersByTimeAsync(POLL_UNSETTLED_MS);
    expect(load).toHaveBeenCalledTimes(2);
    loop.stop();
  });

  it('is silent once it is stopped', async () => {
    const { loop, open, load, values } = start();
    loop.stop();
    expect(open[0].signal.aborted).toBe(true);
    open[0].resolve('too late');
    loop.hint();
    loop.refresh();
    await jest.advanceTimersByTimeAsync(POLL_SETTLED_MS * 2);
    expect(values).toEqual([]);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
