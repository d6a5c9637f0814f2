import { AgentTaskTemplateEntityV1alpha1 } from '@agent-tasks/plugin-agent-tasks-common';
import {
  DEFAULT_NAMESPACE,
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { stringify } from 'yaml';
import { TemplateContent, TemplateRevision } from './TemplateStore';

/** The name of a template in the API. */
export function templateName(entity: Entity): string {
  const { namespace, name } = getCompoundEntityRef(entity);
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`;
}

/** What a revision keeps of a template. */
export function toContent(
  entity: AgentTaskTemplateEntityV1alpha1,
): TemplateContent {
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
    constraints: spec.constraints,
    execution: spec.execution,
    review: spec.review,
    batching: spec.batching,
    rollout: spec.rollout,
    appliesTo: spec.appliesTo,
  };
}

/** A template as text, made of what a revision keeps. */
export function toYaml(revision: TemplateRevision): string {
  const { namespace, name } = parseEntityRef(revision.entityRef);
  const entity: JsonObject = {
    apiVersion: 'agent-tasks.io/v1alpha1',
    kind: 'AgentTaskTemplate',
    metadata: {
      // Of a name in the API only the last part is the name of the entity, and its case is kept there.
      name: revision.template.split('/').at(-1) ?? name,
      ...(namespace !== DEFAULT_NAMESPACE && { namespace }),
      title: revision.title,
      ...(revision.description && { description: revision.description }),
      ...(revision.tags.length && { tags: revision.tags }),
    },
    spec: {
      type: revision.type,
      owner: revision.owner,
      appliesTo: revision.appliesTo,
      parameters: revision.parameters,
      prompt: revision.prompt,
      agent: revision.agent,
      constraints: revision.constraints,
      execution: revision.execution,
      review: revision.review,
      batching: revision.batching,
      rollout: revision.rollout,
    },
  };
  // As JSON has it: without what is undefined.
  return stringify(JSON.parse(JSON.stringify(entity)), { lineWidth: 100 });
}
