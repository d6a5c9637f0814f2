import {
  Template,
  TemplateRevision as RevisionView,
  TemplateRevisionSummary,
  TemplateStatistics,
} from '@agent-tasks/plugin-agent-tasks-common';
import { StoredBrake } from '../queue/BrakeStore';
import { toYaml } from './templateContent';
import { StoredRevision, StoredTemplate } from './TemplateStore';

const noStatistics: TemplateStatistics = {
  tasks: 0,
  merged: 0,
  closed: 0,
  failed: 0,
};

/** A template as the API shows it. */
export function toTemplate(options: {
  template: StoredTemplate;
  statistics: TemplateStatistics | undefined;
  /** Those on the template, the newest first. */
  brakes: StoredBrake[];
}): Template {
  const { template, statistics = noStatistics, brakes } = options;
  const { revision, createdAt, createdBy } = template.current;
  const [brake] = brakes;
  return {
    name: template.name,
    entityRef: revision.entityRef,
    title: revision.title,
    ...(revision.description && { description: revision.description }),
    type: revision.type,
    owner: revision.owner,
    tags: revision.tags,
    revision: revision.number,
    parameters: revision.parameters as Template['parameters'],
    prompt: revision.prompt,
    origin: template.origin,
    ...(template.sourceUrl && { sourceUrl: template.sourceUrl }),
    ...(brake && {
      paused: {
        reason: brake.reason,
        by: brake.pulledBy,
        since: brake.pulledAt.toISOString(),
        ...(brake.until && { until: brake.until.toISOString() }),
      },
    }),
    ...(template.archivedAt && {
      archivedAt: template.archivedAt.toISOString(),
    }),
    updatedAt: createdAt.toISOString(),
    ...(createdBy !== undefined && { updatedBy: createdBy }),
    ...(revision.constraints && { constraints: revision.constraints }),
    ...(revision.execution && { execution: revision.execution }),
    ...(revision.review && { review: revision.review }),
    ...(revision.batching && { batching: revision.batching }),
    ...(revision.rollout && { rollout: revision.rollout }),
    ...(revision.appliesTo && { appliesTo: revision.appliesTo }),
    statistics,
  };
}

/** A revision in a list of the API. */
export function toRevisionSummary(options: {
  stored: StoredRevision;
  isCurrent: boolean;
  statistics: TemplateStatistics | undefined;
}): TemplateRevisionSummary {
  const { stored, isCurrent, statistics = noStatistics } = options;
  return {
    number: stored.revision.number,
    createdAt: stored.createdAt.toISOString(),
    ...(stored.createdBy !== undefined && { createdBy: stored.createdBy }),
    draft: stored.draft,
    current: isCurrent,
    statistics,
  };
}

/** A revision as the API shows it. */
export function toRevisionView(options: {
  stored: StoredRevision;
  isCurrent: boolean;
  statistics: TemplateStatistics | undefined;
}): RevisionView {
  const { revision, yaml } = options.stored;
  return {
    template: revision.template,
    ...toRevisionSummary(options),
    title: revision.title,
    parameters: revision.parameters as RevisionView['parameters'],
    prompt: revision.prompt,
    yaml: yaml ?? toYaml(revision),
  };
}
