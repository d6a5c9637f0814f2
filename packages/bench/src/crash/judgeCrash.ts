import { Launch } from '../harness/Launches';

/** A task as the database holds it in the end. */
export interface StoredTask {
  id: string;
  campaignId: string;
  state: string;
  /** Entity refs. */
  components: string[];
  /** The ids of its attempts, which are their markers. */
  attempts: string[];
}

/** What the agent was given, as the simulator recorded it. */
export interface AgentStart {
  /** The markers in its prompt. */
  markers: string[];
  state: string;
  /** What became of its pull request, where it has one. */
  change?: 'open' | 'merged' | 'closed';
  /** In milliseconds since 1970. */
  begunAt: number;
  /** Absent: it goes on. */
  endedAt?: number;
}

/** What went wrong, each in a sentence for people. */
export interface CrashVerdict {
  lost: string[];
  duplicates: string[];
  stuck: string[];
}

const SETTLED = ['merged', 'closed', 'no_change', 'failed', 'cancelled'];

/**
 * Compares what a client launched, what the database holds, and what the agent was given.
 *
 * - **lost**: a launch without an answer, or without one task for each of its components; a task that has settled
 *   otherwise than the agent's work on it did, or of which the agent never heard.
 * - **duplicate**: a second campaign of one launch, tasks of no launch, an attempt that was started twice, a start of no
 *   attempt, two attempts of one task at the agent at the same time.
 * - **stuck**: a task that has not settled.
 */
export function judgeCrash(options: {
  launches: readonly Launch[];
  tasks: readonly StoredTask[];
  starts: readonly AgentStart[];
}): CrashVerdict {
  const { launches, tasks, starts } = options;
  const verdict: CrashVerdict = { lost: [], duplicates: [], stuck: [] };
  judgeLaunches({ launches, tasks, verdict });

  const startsOf = new Map<string, AgentStart[]>();
  for (const start of starts) {
    if (start.markers.length !== 1) {
      verdict.duplicates.push(
        `the agent was given a task with ${start.markers.length} markers`,
      );
    }
    for (const marker of start.markers) {
      startsOf.set(marker, [...(startsOf.get(marker) ?? []), start]);
    }
  }
  const attempts = new Set(tasks.flatMap(task => task.attempts));
  for (const [marker, of] of startsOf) {
    if (!attempts.has(marker)) {
      verdict.duplicates.push(`${marker} is the attempt of no task`);
    }
    for (let start = 2; start <= of.length; start += 1) {
      verdict.duplicates.push(`${marker} was started again (start ${start})`);
    }
  }
  for (const task of tasks) {
    const own = task.attempts
      .flatMap(attempt => startsOf.get(attempt) ?? [])
      .sort((a, b) => a.begunAt - b.begunAt);
    judgeTask({ task, own, verdict });
  }
  return verdict;
}

function judgeLaunches(options: {
  launches: readonly Launch[];
  tasks: readonly StoredTask[];
  verdict: CrashVerdict;
}): void {
  const { launches, tasks, verdict } = options;
  const tasksOf = new Map<string, StoredTask[]>();
  for (const task of tasks) {
    const of = tasksOf.get(task.campaignId);
    if (of) {
      of.push(task);
    } else {
      tasksOf.set(task.campaignId, [task]);
    }
  }
  for (const { label, components, campaigns } of launches) {
    if (campaigns.length === 0) {
      verdict.lost.push(`${label} was never answered`);
    }
    if (campaigns.length > 1) {
      verdict.duplicates.push(
        `${label} was answered as ${campaigns.join(' and ')}`,
      );
    }
    for (const campaign of campaigns) {
      const has = (tasksOf.get(campaign) ?? []).flatMap(
        task => task.components,
      );
      for (const component of components) {
        const count = has.filter(one => one === component).length;
        if (count === 0) {
          verdict.lost.push(`${label} has no task for ${component}`);
        } else if (count > 1) {
          verdict.duplicates.push(
            `${label} has ${count} tasks for ${component}`,
          );
        }
      }
    }
  }
  const answered = new Set(launches.flatMap(launch => launch.campaigns));
  for (const campaign of tasksOf.keys()) {
    if (!answered.has(campaign)) {
      verdict.duplicates.push(`${campaign} is the answer to no launch`);
    }
  }
}

function judgeTask(options: {
  task: StoredTask;
  /** The starts of its attempts, the earliest first. */
  own: readonly AgentStart[];
  verdict: CrashVerdict;
}): void {
  const { task, own, verdict } = options;
  own.slice(1).forEach((start, index) => {
    if ((own[index].endedAt ?? Infinity) > start.begunAt) {
      verdict.duplicates.push(
        `${task.id} was given to the agent again while it still worked on it`,
      );
    }
  });
  if (!SETTLED.includes(task.state)) {
    verdict.stuck.push(`${task.id} is still ${task.state}`);
    return;
  }
  const last = own[own.length - 1];
  if (!last) {
    verdict.lost.push(
      `${task.id} is ${task.state}, and the agent never heard of it`,
    );
    return;
  }
  const expected = endOf(last);
  if (task.state !== expected) {
    verdict.lost.push(
      `${task.id} is ${task.state}, though the agent's work on it is ${expected}`,
    );
  }
}

/** The state in which a task ends whose last start ended so. */
function endOf(start: AgentStart): string {
  if (start.state !== 'completed') {
    return start.endedAt === undefined ? `not over (${start.state})` : 'failed';
  }
  return start.change ?? 'no_change';
}
