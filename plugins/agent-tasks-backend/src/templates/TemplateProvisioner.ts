import {
  AGENT_TASK_TEMPLATE_KIND,
  AgentTaskTemplateEntityV1alpha1,
  findPromptProblems,
  isAgentTaskTemplate,
} from '@agent-tasks/plugin-agent-tasks-common';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Clock } from '../loops/Clock';
import { TemplateContent, TemplateStore } from './TemplateStore';

/** The name of a template in the API. */
export function templateName(entity: Entity): string {
  const { namespace, name } = getCompoundEntityRef(entity);
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`;
}

/**
 * Brings the templates of the catalog into the store of revisions.
 */
export class TemplateProvisioner {
  readonly #options: TemplateProvisionerOptions;
  // A template that stays wrong is told of once, not with every round.
  #warnings = new Set<string>();

  private constructor(options: TemplateProvisionerOptions) {
    this.#options = options;
  }

  static create(options: TemplateProvisionerOptions): TemplateProvisioner {
    return new TemplateProvisioner(options);
  }

  async round(): Promise<void> {
    const { catalog, auth, templates, clock, logger } = this.#options;
    const warnings = new Set<string>();
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntities(
      { filter: { kind: AGENT_TASK_TEMPLATE_KIND } },
      { credentials },
    );
    const found: Parameters<TemplateStore['provision']>[0]['templates'] = [];
    for (const entity of items) {
      const problems = findProblems(entity);
      if (isAgentTaskTemplate(entity) && !problems.length) {
        found.push({
          name: templateName(entity),
          entityRef: stringifyEntityRef(entity),
          content: toContent(entity),
        });
      } else {
        // The catalog refuses such a template where our module is installed.
        warnings.add(
          `The template ${stringifyEntityRef(entity)} is not valid and cannot be launched: ${problems.join(
            '; ',
          )}. Install the module catalog-backend-module-agent-tasks to have it checked.`,
        );
      }
    }
    for (const warning of warnings) {
      if (!this.#warnings.has(warning)) {
        logger.warn(warning);
      }
    }
    this.#warnings = warnings;
    const changed = await templates.provision({
      templates: found,
      at: clock.now(),
    });
    if (changed.length) {
      logger.info(`Templates added, changed or removed: ${changed.join(', ')}`);
    }
  }
}

/** What keeps an entity from being launched, beyond what the catalog checks without our module. */
function findProblems(entity: Entity): string[] {
  if (!isAgentTaskTemplate(entity)) {
    return [`its apiVersion ${entity.apiVersion} is not known`];
  }
  const spec: Record<string, unknown> = entity.spec ?? {};
  const problems = ['prompt', 'owner', 'type']
    .filter(key => typeof spec[key] !== 'string')
    .map(key => `spec.${key} is missing`);
  if (!spec.parameters || typeof spec.parameters !== 'object') {
    problems.push('spec.parameters is missing');
  }
  return problems.length ? problems : findPromptProblems(entity.spec);
}

function toContent(entity: AgentTaskTemplateEntityV1alpha1): TemplateContent {
  const { metadata, spec } = entity;
  return {
    title: metadata.title ?? metadata.name,
    description: metadata.description,
    type: spec.type,
    // The catalog has resolved it; without relations it is as the author wrote it.
    owner:
      entity.relations?.find(relation => relation.type === RELATION_OWNED_BY)
        ?.targetRef ??
      stringifyEntityRef(
        parseEntityRef(spec.owner, {
          defaultKind: 'Group',
          defaultNamespace: metadata.namespace ?? DEFAULT_NAMESPACE,
        }),
      ),
    tags: metadata.tags ?? [],
    parameters: spec.parameters,
    prompt: spec.prompt,
    agent: spec.agent,
    execution: spec.execution,
    review: spec.review,
    appliesTo: spec.appliesTo,
  };
}

export interface TemplateProvisionerOptions {
  catalog: CatalogService;
  auth: AuthService;
  templates: TemplateStore;
  clock: Clock;
  logger: LoggerService;
}
