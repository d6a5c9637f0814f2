import {
  AddComponentsRequest,
  agentTaskApprovePermission,
  agentTaskCreatePermission,
  agentTaskReadPermission,
  agentTaskTemplateManagePermission,
  agentTaskTemplateReadPermission,
  Campaign,
  LaunchRequest,
  Plan,
  PlanRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { LaunchCaller, LaunchService } from '../launch/LaunchService';
import { PermittedComponents } from '../launch/Planner';
import { PlanService } from '../launch/PlanService';
import { TaskFilter } from '../queue/TaskFilter';
import { testOfDecision } from './componentConditions';
import { findPermittedTasks, permitsTeam } from './permittedTasks';

/**
 * Components in one question. The permission backend reads 100 kB of a request, and so does the catalog, which gets the
 * conditions of the policy, such as all groups of a user, with each component.
 */
const refsPerRequest = 25;

/** Such questions under way at once. */
const requestsAtOnce = 8;

/**
 * Lets callers plan and launch on the components that they are permitted; the others are left out of the plan, with the
 * reason.
 */
export class AuthorizedLaunchService {
  readonly #inner: LaunchService;
  readonly #plans: Pick<PlanService, 'plan'>;
  readonly #permissions: PermissionsService;

  private constructor(options: {
    inner: LaunchService;
    plans: Pick<PlanService, 'plan'>;
    permissions: PermissionsService;
  }) {
    this.#inner = options.inner;
    this.#plans = options.plans;
    this.#permissions = options.permissions;
  }

  static create(options: {
    inner: LaunchService;
    plans: Pick<PlanService, 'plan'>;
    permissions: PermissionsService;
  }): AuthorizedLaunchService {
    return new AuthorizedLaunchService(options);
  }

  async plan(options: {
    caller: LaunchCaller;
    request: PlanRequest;
  }): Promise<Plan> {
    await this.#requireTemplates(options.caller.credentials, options.request);
    return this.#plans.plan({
      ...options,
      permitted: this.#permitted(options.caller.credentials),
      visible: await this.#visible(options.caller.credentials),
    });
  }

  async launch(options: {
    caller: LaunchCaller;
    request: LaunchRequest;
    idempotencyKey: string;
  }): Promise<{ campaign: Campaign; repeated: boolean }> {
    await this.#requireTemplates(options.caller.credentials, options.request);
    return this.#inner.launch({
      ...options,
      permitted: this.#permitted(options.caller.credentials),
    });
  }

  /** Whether the caller may change the campaign is for others to decide. */
  async addComponents(options: {
    caller: LaunchCaller;
    campaignId: string;
    request: AddComponentsRequest;
    idempotencyKey: string;
  }): Promise<Campaign> {
    await this.#requireTemplates(options.caller.credentials, {});
    return this.#inner.addComponents({
      ...options,
      permitted: this.#permitted(options.caller.credentials),
    });
  }

  /** The tasks that the caller may see; who may see none is shown none as a holder of slots. */
  async #visible(
    credentials: BackstageCredentials,
  ): Promise<TaskFilter | undefined> {
    const permitted = await findPermittedTasks({
      permissions: this.#permissions,
      permission: agentTaskReadPermission,
      credentials,
    });
    if (permitted === 'none') {
      return { property: 'team', values: [] };
    }
    return permitted === 'all' ? undefined : permitted;
  }

  async #requireTemplates(
    credentials: BackstageCredentials,
    request: Pick<PlanRequest, 'revision'>,
  ): Promise<void> {
    const [read, manage] = await this.#permissions.authorize(
      [
        { permission: agentTaskTemplateReadPermission },
        { permission: agentTaskTemplateManagePermission },
      ],
      { credentials },
    );
    if (read.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not plan with templates. A platform admin can grant the permission ${agentTaskTemplateReadPermission.name}.`,
      );
    }
    // Older revisions were replaced for a reason, and drafts are there to be tried.
    if (
      request.revision !== undefined &&
      manage.result !== AuthorizeResult.ALLOW
    ) {
      throw new NotAllowedError(
        `You may not choose the revision of a template; leave it out to launch the current one. A platform admin can grant the permission ${agentTaskTemplateManagePermission.name}.`,
      );
    }
  }

  /** The question is asked once for a plan, however many pages of components it has. */
  #permitted(credentials: BackstageCredentials): PermittedComponents {
    let asked: Promise<PolicyDecision> | undefined;
    const permitted: PermittedComponents = async (entityRefs, entities) => {
      if (!entityRefs.length) {
        return new Set();
      }
      // Most policies decide without a look at the components: one question serves for all of them.
      asked ??= this.#permissions
        .authorizeConditional([{ permission: agentTaskCreatePermission }], {
          credentials,
        })
        .then(([answer]) => answer);
      const decision = await asked;
      switch (decision.result) {
        case AuthorizeResult.ALLOW:
          return new Set(entityRefs);
        case AuthorizeResult.CONDITIONAL: {
          const test = testOfDecision(decision);
          if (!test || !entities) {
            return this.#askForEach(entityRefs, credentials);
          }
          return new Set(
            entityRefs.filter(ref => {
              const entity = entities.get(ref);
              return entity !== undefined && test(entity);
            }),
          );
        }
        default:
          return new Set();
      }
    };
    return Object.assign(permitted, {
      mayRaise: (teams: readonly string[]) =>
        this.#mayRaise(teams, credentials),
    });
  }

  async #mayRaise(
    teams: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const permitted = await findPermittedTasks({
      permissions: this.#permissions,
      permission: agentTaskApprovePermission,
      credentials,
    });
    return teams.every(team => permitsTeam(permitted, team));
  }

  /** For conditions that the catalog alone can apply. */
  async #askForEach(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const permitted = new Set<string>();
    const parts: string[][] = [];
    for (let start = 0; start < entityRefs.length; start += refsPerRequest) {
      parts.push(entityRefs.slice(start, start + refsPerRequest));
    }
    const askNext = async (): Promise<void> => {
      for (let refs = parts.shift(); refs; refs = parts.shift()) {
        const asked = refs;
        const decisions = await this.#permissions.authorize(
          asked.map(resourceRef => ({
            permission: agentTaskCreatePermission,
            resourceRef,
          })),
          { credentials },
        );
        asked
          .filter((_, i) => decisions[i]?.result === AuthorizeResult.ALLOW)
          .forEach(ref => permitted.add(ref));
      }
    };
    await Promise.all(Array.from({ length: requestsAtOnce }, askNext));
    return new Set(entityRefs.filter(ref => permitted.has(ref)));
  }
}
