import {
  AGENT_TASK_TEMPLATE_KIND,
  findTemplateProblems,
  isAgentTaskTemplate,
} from '@agent-tasks/plugin-agent-tasks-common';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_VIEW_URL,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventStore } from '../audit/EventStore';
import { Clock } from '../loops/Clock';
import { templateName, toContent } from './templateContent';
import {
  ProvisionedChange,
  ProvisionedTemplate,
  TemplateStore,
} from './TemplateStore';

const messages: Record<
  ProvisionedChange['change'],
  (change: ProvisionedChange) => string
> = {
  added: ({ name }) => `The catalog brought the template '${name}'.`,
  revised: ({ name, revision }) =>
    `The catalog brought revision ${revision} of the template '${name}'.`,
  removed: ({ name }) => `The catalog has no template '${name}' any more.`,
  returned: ({ name, revision }) =>
    `The catalog has the template '${name}' again, in revision ${revision}.`,
};

/**
 * Brings the templates of the catalog into the store of revisions.
 */
export class TemplateProvisioner {
  readonly #options: TemplateProvisionerOptions;
  // A template that stays wrong is told of once, not with every round.
  #warnings = new Set<string>();
  // An entity with the same tag is the same: nothing is judged twice.
  #judged = new Map<string, Judgement>();

  private constructor(options: TemplateProvisionerOptions) {
    this.#options = options;
  }

  static create(options: TemplateProvisionerOptions): TemplateProvisioner {
    return new TemplateProvisioner(options);
  }

  async round(): Promise<void> {
    const { catalog, auth, templates, events, clock, logger } = this.#options;
    const warnings = new Set<string>();
    const credentials = await auth.getOwnServiceCredentials();
    const { items } = await catalog.getEntities(
      { filter: { kind: AGENT_TASK_TEMPLATE_KIND } },
      { credentials },
    );
    const found: ProvisionedTemplate[] = [];
    const judged = new Map<string, Judgement>();
    for (const entity of items) {
      const ref = stringifyEntityRef(entity);
      const { etag } = entity.metadata;
      const known = this.#judged.get(ref);
      const problems =
        known && etag !== undefined && known.etag === etag
          ? known.problems
          : findProblems(entity);
      judged.set(ref, { etag, problems });
      if (isAgentTaskTemplate(entity) && !problems.length) {
        found.push({
          name: templateName(entity),
          entityRef: ref,
          content: toContent(entity),
          sourceUrl: sourceOf(entity),
        });
      } else {
        // The catalog refuses such a template where our module is installed.
        warnings.add(
          `The template ${ref} is not valid and cannot be launched: ${problems.join(
            ' ',
          )} Install the module catalog-backend-module-agent-tasks to have it checked.`,
        );
      }
    }
    this.#judged = judged;
    const at = clock.now();
    const { changed, taken } = await templates.provision({
      templates: found,
      at,
      record: (tx, changes) =>
        events.append(
          tx,
          changes.map(change => ({
            at,
            type: `template.${change.change}`,
            actor: 'system',
            message: messages[change.change](change),
            details: {
              template: change.name,
              revision: change.revision,
              origin: 'catalog',
            },
          })),
        ),
    });
    for (const name of taken) {
      warnings.add(
        `The catalog has a template '${name}', and so has the portal, whose one is used. Rename one of them, or archive the one of the portal to use that of the catalog.`,
      );
    }
    for (const warning of warnings) {
      if (!this.#warnings.has(warning)) {
        logger.warn(warning);
      }
    }
    this.#warnings = warnings;
    if (changed.length) {
      logger.info(`Templates added, changed or removed: ${changed.join(', ')}`);
    }
  }
}

/** What was found of an entity, and of which state of it. */
interface Judgement {
  etag: string | undefined;
  problems: string[];
}

/** What keeps an entity from being launched, in sentences. */
function findProblems(entity: Entity): string[] {
  if (!isAgentTaskTemplate(entity)) {
    return [`Its apiVersion ${entity.apiVersion} is not known.`];
  }
  return findTemplateProblems(entity)
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
}

/** Where a person can read the source of an entity. */
function sourceOf({ metadata }: Entity): string | undefined {
  const { [ANNOTATION_VIEW_URL]: view, [ANNOTATION_LOCATION]: location } =
    metadata.annotations ?? {};
  const url = view ?? location?.replace(/^url:/, '');
  // What it is made of came from whoever wrote the entity: nothing but a link is one.
  return url && /^https?:\/\//.test(url) ? url : undefined;
}

export interface TemplateProvisionerOptions {
  catalog: CatalogService;
  auth: AuthService;
  templates: Pick<TemplateStore, 'provision'>;
  events: Pick<EventStore, 'append'>;
  clock: Clock;
  logger: LoggerService;
}
