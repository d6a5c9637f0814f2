import { RunningTask } from '@agent-tasks/plugin-agent-tasks-common';
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { AttemptRow, TaskRow, toDate } from '../database/rows';
import { Clock } from '../loops/Clock';
import { MeasuredTimes } from './MeasuredTimes';
import { RunningTaskReader } from './RunningTaskReader';
import { TaskFilter } from './TaskFilter';
import { whereMatches } from './whereMatches';

export class DatabaseRunningTaskReader implements RunningTaskReader {
  readonly #options: RunningTaskReaderOptions;

  private constructor(options: RunningTaskReaderOptions) {
    this.#options = options;
  }

  static create(options: RunningTaskReaderOptions): DatabaseRunningTaskReader {
    return new DatabaseRunningTaskReader(options);
  }

  async list(options: {
    limit: number;
    cursor?: string;
    permitted: TaskFilter | undefined;
  }) {
    const { limit, cursor, permitted } = options;
    const { knex, times } = this.#options;
    const query = knex<TaskRow>('tasks')
      // As the index has it, which SQLite uses only so.
      .whereRaw('run_slot')
      .orderBy('tasks.id')
      .limit(limit + 1);
    if (cursor !== undefined) {
      query.where('tasks.id', '>', decodeCursor(cursor));
    }
    if (permitted) {
      query.where(inner => whereMatches(inner, permitted));
    }
    const rows: TaskRow[] = await query;
    const page = rows.slice(0, limit);
    const [attempts, titles, measured] = await Promise.all([
      this.#attemptsOf(page),
      this.#titlesOf(page),
      times.read(),
    ]);
    const last = page[page.length - 1];
    return {
      items: page.map(row =>
        this.#toRunning(row, {
          attempt: attempts.get(row.id),
          title: titles.get(row.template_revision_id) ?? row.template,
          medianSeconds: measured.runOfTemplate.get(row.template)?.median,
        }),
      ),
      ...(rows.length > limit && { nextCursor: encodeCursor(last.id) }),
    };
  }

  #toRunning(
    row: TaskRow,
    known: {
      attempt: AttemptRow | undefined;
      title: string;
      medianSeconds: number | undefined;
    },
  ): RunningTask {
    const { clock, providerTitle } = this.#options;
    const { attempt, title, medianSeconds } = known;
    const startedAt = toDate(
      attempt?.confirmed_at ?? attempt?.created_at ?? row.state_since,
    );
    const elapsed = (clock.now().getTime() - startedAt.getTime()) / 1000;
    return {
      id: row.id,
      team: row.team,
      repository: { ref: row.repository, url: row.repository_url },
      template: { name: row.template, title },
      provider: providerTitle(row.provider),
      state: row.state,
      startedAt: startedAt.toISOString(),
      // Clocks of replicas differ.
      elapsedSeconds: Math.max(0, elapsed),
      ...(medianSeconds !== undefined && { medianSeconds }),
    };
  }

  /** The newest attempt of each task. */
  async #attemptsOf(rows: TaskRow[]): Promise<Map<string, AttemptRow>> {
    const attempts = await this.#options
      .knex<AttemptRow>('attempts')
      .whereIn(
        'task_id',
        rows.map(row => row.id),
      )
      .orderBy('number');
    return new Map(attempts.map(attempt => [attempt.task_id, attempt]));
  }

  async #titlesOf(rows: TaskRow[]): Promise<Map<string, string>> {
    const revisions: { id: string; content: string }[] = await this.#options
      .knex('template_revisions')
      .whereIn('id', [...new Set(rows.map(row => row.template_revision_id))])
      .select('id', 'content');
    return new Map(
      revisions.map(({ id, content }) => [id, JSON.parse(content).title]),
    );
  }
}

function encodeCursor(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function decodeCursor(text: string): string {
  const id = Buffer.from(text, 'base64url').toString('utf8');
  if (!/^task_[\w-]{1,100}$/.test(id)) {
    throw new InputError(
      "The 'cursor' is not one that this list returned. Leave it out to begin with the first page.",
    );
  }
  return id;
}

export interface RunningTaskReaderOptions {
  knex: Knex;
  times: MeasuredTimes;
  clock: Clock;
  /** The name that people know a provider by. */
  providerTitle: (id: string) => string;
}
