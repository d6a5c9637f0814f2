import {
  AgentTaskTemplateEntityV1alpha1,
  agentTaskTemplateManagePermission,
  parseTemplate,
  PauseTemplateRequest,
  ReviseTemplateRequest,
  Template,
  TemplateRevision as RevisionView,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { EventStore, NewEvent } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { canonicalJson } from '../launch/canonicalJson';
import { Clock } from '../loops/Clock';
import { BrakeCaller, BrakeService } from '../queue/BrakeService';
import { toContent } from './templateContent';
import { TemplateService } from './TemplateService';
import {
  StoredTemplate,
  TemplateContent,
  TemplateStore,
} from './TemplateStore';

/** Problems named in one error; more would not be read. */
const problemsTold = 10;

/** Writes templates in the portal, for those who may. */
export class TemplateEditor {
  readonly #options: TemplateEditorOptions;

  private constructor(options: TemplateEditorOptions) {
    this.#options = options;
  }

  static create(options: TemplateEditorOptions): TemplateEditor {
    return new TemplateEditor(options);
  }

  async create(caller: BrakeCaller, yaml: string): Promise<RevisionView> {
    await this.#authorize(caller.credentials);
    const { name, entityRef, content } = readTemplate(yaml);
    const { templates, clock, views } = this.#options;
    const number = await templates.transaction(async tx => {
      const before = await templates.find(name, tx);
      if (before?.available) {
        throw new ConflictError(
          `There is a template '${name}' already, ${
            before.origin === 'catalog' ? 'from the catalog' : 'of the portal'
          }. Choose another name.`,
        );
      }
      if (before?.archivedAt) {
        throw new ConflictError(
          `There is an archived template '${name}'. Restore it and revise it, or choose another name.`,
        );
      }
      const at = clock.now();
      const { revision } = await templates.addRevision(tx, {
        name,
        entityRef,
        content,
        yaml,
        draft: false,
        by: caller.actor,
        at,
      });
      await this.#record(tx, caller, at, {
        type: 'template.created',
        message: `Wrote the template '${content.title}' (${name}).`,
        details: { template: name, revision: revision.number },
      });
      return revision.number;
    });
    return views.readRevision(name, number);
  }

  async revise(
    caller: BrakeCaller,
    name: string,
    request: ReviseTemplateRequest,
  ): Promise<RevisionView> {
    await this.#authorize(caller.credentials);
    const { yaml, expectedRevision, draft = false } = request;
    const { templates, clock, views } = this.#options;
    const written = readTemplate(yaml);
    if (written.name !== name) {
      throw new InputError(
        `The text is of a template '${written.name}'. A template keeps its name: write metadata.name: ${name}, or save it as a new template.`,
      );
    }
    const { entityRef, content } = written;
    const number = await templates.transaction(async tx => {
      const { current } = await this.#findEditable(tx, name);
      const was = current.revision.number;
      if (was !== expectedRevision) {
        throw new ConflictError(
          `The template '${name}' was revised in the meantime: revision ${was} was written by ${
            current.createdBy ?? 'the catalog'
          } at ${current.createdAt.toISOString()}, and yours was made from revision ${expectedRevision}. Load it, compare, and save again.`,
        );
      }
      if (
        current.yaml === yaml &&
        canonicalJson(contentOf(current.revision)) ===
          canonicalJson(contentOf(content))
      ) {
        return was;
      }
      const at = clock.now();
      const { revision } = await templates.addRevision(tx, {
        name,
        entityRef,
        content,
        yaml,
        draft,
        by: caller.actor,
        at,
      });
      await this.#record(tx, caller, at, {
        type: draft ? 'template.drafted' : 'template.revised',
        message: draft
          ? `Wrote revision ${revision.number} of the template '${content.title}' (${name}) as a draft; revision ${was} stays current.`
          : `Wrote revision ${revision.number} of the template '${content.title}' (${name}), after revision ${was}.`,
        details: {
          template: name,
          revision: revision.number,
          after: was,
          draft,
        },
      });
      return revision.number;
    });
    return views.readRevision(name, number);
  }

  async setArchived(
    caller: BrakeCaller,
    name: string,
    archived: boolean,
  ): Promise<Template> {
    await this.#authorize(caller.credentials);
    const { templates, clock, views } = this.#options;
    await templates.transaction(async tx => {
      const template = await this.#findEditable(tx, name, {
        mayBeArchived: true,
      });
      if (archived === Boolean(template.archivedAt)) {
        return;
      }
      const at = clock.now();
      await templates.setArchived(tx, { name, archived, at });
      await this.#record(tx, caller, at, {
        type: archived ? 'template.archived' : 'template.restored',
        message: archived
          ? `Archived the template '${name}': it can no longer be launched.`
          : `Restored the template '${name}': it can be launched again.`,
        details: {
          template: name,
          revision: template.current.revision.number,
        },
      });
    });
    return views.read(name);
  }

  /** Pulls the brake on a template; those that were on it before come off. */
  async pause(
    caller: BrakeCaller,
    name: string,
    request: PauseTemplateRequest,
  ): Promise<Template> {
    const { brakes, views } = this.#options;
    const brake = await brakes.pull(caller, {
      scope: 'template',
      subject: name,
      ...request,
    });
    await brakes.releaseAll(caller, {
      scope: 'template',
      subject: name,
      except: brake.id,
    });
    return views.read(name);
  }

  /** Takes every brake off a template. */
  async resume(caller: BrakeCaller, name: string): Promise<Template> {
    const { brakes, views } = this.#options;
    await brakes.releaseAll(caller, { scope: 'template', subject: name });
    return views.read(name);
  }

  async #findEditable(
    tx: Transaction,
    name: string,
    options: { mayBeArchived?: boolean } = {},
  ): Promise<StoredTemplate> {
    const template = await this.#options.templates.find(name, tx);
    if (!template || !(template.available || template.archivedAt)) {
      throw new NotFoundError(`There is no template '${name}'.`);
    }
    if (template.origin === 'catalog') {
      throw new NotAllowedError(
        `The template '${name}' comes from the catalog and is read-only here. Change it at its source${
          template.sourceUrl ? `, ${template.sourceUrl}` : ''
        }. It can be paused here.`,
      );
    }
    if (template.archivedAt && !options.mayBeArchived) {
      throw new ConflictError(
        `The template '${name}' is archived. Restore it before you revise it.`,
      );
    }
    return template;
  }

  async #record(
    tx: Transaction,
    caller: BrakeCaller,
    at: Date,
    event: Pick<NewEvent, 'type' | 'message' | 'details'>,
  ): Promise<void> {
    await this.#options.events.append(tx, [
      {
        ...event,
        at,
        actor: caller.actor,
        details: { ...event.details, origin: 'portal' },
      },
    ]);
  }

  async #authorize(credentials: BackstageCredentials): Promise<void> {
    await requireTemplateManage(this.#options.permissions, credentials);
  }
}

