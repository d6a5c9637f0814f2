// A lock between processes of this checkout, so that two of them never install into the same folder at once.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from './processes.mjs';

const POLL_MS = 300;

/**
 * Runs `work` while holding the lock `file`. Waits for whoever holds it and takes over from a process that is gone.
 * `onWait` is called once, with the id of the process that holds the lock.
 */
export async function withLock({ file, onWait, work }) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!tryTake(file)) {
    const holder = readHolder(file);
    if (holder !== undefined && !isAlive(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) {
      told = true;
      onWait?.(holder);
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryTake(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

// Undefined also for the instant between the creation of the file and the writing of its content.
function readHolder(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
