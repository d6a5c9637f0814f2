import {
  agentTaskTemplateReadPermission,
  parseTemplate,
  Template,
  TemplateList,
  TemplateRevision as RevisionView,
  TemplateRevisionList,
  TemplateStatistics,
  TemplateValidation,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Clock } from '../loops/Clock';
import { Remembered } from '../loops/Remembered';
import { BrakeStore, StoredBrake } from '../queue/BrakeStore';
import { StoredTemplate, TemplateStore } from './TemplateStore';
import { toRevisionSummary, toRevisionView, toTemplate } from './toTemplate';

/** The statistics of a template look back this far. */
const statisticsDays = 60;

/** For how long statistics serve: every page of templates asks for them, and they read all tasks of two months. */
const statisticsSeconds = 10;

/** Shows templates to those who may see them. */
export class TemplateService {
  readonly #options: TemplateServiceOptions;
  readonly #statistics: Remembered<Map<string, TemplateStatistics>>;

  private constructor(options: TemplateServiceOptions) {
    this.#options = options;
    const { templates, clock } = options;
    this.#statistics = Remembered.create({
      clock,
      seconds: statisticsSeconds,
      read: () =>
        templates.statistics(
          new Date(clock.now().getTime() - statisticsDays * 86_400_000),
        ),
    });
  }

  static create(options: TemplateServiceOptions): TemplateService {
    return new TemplateService(options);
  }

  async list(options: {
    credentials: BackstageCredentials;
    /** Also those that were archived. */
    archived?: boolean;
  }): Promise<TemplateList> {
    await this.#authorize(options.credentials);
    const [found, statistics, brakes] = await Promise.all([
      this.#options.templates.list({ archived: options.archived ?? false }),
      this.#statistics.get(),
      this.#brakes(),
    ]);
    return {
      items: found.map(template =>
        toTemplate({
          template,
          statistics: statistics.get(template.name),
          brakes: brakesOn(template.name, brakes),
        }),
      ),
    };
  }

  async get(options: {
    credentials: BackstageCredentials;
    name: string;
  }): Promise<Template> {
    await this.#authorize(options.credentials);
    return this.read(options.name);
  }

  /** As {@link get}, for those who were asked already whether they may. */
  async read(name: string): Promise<Template> {
    const [template, statistics, brakes] = await Promise.all([
      this.#find(name),
      this.#statistics.get(),
      this.#brakes(),
    ]);
    return toTemplate({
      template,
      statistics: statistics.get(name),
      brakes: brakesOn(name, brakes),
    });
  }

  async listRevisions(options: {
    credentials: BackstageCredentials;
    name: string;
  }): Promise<TemplateRevisionList> {
    const { credentials, name } = options;
    await this.#authorize(credentials);
    const { templates } = this.#options;
    const template = await this.#find(name);
    const [revisions, statistics] = await Promise.all([
      templates.listRevisions(name),
      templates.revisionStatistics(name),
    ]);
    return {
      items: revisions.map(stored =>
        toRevisionSummary({
          stored,
          isCurrent: stored.revision.id === template.current.revision.id,
          statistics: statistics.get(stored.revision.id),
        }),
      ),
    };
  }

  async getRevision(options: {
    credentials: BackstageCredentials;
    name: string;
    number: number;
  }): Promise<RevisionView> {
    const { credentials, name, number } = options;
    await this.#authorize(credentials);
    return this.readRevision(name, number);
  }

  /** As {@link getRevision}, for those who were asked already whether they may. */
  async readRevision(name: string, number: number): Promise<RevisionView> {
    const { templates } = this.#options;
    const template = await this.#find(name);
    const [stored, statistics] = await Promise.all([
      templates.findRevision(name, number),
      templates.revisionStatistics(name),
    ]);
    if (!stored) {
      throw new NotFoundError(
        `The template '${name}' has no revision ${number}; the current one is ${template.current.revision.number}.`,
      );
    }
    return toRevisionView({
      stored,
      isCurrent: stored.revision.id === template.current.revision.id,
      statistics: statistics.get(stored.revision.id),
    });
  }

  async validate(options: {
    credentials: BackstageCredentials;
    yaml: string;
  }): Promise<TemplateValidation> {
    await this.#authorize(options.credentials);
    return { problems: parseTemplate(options.yaml).problems };
  }

  async #find(name: string): Promise<StoredTemplate> {
    const template = await this.#options.templates.find(name);
    // One that the catalog holds no more is gone; an archived one is not.
    if (!template || !(template.available || template.archivedAt)) {
      throw new NotFoundError(`There is no template '${name}'.`);
    }
    return template;
  }

  async #brakes(): Promise<StoredBrake[]> {
    const { brakes, clock } = this.#options;
    return brakes.listActive(clock.now());
  }

  async #authorize(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#options.permissions.authorize(
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

/** The brakes on a template, the newest first. */
export function brakesOn(name: string, brakes: StoredBrake[]): StoredBrake[] {
  return brakes.filter(
    ({ scope, subject }) => scope === 'template' && subject === name,
  );
}

export interface TemplateServiceOptions {
  templates: TemplateStore;
  brakes: Pick<BrakeStore, 'listActive'>;
  permissions: PermissionsService;
  clock: Clock;
}
