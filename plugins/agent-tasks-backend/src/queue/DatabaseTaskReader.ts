import {
  Attempt,
  Change,
  Task,
  TaskListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  AttemptRow,
  ChangeRow,
  TaskComponentRow,
  TaskRow,
  TimeValue,
  toDate,
} from '../database/rows';
import { TaskFilter } from './TaskFilter';
import { TaskPages } from './TaskPages';
import { TaskReader } from './TaskReader';

/** All that a list shows: without the prompt, which is longer than the rest. */
const shownColumns = [
  'id',
  'campaign_id',
  'template',
  'template_revision_id',
  'team',
  'requester',
  'provider',
  'repository',
  'repository_url',
  'state',
  'state_reason',
  'state_since',
  'created_at',
  'updated_at',
  'settled_at',
  'priority',
  'wave',
  'joined_to',
] as const;

interface ShownRevision {
  number: number;
  title: string;
}

function toTime(value: TimeValue | null): string | undefined {
  return value === null ? undefined : toDate(value).toISOString();
}

/** Leaves out what is not there: the API has no nulls. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, v]) => v !== undefined && v !== null),
  ) as T;
}

function toChange(row: ChangeRow): Change {
  return defined({
    id: row.id,
    state: row.state,
    draft: Boolean(row.draft),
    number: row.number ?? undefined,
    url: row.url ?? undefined,
    title: row.title ?? undefined,
    headCommit: row.head_commit ?? undefined,
    additions: row.additions ?? undefined,
    deletions: row.deletions ?? undefined,
    changedFiles: row.changed_files ?? undefined,
    checks: row.checks ?? undefined,
    review: row.review ?? undefined,
    mergedBy: row.merged_by ?? undefined,
    openedAt: toTime(row.opened_at),
    settledAt: toTime(row.settled_at),
    seenAt: toTime(row.seen_at),
  });
}

function toAttempt(row: AttemptRow): Attempt {
  return defined({
    id: row.id,
    number: row.number,
    state: row.state,
    createdAt: toDate(row.created_at).toISOString(),
    confirmedAt: toTime(row.confirmed_at),
    endedAt: toTime(row.ended_at),
    url: row.url ?? undefined,
    requests: row.requests,
    problem: row.problem ?? undefined,
    aiCredits: row.ai_credits ?? undefined,
  });
}

/** A page begins behind a task, in one of two directions. */
interface Cursor {
  after?: string;
  before?: string;
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decodeCursor(text: string): Cursor {
  try {
    const cursor: Cursor = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    );
    const id = cursor.after ?? cursor.before;
    if (typeof id === 'string' && id.startsWith('task_')) {
      return cursor;
    }
  } catch {
    // Told below.
  }
  throw new InputError(
    "The 'cursor' is not one that this list returned. Leave it out to begin with the first page.",
  );
}

export class DatabaseTaskReader implements TaskReader {
  readonly #knex: Knex;
  readonly #pages: TaskPages;
  readonly #providerTitle: (id: string) => string;
  /** Revisions never change. */
  readonly #revisions = new Map<string, ShownRevision>();

  private constructor(options: {
    knex: Knex;
    providerTitle: (id: string) => string;
  }) {
    this.#knex = options.knex;
    this.#pages = TaskPages.create(options);
    this.#providerTitle = options.providerTitle;
  }

  static create(options: {
    knex: Knex;
    /** The name that people know a provider by. */
    providerTitle: (id: string) => string;
  }): DatabaseTaskReader {
    return new DatabaseTaskReader(options);
  }

