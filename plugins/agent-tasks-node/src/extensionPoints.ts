import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { AgentProvider } from './AgentProvider';
import { CodeHost } from './CodeHost';
import { RepositoryRef } from './RepositoryRef';

/**
 * Lets a module bring an agent.
 *
 * @public
 */
export interface AgentTasksProvidersExtensionPoint {
  addProvider(provider: AgentProvider): void;
}

/** @public */
export const agentTasksProvidersExtensionPoint =
  createExtensionPoint<AgentTasksProvidersExtensionPoint>({
    id: 'agent-tasks.providers',
  });

/**
 * Lets a module bring a code host.
 *
 * @public
 */
export interface AgentTasksCodeHostsExtensionPoint {
  addCodeHost(codeHost: CodeHost): void;
}

/** @public */
export const agentTasksCodeHostsExtensionPoint =
  createExtensionPoint<AgentTasksCodeHostsExtensionPoint>({
    id: 'agent-tasks.code-hosts',
  });

/**
 * Lets a module pass on what a remote system said of a change, so that it is read at once. A hint only: what it says
 * is never believed, the change is read from its host.
 *
 * @public
 */
export interface AgentTasksHintsExtensionPoint {
  /** Passes a hint on; before the backend has started it is dropped, since polling finds the change. */
  hint(hint: AgentTasksHint): void;
}

/**
 * What there is a reason to read: one change, open changes of a repository, or what runs at the providers.
 *
 * @public
 */
export type AgentTasksHint =
  | { type: 'change'; globalId: string }
  | {
      type: 'changes';
      repository: RepositoryRef;
      /** Only those of these branches. */
      headBranches?: string[];
    }
  | { type: 'tasks' };

/** @public */
export const agentTasksHintsExtensionPoint =
  createExtensionPoint<AgentTasksHintsExtensionPoint>({
    id: 'agent-tasks.hints',
  });

/**
 * Something that happened elsewhere, told by a sender that the module has verified.
 *
 * @public
 */
export interface AgentTasksEvent {
  /** Where it comes from, such as `github`. */
  source: string;
  /** The kind of event, such as `push`. */
  kind: string;
  /** The host of the repositories that it names, such as `github.com`. */
  host: string;
  /** As the sender wrote it. */
  payload: unknown;
}

/**
 * Lets a module pass on what happened elsewhere, for the triggers that launch tasks on it. The same event may be passed on
 * more than once, by any replica: a trigger takes it once.
 *
 * @public
 */
export interface AgentTasksEventsExtensionPoint {
  /** Resolves once the event is noted; before the backend has started it is dropped. */
  publish(event: AgentTasksEvent): Promise<void>;
}

/** @public */
export const agentTasksEventsExtensionPoint =
  createExtensionPoint<AgentTasksEventsExtensionPoint>({
    id: 'agent-tasks.events',
  });