/** @throws NotAllowedError for those who may not write templates */
export async function requireTemplateManage(
  permissions: PermissionsService,
  credentials: BackstageCredentials,
): Promise<void> {
  const [decision] = await permissions.authorize(
    [{ permission: agentTaskTemplateManagePermission }],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `You may not write templates. A platform admin can, or can grant the permission ${agentTaskTemplateManagePermission.name}.`,
    );
  }
}

/**
 * Reads the text of a template of the portal.
 *
 * @throws InputError that says what is wrong, and where
 */
export function readTemplate(yaml: string): {
  name: string;
  entityRef: string;
  content: TemplateContent;
} {
  const { template, problems } = parseTemplate(yaml);
  if (!template) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const more = errors.length - problemsTold;
    throw new InputError(
      `The template has ${
        errors.length === 1 ? 'a problem' : `${errors.length} problems`
      }. ${errors
        .slice(0, problemsTold)
        .map(
          ({ line, column, message }) => `Line ${line}:${column}: ${message}`,
        )
        .join(' ')}${more > 0 ? ` And ${more} more.` : ''}`,
    );
  }
  refuseNamespace(template);
  return {
    name: template.metadata.name,
    entityRef: stringifyEntityRef(template),
    content: toContent(template),
  };
}

function refuseNamespace({
  metadata: { namespace = DEFAULT_NAMESPACE },
}: AgentTaskTemplateEntityV1alpha1): void {
  if (namespace !== DEFAULT_NAMESPACE) {
    throw new InputError(
      `A template of the portal has no namespace; this one is in '${namespace}'. Remove metadata.namespace.`,
    );
  }
}

/** The content alone, as JSON has it. */
function contentOf(content: TemplateContent & Partial<StoredIds>): object {
  const {
    id: _id,
    template: _name,
    number: _n,
    entityRef: _ref,
    ...rest
  } = content;
  return JSON.parse(JSON.stringify(rest));
}

interface StoredIds {
  id: string;
  template: string;
  number: number;
  entityRef: string;
}

export interface TemplateEditorOptions {
  templates: TemplateStore;
  brakes: Pick<BrakeService, 'pull' | 'releaseAll'>;
  events: Pick<EventStore, 'append'>;
  views: Pick<TemplateService, 'read' | 'readRevision'>;
  permissions: PermissionsService;
  clock: Clock;
}