  async list(options: {
    query: Omit<TaskListQuery, 'limit'> & { limit: number };
    permitted: TaskFilter | undefined;
  }): Promise<{ tasks: Task[]; next?: string; previous?: string }> {
    const { query, permitted } = options;
    const cursor = query.cursor ? decodeCursor(query.cursor) : {};
    const backwards = cursor.before !== undefined;

    const found = await this.#pages.find({
      query,
      permitted,
      bounds: {
        after: cursor.after,
        before: cursor.after === undefined ? cursor.before : undefined,
        limit: query.limit + 1,
      },
    });
    const more = found.length > query.limit;
    const page = found.slice(0, query.limit);
    if (backwards) {
      page.reverse();
    }
    const tasks = await this.#toTasks(page);
    const first = page[0];
    const last = page[page.length - 1];
    const hasNext = backwards ? page.length > 0 : more;
    const hasPrevious = backwards ? more : cursor.after !== undefined;
    return {
      tasks,
      ...(hasNext && last && { next: encodeCursor({ after: last }) }),
      ...(hasPrevious &&
        first && { previous: encodeCursor({ before: first }) }),
    };
  }

  async get(
    id: string,
  ): Promise<{ task: Task; attempts: Attempt[] } | undefined> {
    const [task] = await this.#toTasks([id]);
    if (!task) {
      return undefined;
    }
    const attempts = await this.#knex<AttemptRow>('attempts')
      .where('task_id', id)
      .orderBy('number');
    return { task, attempts: attempts.map(toAttempt) };
  }

  /** In the order of the ids; what is gone is left out. */
  async #toTasks(ids: string[]): Promise<Task[]> {
    if (!ids.length) {
      return [];
    }
    const [found, components, changes] = await Promise.all([
      this.#knex<TaskRow>('tasks')
        .whereIn('id', ids)
        .select(...shownColumns),
      this.#knex<TaskComponentRow>('task_components')
        .whereIn('task_id', ids)
        .orderBy('entity_ref'),
      // Of several changes of a task the newest is the one that counts.
      this.#knex<ChangeRow>('changes').whereIn('task_id', ids).orderBy('id'),
    ]);
    const rowOf = new Map(found.map(row => [row.id, row]));
    const rows = ids.flatMap(id => {
      const row = rowOf.get(id);
      return row ? [row] : [];
    });
    const revisionOf = await this.#revisionsOf(rows);
    const componentsOf = new Map<string, TaskComponentRow[]>();
    for (const component of components) {
      const of = componentsOf.get(component.task_id) ?? [];
      of.push(component);
      componentsOf.set(component.task_id, of);
    }
    const changeOf = new Map(changes.map(change => [change.task_id, change]));
    return rows.map(row => {
      const change = changeOf.get(row.id);
      const revision = revisionOf.get(row.template_revision_id);
      return defined({
        id: row.id,
        campaignId: row.campaign_id,
        state: row.state,
        stateSince: toDate(row.state_since).toISOString(),
        stateReason: row.state_reason ?? undefined,
        template: {
          name: row.template,
          title: revision?.title ?? row.template,
          revision: revision?.number ?? 1,
        },
        team: row.team,
        repository: {
          ref: row.repository,
          url: row.repository_url,
        },
        components: (componentsOf.get(row.id) ?? []).map(component =>
          defined({
            entityRef: component.entity_ref,
            path: component.path ?? undefined,
          }),
        ),
        provider: this.#providerTitle(row.provider),
        requester: row.requester,
        createdAt: toDate(row.created_at).toISOString(),
        updatedAt: toDate(row.updated_at).toISOString(),
        settledAt: toTime(row.settled_at),
        priority: row.priority,
        wave: row.wave ?? undefined,
        joinedTo: row.joined_to ?? undefined,
        change: change && toChange(change),
      });
    });
  }

  async #revisionsOf(
    rows: Pick<TaskRow, 'template_revision_id'>[],
  ): Promise<ReadonlyMap<string, ShownRevision>> {
    const missing = [
      ...new Set(rows.map(row => row.template_revision_id)),
    ].filter(id => !this.#revisions.has(id));
    if (missing.length) {
      const revisions = await this.#knex('template_revisions')
        .whereIn('id', missing)
        .select('id', 'number', 'content');
      for (const { id, number, content } of revisions) {
        const { title }: { title: string } = JSON.parse(content);
        this.#revisions.set(id, { number, title });
      }
    }
    return this.#revisions;
  }
}
