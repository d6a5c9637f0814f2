import { createHash } from 'node:crypto';
import {
  parseTemplate,
  PreviewTemplateRequest,
  TemplatePreview,
  TemplateProblem,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Planner } from '../launch/Planner';
import { validateParameters } from '../launch/validateParameters';
import { toContent } from './templateContent';
import { requireTemplateManage } from './TemplateEditor';
import { TemplateRevision, TemplateStore } from './TemplateStore';

/** Shows what a template would ask an agent to do for a component, before anybody launches it. */
export class TemplatePreviews {
  readonly #options: TemplatePreviewsOptions;

  private constructor(options: TemplatePreviewsOptions) {
    this.#options = options;
  }

  static create(options: TemplatePreviewsOptions): TemplatePreviews {
    return new TemplatePreviews(options);
  }

  async preview(options: {
    credentials: BackstageCredentials;
    request: PreviewTemplateRequest;
  }): Promise<TemplatePreview> {
    const { credentials, request } = options;
    const { permissions, planner } = this.#options;
    await requireTemplateManage(permissions, credentials);
    const { template, problems } = await this.#choose(request);
    if (!template) {
      return { problems, parameterProblems: [] };
    }
    const parameters = request.parameters as JsonObject;
    const parameterProblems = findProblems(template, parameters);
    if (parameterProblems.length) {
      return { problems, parameterProblems };
    }
    const { tasks, excluded } = await planner.resolve({
      request: {
        template: template.template,
        components: [request.component],
        parameters: request.parameters,
      },
      credentials,
      // Nothing is launched: what the caller may see, the catalog decides.
      permitted: async entityRefs => new Set(entityRefs),
      template,
    });
    const [task] = tasks;
    return {
      problems,
      parameterProblems,
      ...(task && {
        prompt: task.renderPrompt(),
        repository: task.repository,
        team: task.team,
      }),
      ...(excluded.length && { exclusion: excluded[0] }),
    };
  }

  async #choose(request: PreviewTemplateRequest): Promise<{
    template?: TemplateRevision;
    problems: TemplateProblem[];
  }> {
    const { yaml, name, revision } = request;
    if ((yaml === undefined) === (name === undefined)) {
      throw new InputError(
        "Send either 'yaml' or 'name': the text of a template, or which stored one.",
      );
    }
    if (yaml !== undefined) {
      const { template, problems } = parseTemplate(yaml);
      return {
        problems,
        template: template && {
          ...toContent(template),
          // One for each text: what is made of the parameters is kept by it.
          id: `text:${createHash('sha256').update(yaml).digest('hex')}`,
          template: template.metadata.name,
          number: 1,
          entityRef: stringifyEntityRef(template),
        },
      };
    }
    const { templates } = this.#options;
    const template =
      revision === undefined
        ? await templates.getCurrent(name!)
        : (await templates.findRevision(name!, revision))?.revision;
    if (!template) {
      throw new NotFoundError(
        `There is no ${revision === undefined ? '' : `revision ${revision} of the `}template '${name}'.`,
      );
    }
    return { template, problems: [] };
  }
}

/** Why parameters do not fit a template, in sentences. */
function findProblems(
  template: TemplateRevision,
  parameters: JsonObject,
): string[] {
  try {
    validateParameters({ template, parameters });
    return [];
  } catch (error) {
    if (error instanceof InputError) {
      return [error.message];
    }
    throw error;
  }
}

export interface TemplatePreviewsOptions {
  templates: Pick<TemplateStore, 'getCurrent' | 'findRevision'>;
  planner: Pick<Planner, 'resolve'>;
  permissions: PermissionsService;
}
