import {
  AccountHealth,
  Brake,
  Queue,
  QueueHistory,
  QueueHold,
  QueueTeam,
  Slots,
} from '@agent-tasks/plugin-agent-tasks-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Clock } from '../loops/Clock';
import { Remembered } from '../loops/Remembered';
import { BrakedTask, holdsBack } from '../policy/brakes';
import { limitKey, parseLimitKey, portalKey } from '../policy/slots';
import { Remotes } from '../remotes/Remotes';
import { BrakeService } from './BrakeService';
import { StoredBrake } from './BrakeStore';
import { ForecastStore } from './ForecastStore';
import { holdLines, LineHold } from './holdLines';
import { LimitView, teamRunKey } from './LimitView';
import { QueueHistoryStore } from './QueueHistoryStore';
import { LimitReader } from './LimitReader';
import { LineGroup, QueueLineReader } from './QueueLineReader';
import { TaskStore } from './TaskStore';

/** Holds that are told, those that hold most: thousands of repositories could each hold something. */
const holdsTold = 100;

/** For how long sums over the past serve. */
const pastSeconds = 15;

/** Days over which forecasts are scored. */
const scoredDays = 7;

/** Points of a chart of the past. */
const historySamples = 300;

/** Teams that a chart of the past names. */
const historyTeams = 8;

const hourMs = 3_600_000;

const checksKey = limitKey({ kind: 'checks', scope: 'portal', subject: '' });

/**
 * Says how deep the queue is and what holds it. It reads how many wait, never the tasks, so that it costs the same however
 * many they are; and it writes nothing.
 */
export class QueueService {
  readonly #options: QueueServiceOptions;
  readonly #past: Remembered<Pick<Queue, 'throughput' | 'forecastScore'>>;

  private constructor(options: QueueServiceOptions) {
    this.#options = options;
    this.#past = Remembered.create({
      clock: options.clock,
      seconds: pastSeconds,
      read: () => this.#readPast(),
    });
  }

  static create(options: QueueServiceOptions): QueueService {
    return new QueueService(options);
  }

  async get(credentials: BackstageCredentials): Promise<Queue> {
    const { tasks, lines, brakes, remotes, limits, accountHealth, clock } =
      this.#options;
    const at = clock.now();
    // Who may see brakes may see the queue: it names teams and repositories, and no task.
    const { items: activeBrakes } = await brakes.list(credentials);
    const [view, groups, braked, startable, past, accounts] = await Promise.all(
      [
        LimitView.read({ lines, limits, at, repositories: [] }),
        lines.summarize(),
        activeBrakes.some(holdsSingleTasks) ? tasks.summarizeBraked() : [],
        remotes.startableProviders(),
        this.#past.get(),
        accountHealth(),
      ],
    );
    const held = await holdLines({
      groups,
      braked,
      view,
      readLines: teams => lines.read({ teams, at }),
      outside: group => outsideHold(group, activeBrakes, startable),
    });
    const queued = new Map<string, number>();
    for (const group of [...groups, ...braked]) {
      queued.set(group.team, (queued.get(group.team) ?? 0) + group.queued);
    }
    const checks = view.fillOf(checksKey);
    return {
      known: view.counts.known,
      running: slotsOf(portalKey, view),
      checks: {
        pending: checks.used ?? 0,
        ...(checks.max !== undefined && { max: checks.max }),
      },
      throughput: past.throughput,
      teams: toTeams({
        view,
        queued,
        oldest: await tasks.oldestQueued([...queued.keys()]),
        holds: held.byTeam,
      }),
      holds: held.holds.slice(0, holdsTold).map(one => toHold(one, view)),
      brakes: activeBrakes,
      accounts,
      forecastScore: past.forecastScore,
    };
  }

  async getHistory(
    credentials: BackstageCredentials,
    hours: number,
  ): Promise<QueueHistory> {
    const { brakes, history, clock } = this.#options;
    await brakes.list(credentials);
    const until = clock.now();
    return history.read({
      since: before(until, hours),
      until,
      samples: historySamples,
      teams: historyTeams,
    });
  }

  async #readPast(): Promise<Pick<Queue, 'throughput' | 'forecastScore'>> {
    const { history, forecasts, clock } = this.#options;
    const now = clock.now();
    const perHour = async (hours: number) => {
      const { started, settled } = await history.sum(before(now, hours));
      return {
        startedPerHour: started / hours,
        settledPerHour: settled / hours,
      };
    };
    const [lastHour, lastDay, score] = await Promise.all([
      perHour(1),
      perHour(24),
      forecasts.score(before(now, scoredDays * 24)),
    ]);
    return {
      throughput: { lastHour, lastDay },
      forecastScore: { days: scoredDays, ...score },
    };
  }
}

