import {
  AgentTaskTemplateAgent,
  AgentTaskTemplateBatching,
  AgentTaskTemplateConstraints,
  AgentTaskTemplateExecution,
  AgentTaskTemplateFilter,
  AgentTaskTemplateReview,
  AgentTaskTemplateRollout,
} from '@agent-tasks/plugin-agent-tasks-common';
import { JsonObject } from '@backstage/types';

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
  execution?: AgentTaskTemplateExecution;
  review?: AgentTaskTemplateReview;
  constraints?: AgentTaskTemplateConstraints;
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

/** Counts of a template's tasks. */
export interface TemplateStatistics {
  tasks: number;
  merged: number;
  closed: number;
  failed: number;
  medianRunSeconds?: number;
}

/** Templates and their revisions, whose contents never change. */
export interface TemplateStore {
  /**
   * Takes over all templates that a source holds now. Changed ones get a new revision; those that it holds no more
   * cannot be launched any more. Returns the names of templates that were added, changed or removed.
   */
  provision(options: {
    templates: { name: string; entityRef: string; content: TemplateContent }[];
    at: Date;
  }): Promise<string[]>;

  /** The newest revisions of the templates that can be launched, by name. */
  listCurrent(): Promise<TemplateRevision[]>;

  getCurrent(name: string): Promise<TemplateRevision | undefined>;

  /** @throws Error where there is none: revisions are never deleted. */
  getRevision(id: string): Promise<TemplateRevision>;

  /** Counts by template of the tasks that were launched since a time. */
  statistics(since: Date): Promise<Map<string, TemplateStatistics>>;
}
