import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '@agent-tasks/github-simulator';
import { BackendProcess } from '../harness/BackendProcess';
import { RequestsUnderWay } from '../harness/RequestsUnderWay';

const READY_TIMEOUT_MS = 60_000;

/** The share of kills that strike a backend which is still starting. */
const DURING_START_SHARE = 0.1;

/** When to kill the next backend. */
export interface KillPlan {
  /** While it still starts; otherwise once it serves requests. */
  duringStart: boolean;
  /** 0 to 1: of the time that a start takes, or of the longest life. */
  at: number;
}

/** Chooses the instant of one kill. */
export function planKill(random: SeededRandom): KillPlan {
  return {
    duringStart: random.next() < DURING_START_SHARE,
    at: random.next(),
  };
}

/** What the kills were like. */
export interface KillRecord {
  kills: number;
  /** Kills at which a request to start a task was under way, as the server of those requests saw it. */
  killsDuringRequest: number;
  /** Requests to start a task that were under way at those kills. */
  startsInterrupted: number;
  /** Kills of backends that were still starting. */
  killsDuringStart: number;
}

/**
 * Starts backends one after the other on the same data, and kills each at a random instant.
 *
 * `prepare` makes the next backend; `onLife` is told before each backend starts. Returns the record and one more backend
 * that is prepared and not started.
 */
export async function killBackends(options: {
  kills: number;
  /** How long a backend lives at most once it serves requests. */
  longestLifeMs: number;
  random: SeededRandom;
  startsUnderWay: RequestsUnderWay;
  prepare: (life: number) => BackendProcess;
  onLife: (life: number) => void;
}): Promise<{ record: KillRecord; next: BackendProcess }> {
  const { kills, longestLifeMs, random, startsUnderWay, prepare, onLife } =
    options;
  const record: KillRecord = {
    kills: 0,
    killsDuringRequest: 0,
    startsInterrupted: 0,
    killsDuringStart: 0,
  };
  let startMs = 1_000;
  let next = prepare(0);
  for (let life = 0; life < kills; life += 1) {
    const backend = next;
    const { duringStart, at } = planKill(random);
    onLife(life);
    const begin = performance.now();
    backend.go();
    // The sources of the next one are loaded meanwhile.
    next = prepare(life + 1);
    if (duringStart) {
      await sleep(at * startMs);
    } else {
      await backend.untilReady({ timeoutMs: READY_TIMEOUT_MS });
      startMs = performance.now() - begin;
      await sleep(at * longestLifeMs);
    }
    record.killsDuringRequest += startsUnderWay.count > 0 ? 1 : 0;
    record.startsInterrupted += startsUnderWay.count;
    record.killsDuringStart += duringStart ? 1 : 0;
    await backend.kill();
    record.kills += 1;
  }
  return { record, next };
}
