import { createHash } from 'node:crypto';
import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { Knex } from 'knex';
import { newId } from '../database/ids';
import { TimeValue, toDate } from '../database/rows';
import { canonicalJson } from '../launch/canonicalJson';
import {
  TemplateContent,
  TemplateRevision,
  TemplateStatistics,
  TemplateStore,
} from './TemplateStore';

interface RevisionRow {
  id: string;
  template: string;
  number: number;
  entity_ref: string;
  content_hash: string;
  content: string;
}

interface TemplateRow {
  name: string;
  revision_id: string;
  available: boolean | number;
}

function toRevision(row: RevisionRow): TemplateRevision {
  const content: TemplateContent = JSON.parse(row.content);
  return {
    ...content,
    id: row.id,
    template: row.template,
    number: row.number,
    entityRef: row.entity_ref,
  };
}

/**
 * What makes two contents the same. The order of keys does not count, except that of the parameters: a form shows them in
 * it.
 */
function hashContent(entityRef: string, content: TemplateContent): string {
  const order = Object.keys(content.parameters.properties ?? {});
  return createHash('sha256')
    .update(canonicalJson({ entityRef, content, order }))
    .digest('hex');
}

export class DatabaseTemplateStore implements TemplateStore {
  readonly #knex: Knex;
  // Revisions never change, and every start reads one.
  readonly #revisions = new Map<string, TemplateRevision>();

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseTemplateStore {
    return new DatabaseTemplateStore(options.knex);
  }

  async provision(options: {
    templates: { name: string; entityRef: string; content: TemplateContent }[];
    at: Date;
  }): Promise<string[]> {
    const { templates, at } = options;
    return this.#knex.transaction(async tx => {
      const known = await tx('templates')
        .join(
          'template_revisions',
          'template_revisions.id',
          'templates.revision_id',
        )
        .select<(TemplateRow & RevisionRow)[]>(
          'template_revisions.*',
          'templates.name',
          'templates.available',
        );
      const knownBy = new Map(known.map(row => [row.name, row]));
      const changed: string[] = [];
      for (const { name, entityRef, content } of templates) {
        const hash = hashContent(entityRef, content);
        const before = knownBy.get(name);
        if (before?.content_hash === hash && before.available) {
          continue;
        }
        changed.push(name);
        let revisionId = before?.id;
        if (before?.content_hash !== hash) {
          revisionId = newId('revision');
          const inserted = await tx('template_revisions')
            .insert({
              id: revisionId,
              template: name,
              number: (before?.number ?? 0) + 1,
              entity_ref: entityRef,
              content_hash: hash,
              content: JSON.stringify(content),
              created_at: at,
            })
            // Two replicas provision the same change at once: the first one's revision holds.
            .onConflict(['template', 'number'])
            .ignore()
            .returning('id');
          if (!inserted.length) {
            continue;
          }
        }
        await tx('templates')
          .insert({
            name,
            revision_id: revisionId,
            available: true,
            updated_at: at,
          })
          .onConflict('name')
          .merge();
      }
      const names = new Set(templates.map(template => template.name));
      const gone = known.filter(row => row.available && !names.has(row.name));
      if (gone.length) {
        const goneNames = gone.map(row => row.name);
        await tx('templates')
          .whereIn('name', goneNames)
          .update({ available: false, updated_at: at });
        changed.push(...goneNames);
      }
      return changed;
    });
  }

  async listCurrent(): Promise<TemplateRevision[]> {
    const rows: RevisionRow[] = await this.#current().orderBy('templates.name');
    return rows.map(toRevision);
  }

  async getCurrent(name: string): Promise<TemplateRevision | undefined> {
    const row: RevisionRow | undefined = await this.#current()
      .where('templates.name', name)
      .first();
    return row && toRevision(row);
  }

  async getRevision(id: string): Promise<TemplateRevision> {
    const cached = this.#revisions.get(id);
    if (cached) {
      return cached;
    }
    const row = await this.#knex<RevisionRow>('template_revisions')
      .where({ id })
      .first();
    if (!row) {
      throw new Error(`the template revision '${id}' is missing`);
    }
    const revision = toRevision(row);
    this.#revisions.set(id, revision);
    return revision;
  }

  async statistics(since: Date): Promise<Map<string, TemplateStatistics>> {
    const counts: { template: string; state: TaskState; count: number }[] =
      await this.#knex('tasks')
        .where('created_at', '>=', since)
        .groupBy('template', 'state')
        .select('template', 'state')
        .count({ count: '*' });
    const result = new Map<string, TemplateStatistics>();
    for (const { template, state, count } of counts) {
      const of = result.get(template) ?? {
        tasks: 0,
        merged: 0,
        closed: 0,
        failed: 0,
      };
      of.tasks += Number(count);
      if (state === 'merged' || state === 'closed' || state === 'failed') {
        of[state] += Number(count);
      }
      result.set(template, of);
    }
    const runs: {
      template: string;
      confirmed_at: TimeValue;
      ended_at: TimeValue;
    }[] = await this.#knex('attempts')
      .join('tasks', 'tasks.id', 'attempts.task_id')
      .where('attempts.state', 'ended')
      .where('attempts.ended_at', '>=', since)
      .whereNotIn('tasks.state', ['failed', 'cancelled'])
      .orderBy('attempts.ended_at', 'desc')
      .limit(2000)
      .select('tasks.template', 'attempts.confirmed_at', 'attempts.ended_at');
    const seconds = new Map<string, number[]>();
    for (const run of runs) {
      const list = seconds.get(run.template) ?? [];
      list.push(
        (toDate(run.ended_at).getTime() - toDate(run.confirmed_at).getTime()) /
          1000,
      );
      seconds.set(run.template, list);
    }
    for (const [template, list] of seconds) {
      const of = result.get(template);
      if (of) {
        list.sort((a, b) => a - b);
        of.medianRunSeconds = list[Math.floor(list.length / 2)];
      }
    }
    return result;
  }

  #current(): Knex.QueryBuilder {
    return this.#knex('templates')
      .join(
        'template_revisions',
        'template_revisions.id',
        'templates.revision_id',
      )
      .where('templates.available', true)
      .select('template_revisions.*');
  }
}
