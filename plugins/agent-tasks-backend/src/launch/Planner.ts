import {
  Exclusion,
  Plan,
  PlannedTask,
  PlanOutline,
  PlanRequest,
  renderPrompt,
  TaskComponent,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  HostRepository,
  RepositoryRef,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Lane } from '../policy/slots';
import { Remotes } from '../remotes/Remotes';
import { TemplateRevision, TemplateStore } from '../templates/TemplateStore';
import { appliesTo } from './appliesTo';
import { exclude } from './exclusions';
import { resolveRepository } from './resolveRepository';
import { ownersOf, resolveTeam } from './resolveTeam';
import { validateParameters } from './validateParameters';

/** How long the host may take to tell of the repositories. */
const hostTimeoutMs = 15_000;

/** What the review of a change takes where its template does not say. */
const defaultReviewMinutes = 20;

const annotationEnabled = 'agent-tasks.io/enabled';

/** Says which of some components the caller may launch tasks on. */
export type PermittedComponents = (
  entityRefs: string[],
) => Promise<ReadonlySet<string>>;

/** A task of a plan, with what a launch stores beside what people see. */
export interface ResolvedTask extends Omit<PlannedTask, 'willStart' | 'hold'> {
  providerId: string;
  account: string;
  lane: Lane;
  reviewMinutes: number;
  repositoryRef: RepositoryRef;
}

/** A plan before it is compared with the queue. */
export interface ResolvedPlan {
  template: TemplateRevision;
  /** Validated, defaults filled in. */
  parameters: JsonObject;
  tasks: ResolvedTask[];
  excluded: Exclusion[];
  warnings: string[];
  outline: PlanOutline;
}

interface Found {
  entity: Entity;
  entityRef: string;
  /** The entity ref as it was asked for. */
  asked: string;
}

interface Candidate extends Found {
  team: string;
  repository: RepositoryRef;
  path?: string;
}

/** Components that become one task. */
interface Group {
  repository: RepositoryRef;
  /** `undefined`: the host could not be asked. */
  host: HostRepository | undefined;
  members: Candidate[];
}

/**
 * Resolves what a launch would do. Two requests to the catalog, whatever the number of components: the components, and
 * their owners.
 */
export class Planner {
  readonly #options: PlannerOptions;

  private constructor(options: PlannerOptions) {
    this.#options = options;
  }

  static create(options: PlannerOptions): Planner {
    return new Planner(options);
  }

  async resolve(options: {
    request: PlanRequest;
    credentials: BackstageCredentials;
    permitted: PermittedComponents;
  }): Promise<ResolvedPlan> {
    const { request, credentials, permitted } = options;
    const template = await this.#options.templates.getCurrent(request.template);
    if (!template) {
      throw new NotFoundError(
        `There is no template '${request.template}'. GET /templates lists those that there are.`,
      );
    }
    const parameters = validateParameters({
      template,
      parameters: request.parameters as JsonObject,
    });
    const provider = this.#providerFor(template);
    const refs = parseRefs(request.components);

    const excluded: Exclusion[] = [];
    const found = await this.#options.catalog.getEntitiesByRefs(
      { entityRefs: [...refs.keys()] },
      { credentials },
    );
    const entities: Found[] = [];
    [...refs].forEach(([entityRef, asked], index) => {
      const entity = found.items[index];
      if (entity) {
        entities.push({ entity, entityRef, asked });
      } else {
        excluded.push(exclude(asked, 'unknown-component'));
      }
    });

