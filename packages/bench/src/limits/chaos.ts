import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '@agent-tasks/github-simulator';
import { Replicas } from '../harness/Replicas';
import { PostgresServer } from '../harness/scripts';

/** The share of kills that strike a backend which is still starting. */
const DURING_START_SHARE = 0.1;

/** How long a backend takes to start, about. */
const START_MS = 1_500;

/** What was broken. */
export interface ChaosRecord {
  kills: number;
  killsDuringStart: number;
  databaseRestarts: { immediate: boolean; seconds: number }[];
}

/**
 * Kills random replicas at random instants and starts them again, until `isOver`. Each step of `plan` is taken between two
 * kills once `progress` (0 to 1) has reached it.
 */
export async function breakThings(options: {
  replicas: Replicas;
  random: SeededRandom;
  /** Between two kills, in milliseconds. */
  everyMs: { min: number; max: number };
  isOver: () => boolean;
  progress: () => number;
  plan: { at: number; step: () => Promise<void> }[];
  record: ChaosRecord;
}): Promise<void> {
  const { replicas, random, everyMs, isOver, progress, plan, record } = options;
  const steps = [...plan].sort((a, b) => a.at - b.at);
  while (!isOver()) {
    await sleep(random.between(everyMs.min, everyMs.max));
    while (steps.length && steps[0].at <= progress() && !isOver()) {
      await steps.shift()?.step();
    }
    if (isOver()) {
      return;
    }
    const index = random.integer(0, replicas.count - 1);
    await replicas.kill(index);
    record.kills += 1;
    if (random.next() < DURING_START_SHARE) {
      replicas.go(index);
      await sleep(random.next() * START_MS);
      await replicas.kill(index);
      record.kills += 1;
      record.killsDuringStart += 1;
    }
    await replicas.start(index);
  }
}

/** A step that restarts the database. */
export async function restartDatabase(options: {
  postgres: PostgresServer;
  immediate: boolean;
  record: ChaosRecord;
}): Promise<void> {
  const { postgres, immediate, record } = options;
  const begin = performance.now();
  await postgres.restart({ immediate });
  record.databaseRestarts.push({
    immediate,
    seconds: Number(((performance.now() - begin) / 1000).toFixed(1)),
  });
}
