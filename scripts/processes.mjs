// Child processes that never outlive the script that started them.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StepFailure } from './progress.mjs';

const WINDOWS = process.platform === 'win32';
const GRACE_MS = 10_000;
const KILL_WAIT_MS = 2_000;
const POLL_MS = 25;

/**
 * The children of one script. Each runs in a process group of its own, so that a Ctrl-C in the terminal reaches only
 * the script, and so that whatever a child starts ends together with it.
 */
export class Processes {
  #running = new Map();
  #graceMs;
  #watchdog;
  #stopping;

  /** `graceMs` is how long children may take to end before they are killed. */
  constructor({ graceMs = GRACE_MS } = {}) {
    this.#graceMs = graceMs;
  }

  /**
   * Starts `command` with `args`; its output goes to `logFile`, and with `show` also to this script's output. `onExit`
   * is told once, with `{ name, code, signal }`, unless the end was asked for by `stop`. `identity` is the
   * `{ uid, gid }` to run as.
   */
  start({ name, command, args, cwd, env, identity, logFile, show, onExit }) {
    if (this.#stopping) {
      throw new Error(`${name} is not started: everything is being stopped`);
    }
    const log = openLog(logFile);
    const output = show ? 'pipe' : log;
    const child = spawn(command, args, {
      cwd,
      env,
      ...identity,
      stdio: ['ignore', output, output],
      detached: !WINDOWS,
      windowsHide: true,
    });
    if (show) {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', chunk => {
          writeSync(log, chunk);
          process.stdout.write(chunk);
        });
      }
    } else {
      closeSync(log);
    }
    const ended = new Promise(resolve => {
      child.once('error', error => resolve({ name, code: 127, error }));
      // Only `close` comes after the last of the output.
      child.once(show ? 'close' : 'exit', (code, signal) =>
        resolve({ name, code, signal }),
      );
    });
    if (child.pid) {
      this.#running.set(child.pid, ended);
      this.#tellWatchdog(child.pid);
    }
    ended.then(outcome => {
      // What the child left behind in its group ends with it.
      if (child.pid && !this.#stopping) {
        killTree(child.pid, 'SIGTERM');
        this.#running.delete(child.pid);
        this.#tellWatchdog(-child.pid);
        onExit?.(outcome);
      }
    });
    return { pid: child.pid, ended };
  }

  /** Runs a command to its end; a failure of it is a `StepFailure` that points to the log. */
  async run({ name, remedy, ...options }) {
    const outcome = await this.start({ name, ...options }).ended;
    if (this.#stopping) {
      return new Promise(() => {});
    }
    if (outcome.code !== 0) {
      throw new StepFailure(describeEnd(outcome), {
        remedy,
        logFile: options.logFile,
        cause: outcome.error,
      });
    }
    return outcome;
  }

  /** Ends all children, politely first. Resolves when none of them is left. */
  async stop() {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll() {
    const pids = [...this.#running.keys()];
    pids.forEach(pid => killTree(pid, 'SIGTERM'));
    if (!(await allGone(pids, this.#graceMs))) {
      pids.forEach(pid => killTree(pid, 'SIGKILL'));
      await allGone(pids, KILL_WAIT_MS);
    }
    this.#watchdog?.stdin.end();
  }

  #tellWatchdog(line) {
    if (!this.#watchdog) {
      this.#watchdog = spawn(
        process.execPath,
        [fileURLToPath(new URL('./watchdog.mjs', import.meta.url))],
        {
          stdio: ['pipe', 'ignore', 'ignore'],
          detached: !WINDOWS,
          windowsHide: true,
        },
      );
      // The watchdog must not keep the script alive, nor may its end (somebody killed it) end the script.
      this.#watchdog.unref();
      this.#watchdog.stdin.unref?.();
      this.#watchdog.stdin.on('error', () => {});
      this.#watchdog.on('error', () => {});
    }
    this.#watchdog.stdin.write(`${line}\n`);
  }
}

/** `backend ended with code 1`, for people. */
export function describeEnd({ name, code, signal, error }) {
  if (error) {
    return `${name} cannot be started: ${error.message}`;
  }
  return signal
    ? `${name} was ended by ${signal}`
    : `${name} ended with code ${code}`;
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whether the process group `pid` still has a process. */
export function isTreeAlive(pid) {
  return isAlive(WINDOWS ? pid : -pid);
}

/** Sends a signal to the process group `pid`; on Windows ends the tree of processes below `pid`. */
export function killTree(pid, signal) {
  try {
    if (WINDOWS) {
      execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], {
        stdio: 'ignore',
      });
    } else {
      process.kill(-pid, signal);
    }
  } catch {
    // There is nothing left of it.
  }
}

async function allGone(pids, withinMs) {
  const deadline = Date.now() + withinMs;
  while (pids.some(isTreeAlive)) {
    if (Date.now() > deadline) {
      return false;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  return true;
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  return openSync(file, 'w');
}
