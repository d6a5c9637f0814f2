import { Knex } from 'knex';
import { TaskRecord } from './TaskStore';
import { stringifyRepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';

/** More than this before a task are told as this. */
const most = 1_000;

/**
 * How many queued tasks of its team go before a task on its repository. The team's lines for that repository alone are
 * read, in their order.
 */
export async function countBefore(
  knex: Knex,
  task: Pick<TaskRecord, 'id' | 'team' | 'rank' | 'repository'>,
): Promise<number> {
  // Few lines: of its team and repository there is one for each provider, account and lane.
  const lines = await knex('queue_lines')
    .where({
      team: task.team,
      repository: stringifyRepositoryRef(task.repository),
    })
    .whereRaw('queued > 0')
    .pluck('id');
  const before = knex('tasks')
    .whereIn('line_id', lines)
    // As the index has it, which SQLite uses only so.
    .whereRaw("state = 'queued' and not braked")
    .where(earlier =>
      earlier
        .where('rank', '<', task.rank)
        .orWhere(same =>
          same.where('rank', task.rank).where('id', '<', task.id),
        ),
    )
    .limit(most)
    .select('id');
  const [row] = await knex.from(before.as('earlier')).count({ count: '*' });
  return Number(row.count);
}
