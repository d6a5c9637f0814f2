import { TaskListQuery } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { isPostgres } from '../database/bulk';
import { TaskFilter } from './TaskFilter';
import { Branch, columnsOf, Path, pathsOf, toBranches } from './taskPaths';
import { whereMatches } from './whereMatches';

/** Where a page is: behind a task, or before one; absent for the first page. */
export interface PageBounds {
  after?: string;
  before?: string;
  /** Tasks of the page at most. */
  limit: number;
}

/** How far it is counted how long a path is: beyond, it makes no difference. */
const countedAtMost = 4_000;

/** Cells of a path in one statement on SQLite. */
const cellsPerStatement = 100;

/** With more cells than these it is faster to go through all tasks. */
const cellsAtMost = 600;

/**
 * Finds the ids of a page.
 *
 * @remarks
 *
 * A database chooses by what it believes of the values, and where they hang together it is wrong: it goes through a
 * million tasks in the order of the page in search of those that match. So that a page costs the same with every
 * filter, the filter is taken apart into cells in which an index has the tasks in the order of the page, and the
 * first ones of all cells are put together.
 */
export class TaskPages {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): TaskPages {
    return new TaskPages(options.knex);
  }

  /** In the order of the search: the newest first, or the oldest first where the page is before a task. */
  async find(options: {
    query: TaskListQuery;
    permitted: TaskFilter | undefined;
    bounds: PageBounds;
  }): Promise<string[]> {
    const { query, permitted, bounds } = options;
    const found = await Promise.all(
      toBranches({ query, permitted }).map(branch =>
        this.#findBranch(branch, bounds),
      ),
    );
    return firstOf(found.flat(), bounds);
  }

  async #findBranch(branch: Branch, bounds: PageBounds): Promise<string[]> {
    const paths = pathsOf(branch).filter(
      path => path.cells.length <= cellsAtMost,
    );
    const path =
      paths.length > 1 ? await this.#shortest(paths, bounds) : paths[0];
    if (!path) {
      const all = this.#page(bounds, 'tasks');
      if (branch.components) {
        all.whereIn(
          'tasks.id',
          this.#knex('task_components')
            .select('task_id')
            .whereIn('entity_ref', branch.components),
        );
      }
      this.#whereRest(all, branch, columnsOf(branch));
      return idsOf(await all);
    }
    const order = orderOf(bounds);
    const found = await Promise.all(
      this.#statements(path, {
        bounds,
        branch,
        // A task may be in several cells, where these are its components.
        finish: pages =>
          pages.distinct('id').orderBy('id', order).limit(bounds.limit),
      }),
    );
    return idsOf(found.flat());
  }

  /** The path with the fewest tasks, as far as they are counted. */
  async #shortest(paths: Path[], bounds: PageBounds): Promise<Path> {
    const limit = countedAtMost;
    const lengths = await Promise.all(
      paths.map(async path => {
        const counted = await Promise.all(
          this.#statements(path, {
            bounds: { ...bounds, limit },
            finish: pages =>
              this.#knex
                .count({ count: '*' })
                .from(pages.select('id').limit(limit).as('counted')),
          }),
        );
        return counted.flat().reduce((sum, row) => sum + Number(row.count), 0);
      }),
    );
    const shortest = Math.min(...lengths, limit);
    return paths[
      lengths.findIndex(length => Math.min(length, limit) === shortest)
    ];
  }

  /** Statements over the pages of all cells of a path. */
  #statements(
    path: Path,
    options: {
      bounds: PageBounds;
      /** Whose further conditions hold; without it, none. */
      branch?: Branch;
      /** What is asked of all pages together. */
      finish: (pages: Knex.QueryBuilder) => Knex.QueryBuilder;
    },
  ): Knex.QueryBuilder[] {
    const { table, columns, cells } = path;
    const { finish } = options;
    if (isPostgres(this.#knex)) {
      const page = this.#pageOfCell(path, options, keys =>
        columns.forEach((column, index) =>
          keys.whereRaw(`${table}.${column} = cell.v${index}`),
        ),
      );
      // As values that the planner does not see: it would rather believe its statistics than use the index.
      const names = columns.map((_column, index) => `v${index}`).join(', ');
      const pages = this.#knex.raw(
        `(select page.id from unnest(${columns.map(() => '?::text[]').join(', ')}) as cell(${names}) cross join lateral (?) as page) as pages`,
        [
          ...columns.map((_column, index) => cells.map(cell => cell[index])),
          page,
        ],
      );
      return [finish(this.#knex.queryBuilder().from(pages))];
    }
    return chunks(cells, cellsPerStatement).map(some => {
      const pages = some.map(cell => {
        const page = this.#pageOfCell(path, options, keys =>
          columns.forEach((column, index) =>
            keys.where(`${table}.${column}`, cell[index]),
          ),
        );
        return this.#knex.select('id').from(page.as('page'));
      });
      return finish(
        this.#knex.queryBuilder().from(this.#knex.unionAll(pages).as('pages')),
      );
    });
  }

  /** The page of one cell. */
  #pageOfCell(
    path: Path,
    options: { bounds: PageBounds; branch?: Branch },
    whereCell: (keys: Knex.QueryBuilder) => void,
  ): Knex.QueryBuilder {
    const { table, settled, rest } = path;
    const { bounds, branch } = options;
    const keys = this.#page(
      { after: bounds.after, before: bounds.before },
      table,
    );
    whereCell(keys);
    if (settled) {
      keys.whereNotNull('tasks.settled_at');
    }
    if (!branch || (!rest.length && !branch.rest.length && !branch.waves)) {
      return keys.limit(bounds.limit);
    }
    if (isPostgres(this.#knex)) {
      // The offsets keep the planner from another order than that of the index, and from another way than to look at
      // one task after the other until the page is full.
      const met = this.#knex('tasks')
        .select(this.#knex.raw('1'))
        .whereRaw('tasks.id = keyed.id');
      this.#whereRest(met, branch, rest);
      return this.#knex
        .queryBuilder()
        .select('keyed.id')
        .from(
          this.#knex.raw(
            '(? offset 0) as keyed cross join lateral (? offset 0) as met',
            [keys, met],
          ),
        )
        .orderBy('keyed.id', orderOf(bounds))
        .limit(bounds.limit);
    }
    if (table !== 'tasks') {
      keys.join('tasks', 'tasks.id', `${table}.task_id`);
    }
    this.#whereRest(keys, branch, rest);
    return keys.limit(bounds.limit);
  }

  /** The ids of a page of what is in a table. */
  #page(
    bounds: Omit<PageBounds, 'limit'> & { limit?: number },
    table: Path['table'],
  ): Knex.QueryBuilder {
    const id = table === 'tasks' ? 'tasks.id' : `${table}.task_id`;
    const page = this.#knex(table)
      .select(`${id} as id`)
      .orderBy(id, orderOf(bounds));
    if (bounds.limit !== undefined) {
      page.limit(bounds.limit);
    }
    if (bounds.after !== undefined) {
      page.where(id, '<', bounds.after);
    } else if (bounds.before !== undefined) {
      page.where(id, '>', bounds.before);
    }
    return page;
  }

  #whereRest(
    page: Knex.QueryBuilder,
    branch: Branch,
    columns: readonly string[],
  ): void {
    const values: Partial<Record<string, string[]>> = branch.values;
    // The sign keeps SQLite from beginning with an index of that column.
    const sign = isPostgres(this.#knex) ? '' : '+';
    for (const column of columns) {
      const some = values[column] ?? [];
      page.whereRaw(
        `${sign}tasks.${column} in (${some.map(() => '?').join(', ')})`,
        some,
      );
    }
    if (branch.waves) {
      page.whereRaw(
        `coalesce(tasks.wave, 1) in (${branch.waves.map(() => '?').join(', ')})`,
        branch.waves,
      );
    }
    for (const filter of branch.rest) {
      page.where(inner => whereMatches(inner, filter));
    }
  }
}

function orderOf(bounds: Pick<PageBounds, 'before'>): 'asc' | 'desc' {
  return bounds.before === undefined ? 'desc' : 'asc';
}

function chunks<T>(values: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

function idsOf(rows: { id: string }[]): string[] {
  return rows.map(row => row.id);
}

/** The first of all in the order of the search, each once. */
function firstOf(ids: string[], bounds: PageBounds): string[] {
  const sorted = [...new Set(ids)].sort();
  if (orderOf(bounds) === 'desc') {
    sorted.reverse();
  }
  return sorted.slice(0, bounds.limit);
}
