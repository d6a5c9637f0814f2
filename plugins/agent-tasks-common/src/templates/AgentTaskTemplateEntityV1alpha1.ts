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
    execution?: AgentTaskTemplateExecution;
    review?: AgentTaskTemplateReview;
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