    const allowed = await permitted(entities.map(one => one.entityRef));
    const owners = await this.#readOwners(
      entities.map(one => one.entity),
      credentials,
    );
    const candidates: Candidate[] = [];
    for (const one of entities) {
      const candidate = this.#check({ ...one, allowed, owners, template });
      if ('reason' in candidate) {
        excluded.push(candidate);
      } else {
        candidates.push(candidate);
      }
    }

    const warnings: string[] = [];
    const repositories = await this.#readRepositories(candidates, warnings);
    const groups = new Map<string, Group>();
    for (const candidate of candidates) {
      const named = stringifyRepositoryRef(candidate.repository);
      const known = repositories.get(named);
      if (known === 'not-found') {
        excluded.push(
          exclude(candidate.asked, 'repository-not-found', {
            repository: named,
          }),
        );
      } else if (known !== 'unknown' && known?.archived) {
        excluded.push(
          exclude(candidate.asked, 'repository-archived', {
            repository: named,
          }),
        );
      } else {
        // After a rename components may name one repository in two ways: the host knows which one it is.
        const host = known === 'unknown' ? undefined : known;
        const repository = host?.ref ?? candidate.repository;
        // Components of one repository become one task; a team answers for each task alone.
        const key = `${stringifyRepositoryRef(repository)}\n${candidate.team}`;
        const group = groups.get(key) ?? { repository, host, members: [] };
        group.members.push(candidate);
        groups.set(key, group);
      }
    }

    const tasks = [...groups.values()].map(group =>
      toTask({ group, template, parameters, provider }),
    );
    tasks.sort((a, b) =>
      `${a.repository.ref} ${a.team}` < `${b.repository.ref} ${b.team}`
        ? -1
        : 1,
    );
    return {
      template,
      parameters,
      tasks,
      excluded,
      warnings,
      outline: {
        templateRevision: template.number,
        tasks: tasks.map(task => ({
          repository: task.repository.ref,
          team: task.team,
          components: task.components.map(component => component.entityRef),
        })),
      },
    };
  }

  #providerFor(template: TemplateRevision): AgentProvider {
    const { remotes } = this.#options;
    const wanted = template.agent?.provider;
    const provider = wanted ? remotes.provider(wanted) : remotes.providers[0];
    if (!provider) {
      throw new InputError(
        wanted
          ? `The template '${template.title}' wants the provider '${wanted}', which is not installed. Installed: ${
              remotes.providers.map(one => one.id).join(', ') || 'none'
            }.`
          : 'No provider is installed. Add a provider module, such as @agent-tasks/plugin-agent-tasks-backend-module-github, to the backend.',
      );
    }
    return provider;
  }

  async #readOwners(
    entities: Entity[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, Entity>> {
    const refs = [...new Set(entities.flatMap(ownersOf))];
    if (!refs.length) {
      return new Map();
    }
    const { items } = await this.#options.catalog.getEntitiesByRefs(
      {
        entityRefs: refs,
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
      },
      { credentials },
    );
    return new Map(
      refs.flatMap((ref, index) => {
        const owner = items[index];
        return owner ? [[ref, owner] as const] : [];
      }),
    );
  }

  #check(
    options: Found & {
      allowed: ReadonlySet<string>;
      owners: Map<string, Entity>;
      template: TemplateRevision;
    },
  ): Candidate | Exclusion {
    const { entity, entityRef, asked, allowed, owners, template } = options;
    const { remotes } = this.#options;
    if (!allowed.has(entityRef)) {
      return exclude(asked, 'not-permitted');
    }
    if (entity.metadata.annotations?.[annotationEnabled] === 'false') {
      return exclude(asked, 'opted-out');
    }
    const owned = resolveTeam({ entity, owners });
    if ('reason' in owned) {
      return exclude(asked, owned.reason, owned);
    }
    const resolved = resolveRepository(entity);
    if (!resolved) {
      return exclude(asked, 'no-repository');
    }
    if (!remotes.codeHostOf(resolved.repository.host)) {
      return exclude(asked, 'host-not-supported', {
        host: resolved.repository.host,
        hosts: remotes.codeHosts.map(codeHost => codeHost.host),
      });
    }
    if (!appliesTo({ filters: template.appliesTo, entity })) {
      return exclude(asked, 'template-does-not-apply', {
        template: template.title,
      });
    }
    return { entity, entityRef, asked, team: owned.team, ...resolved };
  }

  async #readRepositories(
    candidates: Candidate[],
    warnings: string[],
  ): Promise<Map<string, HostRepository | 'not-found' | 'unknown'>> {
    const { remotes } = this.#options;
    const result = new Map<string, HostRepository | 'not-found' | 'unknown'>();
    for (const codeHost of remotes.codeHosts) {
      const wanted = new Map(
        candidates
          .filter(candidate => candidate.repository.host === codeHost.host)
          .map(candidate => [
            stringifyRepositoryRef(candidate.repository),
            candidate.repository,
          ]),
      );
      if (!wanted.size) {
        continue;
      }
      try {
        const known = await codeHost.getRepositories({
          repositories: [...wanted.values()],
          signal: AbortSignal.timeout(hostTimeoutMs),
        });
        for (const ref of wanted.keys()) {
          result.set(ref, known.get(ref) ?? 'not-found');
        }
      } catch (error) {
        warnings.push(
          `Whether the repositories exist and are not archived could not be checked. ${remotes.explain(error)}`,
        );
        for (const ref of wanted.keys()) {
          result.set(ref, 'unknown');
        }
      }
    }
    return result;
  }
}

