import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { portalKey } from '../policy/slots';
import { BrakeStore } from './BrakeStore';
import { ForecastStore } from './ForecastStore';
import { QueueHistoryStore } from './QueueHistoryStore';
import { QueueLineReader } from './QueueLineReader';
import { holdsSingleTasks } from './QueueService';
import { TaskStore } from './TaskStore';

/** How often a sample is taken. */
const sampleSeconds = 60;

/** How long a round may take before another replica takes the next one. */
const leaseSeconds = 60;

/** Teams that a sample tells by name. */
const teamsPerSample = 20;

/** After a longer pause nobody knows any more when what happened meanwhile happened. */
const longestGapMs = 3_600_000;

const forecastsKeptMs = 60 * 86_400_000;

/**
 * Writes down each minute how deep the queue is, and compares what was forecast with what has started since. Of all
 * replicas one does.
 */
export class QueueSampler {
  readonly #options: QueueSamplerOptions;

  private constructor(options: QueueSamplerOptions) {
    this.#options = options;
  }

  static create(options: QueueSamplerOptions): QueueSampler {
    return new QueueSampler(options);
  }

  async round(): Promise<void> {
    const { rounds, clock } = this.#options;
    const now = clock.now();
    const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    const round = await rounds.claim({
      name: 'samples',
      now,
      leaseUntil: after(leaseSeconds),
    });
    if (!round) {
      return;
    }
    try {
      await this.#sample(now);
    } finally {
      await rounds.finish({ round, dueAt: after(sampleSeconds) });
    }
  }

  async #sample(now: Date): Promise<void> {
    const { tasks, lines, brakes, history, forecasts } = this.#options;
    const active = await brakes.listActive(now);
    const [counts, groups, braked, newest] = await Promise.all([
      lines.readCounts({ at: now, repositories: [] }),
      lines.summarize(),
      active.some(holdsSingleTasks) ? tasks.summarizeBraked() : [],
      history.newestAt(),
    ]);
    const queued = new Map<string, number>();
    for (const group of [...groups, ...braked]) {
      queued.set(group.team, (queued.get(group.team) ?? 0) + group.queued);
    }
    const after = new Date(
      Math.max(newest?.getTime() ?? 0, now.getTime() - longestGapMs),
    );
    await history.insert({
      at: now,
      queued: [...queued.values()].reduce((sum, one) => sum + one, 0),
      running: counts.taken.get(portalKey) ?? 0,
      ...(await history.countTasks({ after, until: now })),
      teams: [...queued]
        .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
        .slice(0, teamsPerSample),
    });
    await history.thin(now);
    await forecasts.complete();
    await forecasts.forget(new Date(now.getTime() - forecastsKeptMs));
  }
}

export interface QueueSamplerOptions {
  tasks: TaskStore;
  lines: QueueLineReader;
  brakes: BrakeStore;
  history: QueueHistoryStore;
  forecasts: ForecastStore;
  rounds: RoundStore;
  clock: Clock;
}
