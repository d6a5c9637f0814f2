import {
  AgentTaskTemplateEntityV1alpha1,
  agentTaskTemplateSchema,
  findPromptProblems,
} from '@agent-tasks/plugin-agent-tasks-common';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import Ajv, { ValidateFunction } from 'ajv';
import { describeSchemaErrors } from './describeSchemaErrors';
import { findParameterProblems } from './findParameterProblems';

/** Finds what is wrong with a template before anybody can launch it. */
export class TemplateValidator {
  static create(): TemplateValidator {
    // `verbose` gives each error the value and the schema that it is about, for the message.
    const ajv = new Ajv({ allErrors: true, verbose: true });
    return new TemplateValidator(
      ajv.compile<AgentTaskTemplateEntityV1alpha1>(agentTaskTemplateSchema),
    );
  }

  readonly #hasShape: ValidateFunction<AgentTaskTemplateEntityV1alpha1>;

  private constructor(
    hasShape: ValidateFunction<AgentTaskTemplateEntityV1alpha1>,
  ) {
    this.#hasShape = hasShape;
  }

  /** Each problem as `path: reason and remedy`; none where the template is good. */
  findProblems(entity: Entity): string[] {
    if (!this.#hasShape(entity)) {
      // What a part of the wrong shape holds is not looked into: its problems would only follow from the first ones.
      return describeSchemaErrors(this.#hasShape.errors ?? []);
    }
    const { owner, parameters, prompt } = entity.spec;
    const parameterProblems = findParameterProblems(parameters);
    return [
      ...findOwnerProblems(owner),
      ...parameterProblems.map(problem => `spec.parameters: ${problem}`),
      ...(parameterProblems.length === 0
        ? findPromptProblems({ prompt, parameters }).map(
            problem => `spec.prompt: ${problem}`,
          )
        : []),
    ];
  }
}

function findOwnerProblems(owner: string): string[] {
  try {
    const { kind } = parseEntityRef(owner, {
      defaultKind: 'Group',
      defaultNamespace: 'default',
    });
    return ['group', 'user'].includes(kind.toLocaleLowerCase('en-US'))
      ? []
      : [
          `spec.owner: '${owner}' is a ${kind}; name a group or a user, such as group:default/team-platform`,
        ];
  } catch (error) {
    return [
      `spec.owner: ${
        toError(error).message
      }; name a group or a user, such as group:default/team-platform`,
    ];
  }
}