/** The full refs, each with how it was asked for; twice the same counts once. */
function parseRefs(components: string[]): Map<string, string> {
  const refs = new Map<string, string>();
  const wrong: string[] = [];
  for (const asked of components) {
    try {
      refs.set(
        stringifyEntityRef(
          parseEntityRef(asked, {
            defaultKind: 'Component',
            defaultNamespace: 'default',
          }),
        ),
        asked,
      );
    } catch {
      wrong.push(asked);
    }
  }
  if (wrong.length) {
    throw new InputError(
      `Not an entity ref: ${wrong
        .slice(0, 5)
        .map(one => `'${one}'`)
        .join(', ')}. Write it as component:default/name.`,
    );
  }
  return refs;
}

function toTask(options: {
  group: Group;
  template: TemplateRevision;
  parameters: JsonObject;
  provider: AgentProvider;
}): ResolvedTask {
  const { template, parameters, provider } = options;
  const { repository, host } = options.group;
  const group = [...options.group.members].sort((a, b) =>
    a.entityRef < b.entityRef ? -1 : 1,
  );
  const { team } = group[0];
  const url =
    host?.url ??
    `https://${repository.host}/${repository.owner}/${repository.name}`;
  const components: TaskComponent[] = group.map(({ entityRef, path }) => ({
    entityRef,
    ...(path && { path }),
  }));
  const join = (value: (entity: Entity) => unknown) =>
    [...new Set(group.map(({ entity }) => value(entity)))]
      .filter(one => typeof one === 'string')
      .join(', ');
  return {
    repository: { ref: stringifyRepositoryRef(repository), url },
    repositoryRef: repository,
    team,
    components,
    provider: provider.title,
    providerId: provider.id,
    account: provider.accountFor?.(repository) ?? provider.id,
    lane: template.review?.autoMerge ? 'auto' : 'review',
    reviewMinutes: template.review?.estimatedMinutes ?? defaultReviewMinutes,
    prompt: renderPrompt({
      prompt: template.prompt,
      parameters,
      variables: {
        'component.metadata.name': join(entity => entity.metadata.name),
        'component.metadata.namespace': join(
          entity => entity.metadata.namespace ?? 'default',
        ),
        'component.metadata.title': join(
          entity => entity.metadata.title ?? entity.metadata.name,
        ),
        'component.metadata.description': join(
          entity => entity.metadata.description ?? 'no description',
        ),
        'component.spec.type': join(entity => entity.spec?.type ?? 'unknown'),
        'component.spec.lifecycle': join(
          entity => entity.spec?.lifecycle ?? 'unknown',
        ),
        'component.entityRef': group.map(one => one.entityRef).join(', '),
        components: group
          .map(({ entity, path }) =>
            path ? `${entity.metadata.name} in ${path}` : entity.metadata.name,
          )
          .join(', '),
        'repository.owner': repository.owner,
        'repository.name': repository.name,
        'repository.url': url,
        team,
      },
    }),
  };
}

/** A plan as the API shows it. */
export function toPlan(resolved: ResolvedPlan, tasks: PlannedTask[]): Plan {
  const { template, excluded, warnings, outline } = resolved;
  return {
    template: {
      name: template.template,
      title: template.title,
      revision: template.number,
    },
    tasks,
    excluded,
    warnings,
    outline,
  };
}

export interface PlannerOptions {
  catalog: CatalogService;
  templates: TemplateStore;
  remotes: Remotes;
}
