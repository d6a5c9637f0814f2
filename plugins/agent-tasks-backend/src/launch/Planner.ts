import {
  agentTaskApprovePermission,
  Exclusion,
  PlanOutline,
  PlanRequest,
  PlannedGate,
  Priority,
  Rollout,
  Selection,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  RepositoryRef,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Remotes } from '../remotes/Remotes';
import { TemplateRevision, TemplateStore } from '../templates/TemplateStore';
import { ComponentCatalog } from './CallerCatalog';
import { appliesTo } from './appliesTo';
import { checkRollout } from './checkRollout';
import { fieldsFor } from './componentFields';
import { ComponentReader, FoundComponent } from './ComponentReader';
import { exclude } from './exclusions';
import { gatesOf } from './gatesOf';
import { outlineOf } from './planOutline';
import { Candidate, factsOf, planTasks, ResolvedTask } from './planTasks';
import { KnownRepository, RepositoryReader } from './RepositoryReader';
import { resolveRepository } from './resolveRepository';
import { ownersOf, resolveTeam } from './resolveTeam';
import { validateParameters } from './validateParameters';
import { readWanted } from './wantedComponents';

export type { ResolvedTask } from './planTasks';

const annotationEnabled = 'agent-tasks.io/enabled';

/** Says which of some components the caller may launch tasks on. */
export interface PermittedComponents {
  /**
   * @param entities - the same components as the catalog has them, with kind, relations, annotations and labels
   */
  (
    entityRefs: string[],
    entities?: ReadonlyMap<string, Entity>,
  ): Promise<ReadonlySet<string>>;

  /** Whether the caller may raise the priority of tasks of these teams; without it: no. */
  mayRaise?(teams: readonly string[]): Promise<boolean>;
}

/** The lowest first. */
const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];

/** A plan before it is compared with the queue. */
export interface ResolvedPlan {
  template: TemplateRevision;
  /** Validated, defaults filled in. */
  parameters: JsonObject;
  /** As they are launched: wave by wave they begin in this order. */
  tasks: ResolvedTask[];
  excluded: Exclusion[];
  warnings: string[];
  outline: PlanOutline;
  /** What each change needs before it is reviewed or merged. */
  gates: PlannedGate[];
  /** Of the request, else of the template. */
  priority: Priority;
  /** Of the request, else of the template. */
  rollout: Rollout;
  /** How the components were chosen, where they were not named. */
  selection?: Selection;
}

/** A component before the team that owns it is known. */
interface Located extends Omit<Candidate, 'team'> {
  owners: string[];
}

/** Or why it is left out, if it has an owner at all. */
type Checked = Located | { owners: string[]; asked: string; later: Exclusion };

/**
 * Resolves what a launch would do: a request to the catalog for each 1,000 components, and one for their owners.
 */
export class Planner {
  readonly #options: PlannerOptions;
  readonly #components: ComponentReader;
  readonly #repositories: RepositoryReader;

  private constructor(options: PlannerOptions) {
    this.#options = options;
    this.#components = ComponentReader.create(options);
    this.#repositories = RepositoryReader.create(options);
  }

  static create(options: PlannerOptions): Planner {
    return new Planner(options);
  }

  /**
   * @param options.template - a revision that is not stored, as for a preview; default: the one that the request names
   * @throws InputError where the request can never be planned, NotFoundError where there is no such template
   */
  async resolve(options: {
    request: PlanRequest;
    credentials: BackstageCredentials;
    permitted: PermittedComponents;
    template?: TemplateRevision;
  }): Promise<ResolvedPlan> {
    const { request, credentials, permitted } = options;
    const wanted = readWanted(request);
    checkRollout(request.rollout ?? {});
    const template = options.template ?? (await this.#chooseTemplate(request));
    const parameters = validateParameters({
      template,
      parameters: request.parameters as JsonObject,
    });
    const provider = this.#providerFor(template);

    const excluded: Exclusion[] = [];
    const checked: Checked[] = [];
    const pages = this.#components.read({
      wanted,
      fields: fieldsFor(template),
      credentials,
    });
    for await (const { found, unknown } of pages) {
      excluded.push(...unknown.map(one => exclude(one, 'unknown-component')));
      const allowed = await permitted(
        found.map(one => one.entityRef),
        new Map(found.map(one => [one.entityRef, one.entity])),
      );
      for (const one of found) {
        const result = this.#check(one, { allowed, template });
        if ('reason' in result) {
          excluded.push(result);
        } else {
          checked.push(result);
        }
      }
    }

