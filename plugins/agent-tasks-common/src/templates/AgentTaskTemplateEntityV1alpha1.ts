import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';

/** @public */
export const AGENT_TASK_TEMPLATE_API_VERSION = 'agent-tasks.io/v1alpha1';

/** @public */
export const AGENT_TASK_TEMPLATE_KIND = 'AgentTaskTemplate';

/**
 * A recipe for agent tasks: what to ask of whoever launches it, and the prompt that comes of it.
 *
 * @public
 */
export interface AgentTaskTemplateEntityV1alpha1 extends Entity {
  apiVersion: typeof AGENT_TASK_TEMPLATE_API_VERSION;
  kind: typeof AGENT_TASK_TEMPLATE_KIND;
  spec: {
    /** What kind of work it is, such as `dependency` or `lint`. Free to choose; lists group by it. */
    type: string;
    /** Entity ref of the group or user that answers for the template; the kind defaults to Group. */
    owner: string;
    /** JSON Schema (draft 7) of type `object`: the form that a launch fills in. */
    parameters: JsonObject;
    /** The prompt, with `${{ … }}` where parameters, component and repository are put in. */
    prompt: string;
    agent?: AgentTaskTemplateAgent;
    constraints?: AgentTaskTemplateConstraints;
    execution?: AgentTaskTemplateExecution;
    review?: AgentTaskTemplateReview;
    batching?: AgentTaskTemplateBatching;
    rollout?: AgentTaskTemplateRollout;
    /**
     * Catalog filters: the template may be launched for entities that match at least one of them. Without any it may be
     * launched for every component.
     */
    appliesTo?: AgentTaskTemplateFilter[];
  };
}

/**
 * Which agent does the work, and how.
 *
 * @public
 */
export type AgentTaskTemplateAgent = {
  /** The id of a provider, such as `github-copilot`; without it the portal's default. */
  provider?: string;
  /** The provider's name of a model; without it the provider's default. */
  model?: string;
  /** The name of a custom agent of the repository. */
  customAgent?: string;
  /** The branch to start from; without it the repository's default branch. */
  baseBranch?: string;
};

/**
 * What a change of the template may hold.
 *
 * @public
 */
export type AgentTaskTemplateConstraints = {
  /** Globs of the only files that a change may touch, such as `src/**`; without them all files. */
  allowedPaths?: string[];
  /** Globs of files that a change may not touch, such as `.github/**`; they win over `allowedPaths`. */
  forbiddenPaths?: string[];
  maxChangedFiles?: number;
  /** Lines added and lines deleted, together. */
  maxChangedLines?: number;
  /** Globs of names of secrets, such as `*PROD*`, that the agent must not be able to read. */
  forbiddenSecrets?: string[];
};

/**
 * How long and how often an agent may try, and how long a task may wait. Without a time there is no deadline.
 *
 * @public
 */
export type AgentTaskTemplateExecution = {
  /** How long one attempt may run, in seconds. */
  timeoutSeconds?: number;
  /** How many attempts one task may take, the first one included. Default: 1. */
  maxAttempts?: number;
  /** How long a task may wait in the queue, in seconds. */
  queueTimeoutSeconds?: number;
  /** How long its change may be in review, in seconds. */
  reviewTimeoutSeconds?: number;
  /** Its place among the tasks of its team; a level is worth an hour of waiting. Default: `normal`. */
  priority?: 'low' | 'normal' | 'high';
};

/**
 * What a change needs before it is merged.
 *
 * @public
 */
export type AgentTaskTemplateReview = {
  /**
   * A change that turns out to be of low risk may be merged without a person. Its tasks then never wait behind reviews.
   * Default: false.
   */
  autoMerge?: boolean;
  /** What one review takes a person, in minutes: counted against the team's review budget. Default: 20. */
  estimatedMinutes?: number;
  /** Entity refs of users or groups that review its changes; without them who owns the code. */
  reviewers?: string[];
  /** The change is held as a draft until somebody approves that it goes to review. Default: false. */
  requireApproval?: boolean;
  /** How many people have to approve a change before it may be merged. Default: 1. */
  minApprovals?: number;
};

/**
 * What becomes one task.
 *
 * @public
 */
export type AgentTaskTemplateBatching = {
  /**
   * Components that share a repository (and a team) become one task with one change. `false`: each becomes one of its own.
   * Default: true.
   */
  perRepository?: boolean;
  /**
   * How long a task waits for others of this template and repository to join it, in seconds. Default: 0, not at all.
   */
  windowSeconds?: number;
};

/**
 * In which waves a campaign goes, and what stops it.
 *
 * @public
 */
export type AgentTaskTemplateRollout = {
  /**
   * How many tasks have been released when each wave has: a number of tasks, or a share such as `25%`. Ascending; the last
   * is `100%`. Without waves all tasks are released at once.
   */
  waves?: (number | string)[];
  /** Whether the next wave follows by itself, or after somebody approved it. Default: `automatic`. */
  continue?: 'automatic' | 'approval';
  /** How long the campaign waits after all tasks of a wave have settled, in seconds. Default: 0. */
  soakSeconds?: number;
  stopOn?: AgentTaskTemplateStopRules;
};

/**
 * Shares of the settled tasks of the released waves, in percent, beyond which no further wave is released.
 *
 * @public
 */
export type AgentTaskTemplateStopRules = {
  /** Tasks that failed. */
  failedPercent?: number;
  /** Changes that were closed without a merge. */
  closedPercent?: number;
  /** Changes that were merged and reverted. */
  revertedPercent?: number;
  /** Changes whose checks failed. */
  checksFailedPercent?: number;
  /** As long as fewer tasks have settled no rule stops anything. Default: 1. */
  minTasks?: number;
};

/**
 * A catalog filter: every key must match, and a key with several values matches with any of them.
 *
 * @public
 */
export type AgentTaskTemplateFilter = Record<string, string | string[]>;

/**
 * Whether an entity says that it is a template. Its shape is known only once it was validated by
 * {@link agentTaskTemplateSchema}; the catalog holds none that was not.
 *
 * @public
 */
export function isAgentTaskTemplate(
  entity: Entity,
): entity is AgentTaskTemplateEntityV1alpha1 {
  return (
    entity.apiVersion === AGENT_TASK_TEMPLATE_API_VERSION &&
    entity.kind === AGENT_TASK_TEMPLATE_KIND
  );
}
