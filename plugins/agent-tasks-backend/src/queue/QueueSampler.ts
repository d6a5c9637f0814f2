import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { portalKey } from '../policy/slots';
import { BrakeStore } from './BrakeStore';
import { ForecastStore } from './ForecastStore';
import { MeasuredTimes } from './MeasuredTimes';
import { QueueHistoryStore, TasksSince } from './QueueHistoryStore';
import { QueueLineReader } from './QueueLineReader';
import { holdsSingleTasks } from './QueueService';
import { TaskStore } from './TaskStore';

/** How often a sample is taken. */
const sampleSeconds = 60;

/** How long a round may take before another replica takes the next one. */
const leaseSeconds = 60;

/** Teams that a sample tells by name. */
const teamsPerSample = 20;

const forecastsKeptMs = 60 * 86_400_000;

/**
 * Writes down each minute how deep the queue is and what became of tasks since the minute before, and compares what was
 * forecast with what has started. Of all replicas one does.
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
    let cursor: string | undefined;
    try {
      const { sequence } = await this.#sample(now, round.cursor);
      cursor = String(sequence);
    } finally {
      await rounds.finish({ round, dueAt: after(sampleSeconds), cursor });
    }
  }

  async #sample(now: Date, cursor: string | undefined): Promise<TasksSince> {
    const { tasks, lines, brakes, history, times, forecasts } = this.#options;
    const active = await brakes.listActive(now);
    const [counts, groups, braked, since] = await Promise.all([
      lines.readCounts({ at: now, repositories: [] }),
      lines.summarize(),
      active.some(holdsSingleTasks) ? tasks.summarizeBraked() : [],
      history.readSince(cursor === undefined ? undefined : Number(cursor)),
    ]);
    const queued = new Map<string, number>();
    for (const group of [...groups, ...braked]) {
      queued.set(group.team, (queued.get(group.team) ?? 0) + group.queued);
    }
    await history.insert({
      at: now,
      queued: [...queued.values()].reduce((sum, one) => sum + one, 0),
      running: counts.taken.get(portalKey) ?? 0,
      started: since.started,
      settled: since.settled,
      teams: [...queued]
        .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
        .slice(0, teamsPerSample),
    });
    await history.thin(now);
    await times.measure(since);
    await forecasts.complete();
    await forecasts.forget(new Date(now.getTime() - forecastsKeptMs));
    return since;
  }
}

export interface QueueSamplerOptions {
  tasks: TaskStore;
  lines: QueueLineReader;
  brakes: BrakeStore;
  history: QueueHistoryStore;
  times: MeasuredTimes;
  forecasts: ForecastStore;
  rounds: RoundStore;
  clock: Clock;
}
