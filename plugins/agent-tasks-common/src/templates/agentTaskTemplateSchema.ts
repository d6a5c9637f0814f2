import { JsonObject } from '@backstage/types';
import {
  AGENT_TASK_TEMPLATE_API_VERSION,
  AGENT_TASK_TEMPLATE_KIND,
} from './AgentTaskTemplateEntityV1alpha1';

/**
 * JSON Schema (draft 7) of {@link AgentTaskTemplateEntityV1alpha1}. Closed at every level, so that a misspelt key is an
 * error and not a setting that is silently not in force.
 *
 * @public
 */
export const agentTaskTemplateSchema: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'AgentTaskTemplateV1alpha1',
  description: 'A recipe for agent tasks.',
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: AGENT_TASK_TEMPLATE_API_VERSION },
    kind: { const: AGENT_TASK_TEMPLATE_KIND },
    metadata: {
      type: 'object',
      required: ['name', 'title', 'description'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 63 },
        title: {
          type: 'string',
          minLength: 1,
          maxLength: 100,
          description: 'What people choose it by.',
        },
        description: {
          type: 'string',
          minLength: 1,
          maxLength: 2000,
          description: 'What it does to a repository, in a sentence or two.',
        },
        tags: { type: 'array', items: { type: 'string', minLength: 1 } },
        namespace: { type: 'string' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        annotations: {
          type: 'object',
          additionalProperties: { type: 'string' },
        },
        links: { type: 'array', items: { type: 'object' } },
        uid: { type: 'string', description: 'Written by the catalog.' },
        etag: { type: 'string', description: 'Written by the catalog.' },
      },
    },
    spec: {
      type: 'object',
      required: ['type', 'owner', 'parameters', 'prompt'],
      additionalProperties: false,
      properties: {
        type: {
          type: 'string',
          minLength: 1,
          maxLength: 63,
          description: 'What kind of work it is, such as `dependency`.',
        },
        owner: {
          type: 'string',
          minLength: 1,
          description:
            'Entity ref of the group or user that answers for the template.',
        },
        parameters: {
          type: 'object',
          required: ['type'],
          properties: { type: { const: 'object' } },
          description: 'JSON Schema of the form that a launch fills in.',
        },
        prompt: {
          type: 'string',
          pattern: '\\S',
          maxLength: 65536,
          description:
            'The prompt, with `${{ … }}` where parameters, component and repository are put in.',
        },
        agent: {
          type: 'object',
          additionalProperties: false,
          properties: {
            provider: { type: 'string', minLength: 1 },
            model: { type: 'string', minLength: 1 },
            customAgent: { type: 'string', minLength: 1 },
            baseBranch: { type: 'string', minLength: 1 },
          },
        },
        execution: {
          type: 'object',
          additionalProperties: false,
          properties: {
            timeoutSeconds: {
              type: 'integer',
              minimum: 60,
              maximum: 86400,
              description: 'How long one attempt may run, in seconds.',
            },
            maxAttempts: {
              type: 'integer',
              minimum: 1,
              maximum: 10,
              description:
                'How many attempts one task may take, the first one included. Default: 1.',
            },
            queueTimeoutSeconds: {
              type: 'integer',
              minimum: 60,
              maximum: 7776000,
              description:
                'How long a task may wait in the queue, in seconds; then it ends without a start. Default: no deadline.',
            },
            reviewTimeoutSeconds: {
              type: 'integer',
              minimum: 3600,
              maximum: 31536000,
              description:
                'How long its change may be in review, in seconds; then it is closed. Default: no deadline.',
            },
          },
        },
        review: {
          type: 'object',
          additionalProperties: false,
          properties: {
            autoMerge: {
              type: 'boolean',
              description:
                'A change that turns out to be of low risk may be merged without a person. Default: false.',
            },
            estimatedMinutes: {
              type: 'integer',
              minimum: 1,
              maximum: 480,
              description:
                "What one review takes a person, in minutes: counted against the team's review budget. Default: 20.",
            },
          },
        },
        appliesTo: {
          type: 'array',
          minItems: 1,
          description:
            'Catalog filters; the template may be launched for entities that match at least one.',
          items: {
            type: 'object',
            minProperties: 1,
            propertyNames: { pattern: '^\\S+$' },
            additionalProperties: {
              anyOf: [
                { type: 'string', minLength: 1 },
                {
                  type: 'array',
                  minItems: 1,
                  items: { type: 'string', minLength: 1 },
                },
              ],
            },
          },
        },
      },
    },
    relations: { type: 'array', description: 'Written by the catalog.' },
    status: { type: 'object', description: 'Written by the catalog.' },
  },
};
