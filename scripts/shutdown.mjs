// When a script has to end: somebody says so, or whoever started it is gone.

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const POLL_MS = 1_000;

/** Calls `stop` once, with the exit code of the first signal that arrives. Further signals do not interrupt it. */
export function stopOnSignals({ progress, stop }) {
  let stopping = false;
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => {
      if (!stopping) {
        stopping = true;
        progress.line('');
        progress.line('Stopping …');
        stop(code);
      }
    });
  }
}

/**
 * Calls `stop` when the process that started this one is gone: npm, which cannot pass on a SIGKILL, or a script that
 * holds this one by a channel. A start from a shell goes on without its shell, as people expect of `nohup`.
 */
export function stopWithParent({ stop }) {
  if (process.send) {
    process.once('disconnect', () => stop(0));
    return;
  }
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) {
        stop(0);
      }
    }, POLL_MS).unref();
  }
}
