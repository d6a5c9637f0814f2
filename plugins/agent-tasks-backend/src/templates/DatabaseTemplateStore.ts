import { createHash } from 'node:crypto';
import {
  TemplateOrigin,
  TemplateStatistics,
} from '@agent-tasks/plugin-agent-tasks-common';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { TimeValue, toDate, toOptionalDate } from '../database/rows';
import { canonicalJson } from '../launch/canonicalJson';
import { readTemplateStatistics } from './readTemplateStatistics';
import {
  ProvisionedChange,
  ProvisionedTemplate,
  StoredRevision,
  StoredTemplate,
  TemplateContent,
  TemplateRevision,
  TemplateStore,
} from './TemplateStore';

interface RevisionRow {
  id: string;
  template: string;
  number: number;
  entity_ref: string;
  content_hash: string;
  content: string;
  yaml: string | null;
  created_at: TimeValue;
  created_by: string | null;
  draft: boolean | number;
}

interface TemplateRow {
  name: string;
  revision_id: string;
  available: boolean | number;
  origin: TemplateOrigin;
  source_url: string | null;
  archived_at: TimeValue | null;
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

function toStoredRevision(row: RevisionRow): StoredRevision {
  return {
    revision: toRevision(row),
    createdAt: toDate(row.created_at),
    ...(row.created_by !== null && { createdBy: row.created_by }),
    draft: Boolean(row.draft),
    ...(row.yaml !== null && { yaml: row.yaml }),
  };
}

function toTemplate(row: TemplateRow & RevisionRow): StoredTemplate {
  return {
    name: row.name,
    origin: row.origin,
    ...(row.source_url !== null && { sourceUrl: row.source_url }),
    available: Boolean(row.available),
    archivedAt: toOptionalDate(row.archived_at),
    current: toStoredRevision(row),
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

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#knex.transaction(work);
  }

  async provision(options: {
    templates: ProvisionedTemplate[];
    at: Date;
    record?: (tx: Transaction, changes: ProvisionedChange[]) => Promise<void>;
  }): Promise<{ changed: string[]; taken: string[] }> {
    const { templates, at, record } = options;
    return this.#knex.transaction(async tx => {
      const known: (TemplateRow & RevisionRow)[] = await this.#all(tx);
      const knownBy = new Map(known.map(row => [row.name, row]));
      const changes: ProvisionedChange[] = [];
      const taken: string[] = [];
      for (const template of templates) {
        const before = knownBy.get(template.name);
        if (before?.origin === 'portal' && before.archived_at === null) {
          taken.push(template.name);
        } else {
          const change = await this.#provisionOne(tx, { template, before, at });
          changes.push(...(change ? [change] : []));
        }
      }
      const names = new Set(templates.map(template => template.name));
      const gone = known.filter(
        row =>
          row.origin === 'catalog' && row.available && !names.has(row.name),
      );
      if (gone.length) {
        await tx('templates')
          .whereIn(
            'name',
            gone.map(row => row.name),
          )
          .update({ available: false, updated_at: at });
        changes.push(
          ...gone.map(row => ({
            name: row.name,
            change: 'removed' as const,
            revision: row.number,
          })),
        );
      }
      if (changes.length) {
        await record?.(tx, changes);
      }
      return { changed: changes.map(({ name }) => name), taken };
    });
  }

  async #provisionOne(
    tx: Transaction,
    options: {
      template: ProvisionedTemplate;
      before: (TemplateRow & RevisionRow) | undefined;
      at: Date;
    },
  ): Promise<ProvisionedChange | undefined> {
    const { template, before, at } = options;
    const { name, entityRef, content, sourceUrl } = template;
    const hash = hashContent(entityRef, content);
    const isSame = before?.content_hash === hash;
    if (isSame && before.available && before.origin === 'catalog') {
      if ((before.source_url ?? undefined) !== sourceUrl) {
        await tx('templates')
          .where({ name })
          .update({ source_url: sourceUrl ?? null });
      }
      return undefined;
    }
    let revisionId = before?.id;
    let number = before?.number ?? 0;
    if (!isSame) {
      number = (await this.#lastNumber(tx, name)) + 1;
      revisionId = await this.#insertRevision(tx, {
        name,
        number,
        entityRef,
        content,
        hash,
        at,
      });
      if (!revisionId) {
        // Another replica provisions the same change at this moment: its revision holds.
        return undefined;
      }
    }
    await tx('templates')
      .insert({
        name,
        revision_id: revisionId,
        available: true,
        origin: 'catalog',
        source_url: sourceUrl ?? null,
        archived_at: null,
        updated_at: at,
      })
      .onConflict('name')
      .merge();
    const change = isSame ? 'returned' : 'revised';
    return { name, change: before ? change : 'added', revision: number };
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

  async list(options: { archived: boolean }): Promise<StoredTemplate[]> {
    const rows: (TemplateRow & RevisionRow)[] = await this.#all(this.#knex)
      .where(found => {
        found.where('templates.available', true);
        if (options.archived) {
          found.orWhereNotNull('templates.archived_at');
        }
      })
      .orderBy('templates.name');
    return rows.map(toTemplate);
  }

  async find(
    name: string,
    tx?: Transaction,
  ): Promise<StoredTemplate | undefined> {
    if (tx) {
      await tx('templates').where({ name }).forUpdate().select('name');
    }
    const row: (TemplateRow & RevisionRow) | undefined = await this.#all(
      tx ?? this.#knex,
    )
      .where('templates.name', name)
      .first();
    return row && toTemplate(row);
  }

  async listRevisions(name: string): Promise<StoredRevision[]> {
    const rows = await this.#knex<RevisionRow>('template_revisions')
      .where({ template: name })
      .orderBy('number', 'desc');
    return rows.map(toStoredRevision);
  }

  async findRevision(
    name: string,
    number: number,
  ): Promise<StoredRevision | undefined> {
    const row = await this.#knex<RevisionRow>('template_revisions')
      .where({ template: name, number })
      .first();
    return row && toStoredRevision(row);
  }

  async addRevision(
    tx: Transaction,
    options: {
      name: string;
      entityRef: string;
      content: TemplateContent;
      yaml: string;
      draft: boolean;
      by: string;
      at: Date;
    },
  ): Promise<StoredRevision> {
    const { name, entityRef, content, draft, by, at } = options;
    const number = (await this.#lastNumber(tx, name)) + 1;
    const id = await this.#insertRevision(tx, {
      ...options,
      number,
      hash: hashContent(entityRef, content),
    });
    if (!id) {
      throw new ConflictError(
        `Somebody has written a revision of '${name}' at this moment. Load it, compare, and save again.`,
      );
    }
    if (!draft) {
      await tx('templates')
        .insert({
          name,
          revision_id: id,
          available: true,
          origin: 'portal',
          source_url: null,
          archived_at: null,
          updated_at: at,
        })
        .onConflict('name')
        .merge();
    }
    return {
      revision: { ...content, id, template: name, number, entityRef },
      createdAt: at,
      createdBy: by,
      draft,
      yaml: options.yaml,
    };
  }

  async setArchived(
    tx: Transaction,
    options: { name: string; archived: boolean; at: Date },
  ): Promise<void> {
    const { name, archived, at } = options;
    await tx('templates')
      .where({ name, origin: 'portal' })
      .update({
        available: !archived,
        archived_at: archived ? at : null,
        updated_at: at,
      });
  }

  async statistics(since: Date): Promise<Map<string, TemplateStatistics>> {
    return readTemplateStatistics(this.#knex, {
      by: 'template',
      only: tasks => tasks.where('tasks.created_at', '>=', since),
    });
  }

  async revisionStatistics(
    name: string,
  ): Promise<Map<string, TemplateStatistics>> {
    return readTemplateStatistics(this.#knex, {
      by: 'template_revision_id',
      only: tasks => tasks.where('tasks.template', name),
    });
  }

  async #insertRevision(
    tx: Transaction,
    options: {
      name: string;
      number: number;
      entityRef: string;
      content: TemplateContent;
      hash: string;
      yaml?: string;
      draft?: boolean;
      by?: string;
      at: Date;
    },
  ): Promise<string | undefined> {
    const id = newId('revision');
    const inserted = await tx('template_revisions')
      .insert({
        id,
        template: options.name,
        number: options.number,
        entity_ref: options.entityRef,
        content_hash: options.hash,
        content: JSON.stringify(options.content),
        yaml: options.yaml,
        draft: options.draft ?? false,
        created_by: options.by,
        created_at: options.at,
      })
      .onConflict(['template', 'number'])
      .ignore()
      .returning('id');
    return inserted.length ? id : undefined;
  }

  async #lastNumber(tx: Transaction, name: string): Promise<number> {
    const [{ last }] = await tx('template_revisions')
      .where({ template: name })
      .max({ last: 'number' });
    return Number(last ?? 0);
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

  #all(knex: Knex): Knex.QueryBuilder {
    return knex('templates')
      .join(
        'template_revisions',
        'template_revisions.id',
        'templates.revision_id',
      )
      .select(
        'template_revisions.*',
        'templates.name',
        'templates.available',
        'templates.origin',
        'templates.source_url',
        'templates.archived_at',
      );
  }
}