    const owned = await this.#findTeams(checked, { excluded, credentials });
    const { known, warnings } = await this.#repositories.read({
      repositories: owned.map(one => one.repository),
    });
    const candidates = owned.filter(one => {
      const problem = findRepositoryProblem(one, known);
      if (problem) {
        excluded.push(problem);
      }
      return !problem;
    });
    const tasks = planTasks({
      candidates,
      hostOf: ({ repository }) => {
        const host = known.get(stringifyRepositoryRef(repository));
        return typeof host === 'object' ? host : undefined;
      },
      template,
      parameters,
      provider,
    });
    return {
      template,
      parameters,
      tasks,
      excluded,
      warnings,
      outline: outlineOf({
        templateRevision: template.number,
        tasks: tasks.map(task => ({
          repository: task.repository.ref,
          team: task.team,
          components: task.components.map(component => component.entityRef),
        })),
      }),
      gates: gatesOf(template),
      priority: await choosePriority({ request, template, tasks, permitted }),
      rollout: request.rollout ?? template.rollout ?? {},
      ...(request.selection && { selection: request.selection }),
    };
  }

  async #chooseTemplate({
    template: name,
    revision,
  }: PlanRequest): Promise<TemplateRevision> {
    const { templates } = this.#options;
    const current = await templates.getCurrent(name);
    if (revision === undefined || revision === current?.number) {
      if (!current) {
        throw new NotFoundError(
          `There is no template '${name}'. GET /templates lists those that there are.`,
        );
      }
      return current;
    }
    const found = await templates.findRevision(name, revision);
    // A draft may be tried before any revision of its template can be launched.
    if (!found || !(current || found.draft)) {
      throw new NotFoundError(
        `There is no revision ${revision} of a template '${name}' that can be launched. GET /templates/${name}/revisions lists those that there are.`,
      );
    }
    return found.revision;
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

  #check(
    { entity, entityRef, asked }: FoundComponent,
    context: { allowed: ReadonlySet<string>; template: TemplateRevision },
  ): Checked | Exclusion {
    const { allowed, template } = context;
    const { remotes } = this.#options;
    if (!allowed.has(entityRef)) {
      return exclude(asked, 'not-permitted');
    }
    if (entity.metadata.annotations?.[annotationEnabled] === 'false') {
      return exclude(asked, 'opted-out');
    }
    const owners = ownersOf(entity);
    const leaveOut = (...why: Parameters<typeof exclude>) => ({
      owners,
      asked,
      later: exclude(...why),
    });
    const resolved = resolveRepository(entity);
    if (!resolved) {
      return leaveOut(asked, 'no-repository');
    }
    if (!remotes.codeHostOf(resolved.repository.host)) {
      return leaveOut(asked, 'host-not-supported', {
        host: resolved.repository.host,
        hosts: remotes.codeHosts.map(codeHost => codeHost.host),
      });
    }
    if (!appliesTo({ filters: template.appliesTo, entity })) {
      return leaveOut(asked, 'template-does-not-apply', {
        template: template.title,
      });
    }
    return { entityRef, asked, owners, facts: factsOf(entity), ...resolved };
  }

  /** That nobody answers for a component is told before anything else that is wrong with it. */
  async #findTeams(
    checked: readonly Checked[],
    context: { excluded: Exclusion[]; credentials: BackstageCredentials },
  ): Promise<Candidate[]> {
    const { excluded, credentials } = context;
    const refs = [...new Set(checked.flatMap(one => one.owners))];
    const owners = await this.#components.readOwners(refs, credentials);
    const owned: Candidate[] = [];
    for (const one of checked) {
      const found = resolveTeam({ refs: one.owners, owners });
      if ('reason' in found) {
        excluded.push(exclude(one.asked, found.reason, found));
      } else if ('later' in one) {
        excluded.push(one.later);
      } else {
        const { owners: _, ...rest } = one;
        owned.push({ ...rest, team: found.team });
      }
    }
    return owned;
  }
}

/** A priority above that of the template takes the place of others' tasks: who may approve may do that. */
async function choosePriority(options: {
  request: PlanRequest;
  template: TemplateRevision;
  tasks: readonly ResolvedTask[];
  permitted: PermittedComponents;
}): Promise<Priority> {
  const { request, template, tasks, permitted } = options;
  const own = template.execution?.priority ?? 'normal';
  const { priority = own } = request;
  if (priorities.indexOf(priority) > priorities.indexOf(own)) {
    const teams = [...new Set(tasks.map(task => task.team))];
    if (!(await permitted.mayRaise?.(teams))) {
      throw new NotAllowedError(
        `You may not launch with the priority '${priority}'; the template's is '${own}'. Leave it out, or ask somebody with the permission ${agentTaskApprovePermission.name} on ${teams.slice(0, 5).join(', ')}.`,
      );
    }
  }
  return priority;
}

function findRepositoryProblem(
  candidate: { asked: string; repository: RepositoryRef },
  repositories: ReadonlyMap<string, KnownRepository>,
): Exclusion | undefined {
  const repository = stringifyRepositoryRef(candidate.repository);
  const known = repositories.get(repository);
  if (known === 'not-found') {
    return exclude(candidate.asked, 'repository-not-found', { repository });
  }
  return typeof known === 'object' && known.archived
    ? exclude(candidate.asked, 'repository-archived', { repository })
    : undefined;
}

export interface PlannerOptions {
  catalog: ComponentCatalog;
  templates: TemplateStore;
  remotes: Remotes;
}
