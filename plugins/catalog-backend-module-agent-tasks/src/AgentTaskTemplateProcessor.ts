import {
  findTemplateProblems,
  isAgentTaskTemplate,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  LocationSpec,
  processingResult,
} from '@backstage/plugin-catalog-node';

/** Lets valid templates into the catalog, and connects them with their owners. */
export class AgentTaskTemplateProcessor implements CatalogProcessor {
  static create(): AgentTaskTemplateProcessor {
    return new AgentTaskTemplateProcessor();
  }

  private constructor() {}

  getProcessorName(): string {
    return 'AgentTaskTemplateProcessor';
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isAgentTaskTemplate(entity)) {
      return false;
    }
    const problems = findTemplateProblems(entity).filter(
      ({ severity }) => severity === 'error',
    );
    if (problems.length > 0) {
      throw new InputError(
        `the template has ${
          problems.length === 1 ? 'a problem' : `${problems.length} problems`
        }: ${problems.map(({ message }) => message).join(' ')}`,
      );
    }
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (!isAgentTaskTemplate(entity)) {
      return entity;
    }
    const template = getCompoundEntityRef(entity);
    const owner = parseEntityRef(entity.spec.owner, {
      defaultKind: 'Group',
      defaultNamespace: template.namespace,
    });
    emit(
      processingResult.relation({
        source: template,
        type: RELATION_OWNED_BY,
        target: owner,
      }),
    );
    emit(
      processingResult.relation({
        source: owner,
        type: RELATION_OWNER_OF,
        target: template,
      }),
    );
    return entity;
  }
}
