import { Launch } from '../harness/Launches';

/** A task as the API shows it when all is over. */
export interface FinalTask {
  id: string;
  campaignId: string;
  state: string;
  /** Markers of its attempts. */
  attempts: string[];
}

/** A task that the agent was given, as the simulator recorded it. */
export interface StartedTask {
  /** The label in its prompt. */
  label?: string;
  /** The markers in its prompt. */
  markers: string[];
  state: string;
}

/** What went wrong, each in a sentence for people. */
export interface StartVerdict {
  lost: string[];
  duplicates: string[];
}

/** States in which a task has come to its end or waits for people to review its change. */
const restingStates = [
  'in_review',
  'merged',
  'closed',
  'no_change',
  'failed',
  'cancelled',
];

/** States of an agent's task after which "failed" is the right end of ours. */
const failedAtAgent = ['failed', 'timed_out', 'cancelled'];

/**
 * Compares what a client launched, what the API shows, and what the agent was given.
 *
 * - **lost**: a launch that was never answered, or was answered but has no task; a task that never came to rest, of
 *   which the agent never heard, or that failed although the agent's did not.
 * - **duplicate**: a second campaign of one launch, each start of a launch after its first that does not follow a failure
 *   of the agent, one attempt started twice or for two launches, and a start that nobody launched.
 */
export function judgeStarts(options: {
  launches: readonly Launch[];
  tasks: readonly FinalTask[];
  started: readonly StartedTask[];
}): StartVerdict {
  const { launches, tasks, started } = options;
  const lost: string[] = [];
  const duplicates: string[] = [];

  const tasksOf = groupBy(tasks, task => task.campaignId);
  const startedOf = groupBy(started, task => task.label ?? '');
  for (const { label, campaigns } of launches) {
    if (campaigns.length > 1) {
      duplicates.push(`${label} was answered as ${campaigns.join(' and ')}`);
    }
    const starts = startedOf.get(label) ?? [];
    // After an agent that failed the task is tried again, as a new attempt.
    const repeated = starts.filter(
      (one, index) =>
        !failedAtAgent.includes(one.state) ||
        starts.some(
          (other, at) =>
            at !== index &&
            other.markers.some(marker => one.markers.includes(marker)),
        ),
    );
    for (let start = 2; start <= repeated.length; start += 1) {
      duplicates.push(`${label} was started again (start ${start})`);
    }
    const own = campaigns.flatMap(campaign => tasksOf.get(campaign) ?? []);
    if (campaigns.length === 0) {
      lost.push(`${label} was never answered`);
    } else if (own.length !== 1) {
      lost.push(`${label} was answered, and has ${own.length} tasks`);
    } else {
      const problem = problemOf(own[0], starts);
      if (problem) {
        lost.push(`${label} (${own[0].id}) ${problem}`);
      }
    }
  }

  const answered = new Set(launches.flatMap(launch => launch.campaigns));
  for (const [campaign, of] of tasksOf) {
    if (!answered.has(campaign)) {
      duplicates.push(
        `${campaign} with ${of.length} tasks is the answer to no launch`,
      );
    }
  }
  const known = new Set(tasks.flatMap(task => task.attempts));
  const labelOf = new Map<string, string | undefined>();
  for (const { label, markers } of started) {
    for (const marker of markers) {
      if (!known.has(marker)) {
        duplicates.push(
          `the agent was given a task of ${label ?? 'no launch'} with the marker ${marker}, which no task has`,
        );
      } else if (labelOf.has(marker) && labelOf.get(marker) !== label) {
        // Starts of one launch are counted above.
        duplicates.push(
          `the attempt ${marker} was started for ${labelOf.get(marker) ?? 'no launch'} and for ${label ?? 'no launch'}`,
        );
      }
      labelOf.set(marker, label);
    }
    if (markers.length === 0) {
      duplicates.push(
        `the agent was given a task of ${label ?? 'no launch'} without a marker`,
      );
    }
  }
  return { lost, duplicates };
}

/** Whether a task has come to its end or waits for people. */
export function isResting(state: string): boolean {
  return restingStates.includes(state);
}

function problemOf(
  task: FinalTask,
  starts: readonly StartedTask[],
): string | undefined {
  if (!isResting(task.state)) {
    return `is still ${task.state}`;
  }
  if (starts.length === 0) {
    return `is ${task.state}, and the agent never heard of it`;
  }
  if (
    task.state === 'failed' &&
    !starts.some(start => failedAtAgent.includes(start.state))
  ) {
    return `failed, though the agent's task is ${starts[0].state}`;
  }
  return undefined;
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
