import {
  agentTaskTemplateReadPermission,
  Template,
  TemplateList,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Clock } from '../loops/Clock';
import {
  TemplateRevision,
  TemplateStatistics,
  TemplateStore,
} from './TemplateStore';

/** The statistics of a template look back this far. */
const statisticsDays = 60;

const noStatistics: TemplateStatistics = {
  tasks: 0,
  merged: 0,
  closed: 0,
  failed: 0,
};

/** Shows templates to those who may see them. */
export class TemplateService {
  readonly #templates: TemplateStore;
  readonly #permissions: PermissionsService;
  readonly #clock: Clock;

  private constructor(options: TemplateServiceOptions) {
    this.#templates = options.templates;
    this.#permissions = options.permissions;
    this.#clock = options.clock;
  }

  static create(options: TemplateServiceOptions): TemplateService {
    return new TemplateService(options);
  }

  async list(options: {
    credentials: BackstageCredentials;
  }): Promise<TemplateList> {
    await this.#authorize(options.credentials);
    const [revisions, statistics] = await Promise.all([
      this.#templates.listCurrent(),
      this.#statistics(),
    ]);
    return {
      items: revisions.map(revision =>
        toTemplate(revision, statistics.get(revision.template)),
      ),
    };
  }

  async get(options: {
    credentials: BackstageCredentials;
    name: string;
  }): Promise<Template> {
    await this.#authorize(options.credentials);
    const revision = await this.#templates.getCurrent(options.name);
    if (!revision) {
      throw new NotFoundError(`There is no template '${options.name}'.`);
    }
    const statistics = await this.#statistics();
    return toTemplate(revision, statistics.get(revision.template));
  }

  async #statistics(): Promise<Map<string, TemplateStatistics>> {
    return this.#templates.statistics(
      new Date(this.#clock.now().getTime() - statisticsDays * 86_400_000),
    );
  }

  async #authorize(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: agentTaskTemplateReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see templates. A platform admin can grant the permission ${agentTaskTemplateReadPermission.name}.`,
      );
    }
  }
}

function toTemplate(
  revision: TemplateRevision,
  statistics: TemplateStatistics = noStatistics,
): Template {
  return {
    name: revision.template,
    entityRef: revision.entityRef,
    title: revision.title,
    ...(revision.description && { description: revision.description }),
    type: revision.type,
    owner: revision.owner,
    tags: revision.tags,
    revision: revision.number,
    parameters: revision.parameters as Template['parameters'],
    prompt: revision.prompt,
    statistics,
  };
}

export interface TemplateServiceOptions {
  templates: TemplateStore;
  permissions: PermissionsService;
  clock: Clock;
}
