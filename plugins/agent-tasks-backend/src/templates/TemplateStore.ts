import {
  AgentTaskTemplateAgent,
  AgentTaskTemplateBatching,
  AgentTaskTemplateConstraints,
  AgentTaskTemplateExecution,
  AgentTaskTemplateFilter,
  AgentTaskTemplateReview,
  AgentTaskTemplateRollout,
  TemplateOrigin,
  TemplateStatistics,
} from '@agent-tasks/plugin-agent-tasks-common';
import { JsonObject } from '@backstage/types';
import { Transaction } from '../database/connect';

/** What a revision of a template holds. */
export interface TemplateContent {
  title: string;
  description?: string;
  type: string;
  owner: string;
  tags: string[];
  parameters: JsonObject;
  prompt: string;
  agent?: AgentTaskTemplateAgent;
  constraints?: AgentTaskTemplateConstraints;
  execution?: AgentTaskTemplateExecution;
  review?: AgentTaskTemplateReview;
  batching?: AgentTaskTemplateBatching;
  rollout?: AgentTaskTemplateRollout;
  appliesTo?: AgentTaskTemplateFilter[];
}

/** An immutable revision of a template. */
export interface TemplateRevision extends TemplateContent {
  id: string;
  /** Name of the template in the API: its entity's name, below its namespace unless that is the default one. */
  template: string;
  /** 1, 2, 3, … */
  number: number;
  entityRef: string;
}

/** A revision, and how it came to be. */
export interface StoredRevision {
  revision: TemplateRevision;
  createdAt: Date;
  /** Absent where it came from the catalog. */
  createdBy?: string;
  /** It was written to be tried alone. */
  draft: boolean;
  /** As it was written; absent where it came from the catalog. */
  yaml?: string;
}

/** A template, and where it comes from. */
export interface StoredTemplate {
  name: string;
  origin: TemplateOrigin;
  /** Of one from the catalog: where its source can be read. */
  sourceUrl?: string;
  /** It can be launched: the catalog holds it, or it is of the portal and not archived. */
  available: boolean;
  archivedAt?: Date;
  /** The revision that a launch uses. */
  current: StoredRevision;
}

/** Something that became of a template when it was taken over from the catalog. */
export interface ProvisionedChange {
  name: string;
  change: 'added' | 'revised' | 'removed' | 'returned';
  /** The number of the revision that is current now. */
  revision: number;
}

/** A template as a source holds it now. */
export interface ProvisionedTemplate {
  name: string;
  entityRef: string;
  content: TemplateContent;
  sourceUrl?: string;
}

/** Templates and their revisions, whose contents never change. */
export interface TemplateStore {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;

  /**
   * Takes over all templates that a source holds now. Changed ones get a new revision; those that it holds no more
   * cannot be launched any more. Those of the portal are left alone, unless they are archived: then the source has the
   * name.
   */
  provision(options: {
    templates: ProvisionedTemplate[];
    at: Date;
    /** Writes down what changes, in the same transaction. */
    record?: (tx: Transaction, changes: ProvisionedChange[]) => Promise<void>;
  }): Promise<{
    /** The names of templates that were added, changed or removed. */
    changed: string[];
    /** Names that templates of the portal have. */
    taken: string[];
  }>;

  /** The newest revisions of the templates that can be launched, by name. */
  listCurrent(): Promise<TemplateRevision[]>;

  getCurrent(name: string): Promise<TemplateRevision | undefined>;

  /** @throws Error where there is none: revisions are never deleted. */
  getRevision(id: string): Promise<TemplateRevision>;

  /** Those that can be launched, by name; perhaps also those that were archived. */
  list(options: { archived: boolean }): Promise<StoredTemplate[]>;

  /** Also one that can no longer be launched. In a transaction it is locked until the end of it. */
  find(name: string, tx?: Transaction): Promise<StoredTemplate | undefined>;

  /** The newest first. */
  listRevisions(name: string): Promise<StoredRevision[]>;

  findRevision(
    name: string,
    number: number,
  ): Promise<StoredRevision | undefined>;

  /**
   * Writes a revision with the next number. Unless it is a draft it becomes the one that is launched. The first revision
   * makes the template.
   *
   * @throws ConflictError where somebody wrote one at the same moment
   */
  addRevision(
    tx: Transaction,
    revision: {
      name: string;
      entityRef: string;
      content: TemplateContent;
      yaml: string;
      draft: boolean;
      by: string;
      at: Date;
    },
  ): Promise<StoredRevision>;

  /** Takes a template of the portal out of use, or brings it back. */
  setArchived(
    tx: Transaction,
    options: { name: string; archived: boolean; at: Date },
  ): Promise<void>;

  /** Counts by template of the tasks that were launched since a time. */
  statistics(since: Date): Promise<Map<string, TemplateStatistics>>;

  /** Counts by the id of a revision, of all tasks of a template. */
  revisionStatistics(name: string): Promise<Map<string, TemplateStatistics>>;
}
