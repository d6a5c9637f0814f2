// When a script has to end: somebody says so, or whoever started it is gone.
import { execFileSync } from 'node:child_process';
import { isAlive } from './processes.mjs';

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
    const npm = ancestorsUpToNpm();
    setInterval(() => {
      if (!npm.every(isAlive)) {
        stop(0);
      }
    }, POLL_MS).unref();
  }
}

/** This process's parent, and where that is only the shell in which npm runs its scripts, npm itself as well. */
function ancestorsUpToNpm() {
  const parent = process.ppid;
  try {
    const output = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', parent], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, grandparent, command] = /^\s*(\d+)\s+(.*?)\s*$/.exec(output) ?? [];
    const isShell = /(^|\/)-?(ba|da|a|z)?sh$/.test(command ?? '');
    return isShell && Number(grandparent) > 1
      ? [parent, Number(grandparent)]
      : [parent];
  } catch {
    // There is no `ps`, as on Windows.
    return [parent];
  }
}
