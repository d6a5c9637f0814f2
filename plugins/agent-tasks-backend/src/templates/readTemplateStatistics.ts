import {
  TaskState,
  TemplateStatistics,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';

/** Runs and reviews that a median is made of, the newest ones. */
const sampled = 2000;

/** How many tasks came to each end. */
type Ends = Partial<Record<TaskState, number>>;

interface Measured {
  ends: Ends;
  runs: number[];
  reviews: number[];
  reviewMinutes?: number;
  aiCredits?: number;
}

/**
 * What became of tasks, by template or by revision. What was never measured is absent.
 *
 * @param options.only - narrows a query on `tasks` to those that count
 */
export async function readTemplateStatistics(
  knex: Knex,
  options: {
    by: 'template' | 'template_revision_id';
    only: (tasks: Knex.QueryBuilder) => Knex.QueryBuilder;
  },
): Promise<Map<string, TemplateStatistics>> {
  const { by, only } = options;
  const key = `tasks.${by}`;
  const measured = new Map<string, Measured>();
  const of = (name: string): Measured => {
    const known = measured.get(name) ?? { ends: {}, runs: [], reviews: [] };
    measured.set(name, known);
    return known;
  };

  const counts: {
    key: string;
    state: TaskState;
    lane: string;
    count: number | string;
    minutes: number | string;
  }[] = await only(knex('tasks'))
    .groupBy(key, 'tasks.state', 'tasks.lane')
    .select({ key }, 'tasks.state', 'tasks.lane')
    .count({ count: '*' })
    .sum({ minutes: 'tasks.review_minutes' });
  for (const row of counts) {
    const one = of(row.key);
    one.ends[row.state] = (one.ends[row.state] ?? 0) + Number(row.count);
    // Of the auto lane nobody estimated a review that took place.
    if (
      row.lane === 'review' &&
      (row.state === 'merged' || row.state === 'closed')
    ) {
      one.reviewMinutes = (one.reviewMinutes ?? 0) + Number(row.minutes);
    }
  }

  const runs: { key: string; from: TimeValue; to: TimeValue }[] = await only(
    knex('attempts').join('tasks', 'tasks.id', 'attempts.task_id'),
  )
    .where('attempts.state', 'ended')
    .whereNotNull('attempts.confirmed_at')
    .whereNotNull('attempts.ended_at')
    .whereNotIn('tasks.state', ['failed', 'cancelled'])
    .orderBy('attempts.ended_at', 'desc')
    .limit(sampled)
    .select({ key, from: 'attempts.confirmed_at', to: 'attempts.ended_at' });
  for (const { key: name, from, to } of runs) {
    of(name).runs.push(secondsBetween(from, to));
  }

  const reviews: { key: string; from: TimeValue; to: TimeValue }[] = await only(
    knex('changes').join('tasks', 'tasks.id', 'changes.task_id'),
  )
    .whereIn('changes.state', ['merged', 'closed'])
    .whereNotNull('changes.settled_at')
    .whereRaw('coalesce(changes.offered_at, changes.opened_at) is not null')
    .orderBy('changes.settled_at', 'desc')
    .limit(sampled)
    .select({
      key,
      from: knex.raw('coalesce(changes.offered_at, changes.opened_at)'),
      to: 'changes.settled_at',
    });
  for (const { key: name, from, to } of reviews) {
    of(name).reviews.push(secondsBetween(from, to));
  }

  const costs: { key: string; credits: number }[] = await only(
    knex('attempts').join('tasks', 'tasks.id', 'attempts.task_id'),
  )
    .whereNotNull('attempts.ai_credits')
    .groupBy(key)
    .select({ key })
    .sum({ credits: 'attempts.ai_credits' });
  for (const { key: name, credits } of costs) {
    of(name).aiCredits = Math.round(Number(credits) * 100) / 100;
  }

  return new Map(
    [...measured]
      .filter(([, { ends }]) => Object.keys(ends).length)
      .map(([name, one]) => [name, toStatistics(one)]),
  );
}

function toStatistics(one: Measured): TemplateStatistics {
  const { ends } = one;
  const count = (...states: TaskState[]) =>
    states.reduce((sum, state) => sum + (ends[state] ?? 0), 0);
  const worked = count('merged', 'closed', 'no_change', 'in_review');
  const failed = count('failed');
  const merged = count('merged');
  const closed = count('closed');
  const medianRunSeconds = median(one.runs);
  const medianReviewSeconds = median(one.reviews);
  return {
    tasks: Object.values(ends).reduce((sum, number) => sum + number, 0),
    merged,
    closed,
    failed,
    ...(worked + failed > 0 && { successRate: worked / (worked + failed) }),
    ...(merged + closed > 0 && { mergeRate: merged / (merged + closed) }),
    ...(medianRunSeconds !== undefined && { medianRunSeconds }),
    ...(medianReviewSeconds !== undefined && { medianReviewSeconds }),
    ...(one.reviewMinutes !== undefined && {
      reviewMinutes: one.reviewMinutes,
    }),
    ...(one.aiCredits !== undefined && { aiCredits: one.aiCredits }),
  };
}

function secondsBetween(from: TimeValue, to: TimeValue): number {
  return (toDate(to).getTime() - toDate(from).getTime()) / 1000;
}

function median(values: number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
