import {
  AGENT_TASK_TEMPLATE_API_VERSION,
  AGENT_TASK_TEMPLATE_KIND,
  type AgentTaskTemplateEntityV1alpha1,
  parseTemplate,
  type PauseTemplateRequest,
  type PreviewTemplateRequest,
  renderPrompt,
  type Template,
  type TemplatePreview,
  type TemplateRevision,
} from '@agent-tasks/plugin-agent-tasks-common';
import { stringify } from 'yaml';

const nobody = { tasks: 0, merged: 0, closed: 0, failed: 0 };

/** The text of a template, as one may have written it. */
export function writeTemplate(template: Template): string {
  const { name, title, description, tags, type, owner } = template;
  return stringify(
    {
      apiVersion: AGENT_TASK_TEMPLATE_API_VERSION,
      kind: AGENT_TASK_TEMPLATE_KIND,
      metadata: { name, title, description: description ?? title, tags },
      spec: {
        type,
        owner,
        parameters: template.parameters,
        prompt: template.prompt,
        execution: template.execution,
        review: template.review,
        rollout: template.rollout,
      },
    },
    { lineWidth: 100 },
  );
}

/** Templates and their revisions in memory. */
export class FakeTemplates {
  templates: Template[];
  readonly #revisions = new Map<string, TemplateRevision[]>();

  private constructor(templates: Template[]) {
    this.templates = templates;
  }

  static create(templates: Template[]): FakeTemplates {
    return new FakeTemplates(templates);
  }

  find(name: string): Template | undefined {
    return this.templates.find(one => one.name === name);
  }

  /** The newest first; of one that was never revised here, the one that it is in. */
  revisionsOf(name: string): TemplateRevision[] {
    const template = this.find(name);
    const stored = this.#revisions.get(name);
    if (stored || !template) {
      return stored ?? [];
    }
    return [
      {
        template: name,
        number: template.revision,
        createdAt: template.updatedAt,
        createdBy: template.updatedBy,
        draft: false,
        current: true,
        statistics: template.statistics,
        title: template.title,
        parameters: template.parameters,
        prompt: template.prompt,
        yaml: writeTemplate(template),
      },
    ];
  }

  /** Tells of revisions that were written before, the newest first. */
  setRevisions(
    name: string,
    revisions: (Partial<TemplateRevision> & { number: number; yaml: string })[],
  ): void {
    const current = Math.max(
      ...revisions.filter(({ draft }) => !draft).map(({ number }) => number),
    );
    this.#revisions.set(
      name,
      revisions.map(revision => ({
        template: name,
        createdAt: '2026-03-01T09:00:00Z',
        draft: false,
        current: revision.number === current,
        statistics: nobody,
        title: name,
        parameters: {},
        prompt: parseTemplate(revision.yaml).template?.spec.prompt ?? '',
        ...revision,
      })),
    );
    this.#change(name, { revision: current });
  }

  /** Undefined where there is one of this name, or the text is none of a template. */
  create(yaml: string): TemplateRevision | undefined {
    const { template } = parseTemplate(yaml);
    if (!template || this.find(template.metadata.name)) {
      return undefined;
    }
    const { name } = template.metadata;
    this.templates = [
      ...this.templates,
      {
        name,
        entityRef: `agenttasktemplate:default/${name}`,
        revision: 1,
        origin: 'portal',
        statistics: nobody,
        ...this.#contentOf(template),
      },
    ];
    return this.#store(name, { number: 1, yaml, template });
  }

  /** Undefined where somebody else revised it since the revision that is expected. */
  revise(
    name: string,
    request: { yaml: string; expectedRevision: number; draft?: boolean },
  ): TemplateRevision | undefined {
    const { template } = parseTemplate(request.yaml);
    const before = this.find(name);
    if (!template || before?.revision !== request.expectedRevision) {
      return undefined;
    }
    const numbers = this.revisionsOf(name).map(({ number }) => number);
    const number = Math.max(...numbers) + 1;
    const { yaml, draft } = request;
    const revision = this.#store(name, { number, yaml, template, draft });
    if (!draft) {
      this.#change(name, { revision: number, ...this.#contentOf(template) });
    }
    return revision;
  }

  preview(request: PreviewTemplateRequest): TemplatePreview {
    const text =
      request.yaml ?? this.revisionsOf(request.name ?? '')[0]?.yaml ?? '';
    const { template, problems } = parseTemplate(text);
    const found = {
      problems,
      parameterProblems: [],
      repository: {
        ref: 'github.example.com/acme/payments-api',
        url: 'https://github.example.com/acme/payments-api',
      },
      team: 'group:default/team-payments',
    };
    if (!template) {
      return found;
    }
    const required = (template.spec.parameters.required ?? []) as string[];
    const missing = required.filter(name => !request.parameters[name]);
    if (missing.length) {
      return {
        ...found,
        parameterProblems: missing.map(name => `'${name}' is needed.`),
      };
    }
    return {
      ...found,
      prompt: renderPrompt({
        prompt: template.spec.prompt,
        parameters: request.parameters,
        variables: {
          'component.metadata.name': 'payments-api',
          components: '- payments-api',
          'repository.owner': 'acme',
          'repository.name': 'payments-api',
          'repository.url': found.repository.url,
          team: found.team,
        },
      }),
    };
  }

  pause(name: string, request: PauseTemplateRequest): Template | undefined {
    return this.#change(name, {
      paused: {
        ...request,
        by: 'user:default/ada',
        since: new Date().toISOString(),
      },
    });
  }

  resume(name: string): Template | undefined {
    return this.#change(name, { paused: undefined });
  }

  archive(name: string): Template | undefined {
    return this.#change(name, { archivedAt: new Date().toISOString() });
  }

  restore(name: string): Template | undefined {
    return this.#change(name, { archivedAt: undefined });
  }

  #store(
    name: string,
    revision: {
      number: number;
      yaml: string;
      draft?: boolean;
      template: AgentTaskTemplateEntityV1alpha1;
    },
  ): TemplateRevision {
    const { number, yaml, draft = false, template } = revision;
    const stored: TemplateRevision = {
      template: name,
      number,
      yaml,
      draft,
      current: !draft,
      createdAt: new Date().toISOString(),
      createdBy: 'user:default/ada',
      statistics: nobody,
      title: template.metadata.title ?? name,
      parameters: template.spec.parameters,
      prompt: template.spec.prompt,
    };
    const before = number === 1 ? [] : this.revisionsOf(name);
    this.#revisions.set(name, [
      stored,
      ...before.map(one => (draft ? one : { ...one, current: false })),
    ]);
    return stored;
  }

  #contentOf({ metadata, spec }: AgentTaskTemplateEntityV1alpha1) {
    return {
      title: metadata.title ?? metadata.name,
      description: metadata.description,
      tags: metadata.tags,
      type: spec.type,
      owner: spec.owner,
      parameters: spec.parameters,
      prompt: spec.prompt,
      updatedAt: new Date().toISOString(),
      updatedBy: 'user:default/ada',
    };
  }

  #change(name: string, changes: Partial<Template>): Template | undefined {
    this.templates = this.templates.map(template =>
      template.name === name ? { ...template, ...changes } : template,
    );
    return this.find(name);
  }
}
