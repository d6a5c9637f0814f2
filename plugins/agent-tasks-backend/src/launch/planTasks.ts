import {
  Prompt,
  PromptVariables,
  renderPrompt,
  TaskComponent,
  TaskRepository,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  HostRepository,
  RepositoryRef,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { Lane } from '../policy/slots';
import { TemplateRevision } from '../templates/TemplateStore';
import { addLimits } from './limitsOfChange';

/** What the review of a change takes where its template does not say. */
const defaultReviewMinutes = 20;

/** A task of a plan, with what a launch stores. */
export interface ResolvedTask {
  repository: TaskRepository;
  repositoryRef: RepositoryRef;
  /** Entity ref of the team. */
  team: string;
  components: TaskComponent[];
  /** Title of the provider. */
  provider: string;
  providerId: string;
  account: string;
  lane: Lane;
  reviewMinutes: number;
  /** Renders the prompt: of many tasks a plan shows few. */
  renderPrompt(): Prompt;
}

/** What prompts tell of a component. */
export interface ComponentFacts {
  name: string;
  namespace: string;
  title: string;
  description: string;
  type: string;
  lifecycle: string;
}

/** A component for which a task can be planned. The entity itself is not kept. */
export interface Candidate {
  entityRef: string;
  /** The entity ref as it was asked for. */
  asked: string;
  facts: ComponentFacts;
  team: string;
  repository: RepositoryRef;
  /** Folder in the repository; absent for the whole of it. */
  path?: string;
}

/** Components that become one task. */
interface Group {
  repository: RepositoryRef;
  /** `undefined`: the host could not be asked. */
  host: HostRepository | undefined;
  members: Candidate[];
}

/** What prompts tell of an entity. */
export function factsOf({ metadata, spec }: Entity): ComponentFacts {
  const text = (value: unknown, otherwise: string) =>
    typeof value === 'string' ? value : otherwise;
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    title: metadata.title ?? metadata.name,
    description: metadata.description ?? 'no description',
    type: text(spec?.type, 'unknown'),
    lifecycle: text(spec?.lifecycle, 'unknown'),
  };
}

/**
 * Puts components together that become one task: those of one repository that one team answers for, or each alone where
 * the template says so.
 *
 * @param options.hostOf - what the host says of the repository of a component
 * @returns in the order of repositories, teams and components, which is that of the launch
 */
export function planTasks(options: {
  candidates: readonly Candidate[];
  hostOf: (candidate: Candidate) => HostRepository | undefined;
  template: TemplateRevision;
  parameters: JsonObject;
  provider: AgentProvider;
}): ResolvedTask[] {
  const { candidates, hostOf, template, parameters, provider } = options;
  const perRepository = template.batching?.perRepository ?? true;
  const groups = new Map<string, Group>();
  for (const candidate of candidates) {
    // After a rename components may name one repository in two ways: the host knows which one it is.
    const host = hostOf(candidate);
    const repository = host?.ref ?? candidate.repository;
    const key = [
      stringifyRepositoryRef(repository),
      candidate.team,
      ...(perRepository ? [] : [candidate.entityRef]),
    ].join('\n');
    const group = groups.get(key) ?? { repository, host, members: [] };
    group.members.push(candidate);
    groups.set(key, group);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => toTask({ group, template, parameters, provider }));
}

function toTask(options: {
  group: Group;
  template: TemplateRevision;
  parameters: JsonObject;
  provider: AgentProvider;
}): ResolvedTask {
  const { template, parameters, provider } = options;
  const { repository, host } = options.group;
  const members = options.group.members.sort((a, b) =>
    a.entityRef < b.entityRef ? -1 : 1,
  );
  const { team } = members[0];
  const url =
    host?.url ??
    `https://${repository.host}/${repository.owner}/${repository.name}`;
  return {
    repository: { ref: stringifyRepositoryRef(repository), url },
    repositoryRef: repository,
    team,
    components: members.map(({ entityRef, path }) => ({
      entityRef,
      ...(path && { path }),
    })),
    provider: provider.title,
    providerId: provider.id,
    account: provider.accountFor?.(repository) ?? provider.id,
    lane: template.review?.autoMerge ? 'auto' : 'review',
    reviewMinutes: template.review?.estimatedMinutes ?? defaultReviewMinutes,
    renderPrompt: () =>
      addLimits(
        renderPrompt({
          prompt: template.prompt,
          parameters,
          variables: variablesOf({ members, repository, url, team }),
        }),
        template,
      ),
  };
}

function variablesOf(options: {
  members: readonly Candidate[];
  repository: RepositoryRef;
  url: string;
  team: string;
}): PromptVariables {
  const { members, repository, url, team } = options;
  const join = (name: keyof ComponentFacts) =>
    [...new Set(members.map(({ facts }) => facts[name]))].join(', ');
  return {
    'component.metadata.name': join('name'),
    'component.metadata.namespace': join('namespace'),
    'component.metadata.title': join('title'),
    'component.metadata.description': join('description'),
    'component.spec.type': join('type'),
    'component.spec.lifecycle': join('lifecycle'),
    'component.entityRef': members.map(one => one.entityRef).join(', '),
    components: members
      .map(({ facts, path }) =>
        path ? `${facts.name} in ${path}` : facts.name,
      )
      .join(', '),
    'repository.owner': repository.owner,
    'repository.name': repository.name,
    'repository.url': url,
    team,
  };
}