function before(at: Date, hours: number): Date {
  return new Date(at.getTime() - hours * hourMs);
}

/** Whether a brake holds single tasks of a line, which are then not counted in it. */
export function holdsSingleTasks({
  scope,
}: Pick<StoredBrake, 'scope'>): boolean {
  return scope === 'template' || scope === 'campaign';
}

/** What holds tasks beside the limits. Those that a brake on a template or campaign holds are in no group. */
function outsideHold(group: LineGroup, brakes: Brake[], startable: string[]) {
  const task: BrakedTask = { ...group, template: '', campaign: '' };
  const brake = brakes.find(one => holdsBack(one, task));
  if (brake) {
    return {
      reason: 'brake' as const,
      ...(brake.subject && { subject: brake.subject }),
    };
  }
  return startable.includes(group.provider)
    ? undefined
    : { reason: 'provider-unavailable' as const, subject: group.provider };
}

function slotsOf(key: string, view: LimitView): Slots {
  const { used = 0, max } = view.fillOf(key);
  // The configuration sets each of the limits that are told so.
  return { used, max: max ?? used };
}

/** Teams that have something queued, at work or open; the deepest queue first. */
function toTeams(options: {
  view: LimitView;
  queued: ReadonlyMap<string, number>;
  oldest: ReadonlyMap<string, Date>;
  holds: ReadonlyMap<string, Record<string, number>>;
}): QueueTeam[] {
  const { view, queued, oldest, holds } = options;
  const teams = new Set([
    ...queued.keys(),
    ...view.countByTeam('running').keys(),
    ...view.countByTeam('changes').keys(),
  ]);
  const rows = [...teams]
    .map(team => ({
      team,
      part: view.partOf(team),
      queued: queued.get(team) ?? 0,
      running: slotsOf(teamRunKey(team), view),
      changes: slotsOf(
        limitKey({ kind: 'changes', scope: 'team', subject: team }),
        view,
      ),
    }))
    .filter(row => row.queued || row.running.used || row.changes.used);
  const sharing = rows.filter(row => row.queued || row.running.used);
  const weights = sum(sharing.map(row => row.part.weight));
  const running = sum(rows.map(row => row.running.used));
  return rows
    .sort((a, b) => b.queued - a.queued || (a.team < b.team ? -1 : 1))
    .map(({ part, ...row }) => {
      const oldestAt = oldest.get(row.team);
      const shares = row.queued > 0 || row.running.used > 0;
      return {
        team: row.team,
        queued: row.queued,
        ...(oldestAt && { oldestQueuedAt: oldestAt.toISOString() }),
        weight: part.weight,
        share: {
          fair: shares ? rounded(part.weight / weights) : 0,
          actual: running ? rounded(row.running.used / running) : 0,
        },
        ...(part.cohort !== undefined && { cohort: part.cohort }),
        borrowed: part.borrowed,
        lent: part.lent,
        running: row.running,
        changes: row.changes,
        holds: holds.get(row.team) ?? {},
      };
    });
}

function toHold(held: LineHold, view: LimitView): QueueHold {
  const { reason, subject, key, tasks } = held;
  const fill = key === undefined ? undefined : view.fillOf(key);
  return {
    limit: reason,
    ...(subject !== undefined && { subject }),
    ...(key !== undefined &&
      parseLimitKey(key).scope === 'repository' && {
        url: `https://${subject}`,
      }),
    ...(fill?.used !== undefined && { used: fill.used }),
    ...(fill?.max !== undefined && { max: fill.max }),
    tasks,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** Shares need no more places than a chart can show; 500 teams make a long answer. */
function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

export interface QueueServiceOptions {
  tasks: TaskStore;
  lines: QueueLineReader;
  brakes: BrakeService;
  remotes: Remotes;
  history: QueueHistoryStore;
  forecasts: ForecastStore;
  limits: LimitReader;
  accountHealth: () => Promise<AccountHealth[]>;
  clock: Clock;
}
