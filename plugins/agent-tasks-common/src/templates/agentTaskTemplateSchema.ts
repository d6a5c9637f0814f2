import { JsonObject } from '@backstage/types';
import {
  AGENT_TASK_TEMPLATE_API_VERSION,
  AGENT_TASK_TEMPLATE_KIND,
} from './AgentTaskTemplateEntityV1alpha1';

const glob: JsonObject = {
  type: 'string',
  minLength: 1,
  maxLength: 500,
  pattern: '^\\S',
};

function percent(description: string): JsonObject {
  return { type: 'number', minimum: 0, maximum: 100, description };
}

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
    apiVersion: {
      const: AGENT_TASK_TEMPLATE_API_VERSION,
      description: 'The version of this schema.',
    },
    kind: {
      const: AGENT_TASK_TEMPLATE_KIND,
      description: 'What it is.',
    },
    metadata: {
      type: 'object',
      description: 'What people know it by.',
      required: ['name', 'title', 'description'],
      additionalProperties: false,
      properties: {
        name: {
          type: 'string',
          minLength: 1,
          maxLength: 63,
          description:
            'Its name in addresses and filters: letters and digits, with single - _ . between them. It never changes.',
        },
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
        tags: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'Lower-case words to find it by.',
        },
        namespace: {
          type: 'string',
          description:
            'Of the catalog. A template of the portal has none. Default: `default`.',
        },
        labels: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'As every entity of the catalog may have them.',
        },
        annotations: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'As every entity of the catalog may have them.',
        },
        links: {
          type: 'array',
          items: { type: 'object' },
          description: 'As every entity of the catalog may have them.',
        },
        uid: { type: 'string', description: 'Written by the catalog.' },
        etag: { type: 'string', description: 'Written by the catalog.' },
      },
    },
    spec: {
      type: 'object',
      description: 'What it asks for, of whom, and within which limits.',
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
          description: 'Which agent does the work, and how.',
          additionalProperties: false,
          properties: {
            provider: {
              type: 'string',
              minLength: 1,
              description:
                "The id of a provider, such as `github-copilot`. Default: the portal's.",
            },
            model: {
              type: 'string',
              minLength: 1,
              description:
                "The provider's name of a model. Default: the provider's.",
            },
            customAgent: {
              type: 'string',
              minLength: 1,
              description: 'The name of a custom agent of the repository.',
            },
            baseBranch: {
              type: 'string',
              minLength: 1,
              description:
                "The branch to start from. Default: the repository's default branch.",
            },
          },
        },
        constraints: {
          type: 'object',
          description: 'What a change may hold.',
          additionalProperties: false,
          properties: {
            allowedPaths: {
              type: 'array',
              minItems: 1,
              maxItems: 200,
              items: glob,
              description:
                'Globs of the only files that a change may touch, such as `src/**`. Default: all files.',
            },
            forbiddenPaths: {
              type: 'array',
              minItems: 1,
              maxItems: 200,
              items: glob,
              description:
                'Globs of files that a change may not touch, such as `.github/**`. They win over `allowedPaths`.',
            },
            maxChangedFiles: {
              type: 'integer',
              minimum: 1,
              maximum: 10000,
              description: 'How many files a change may touch.',
            },
            maxChangedLines: {
              type: 'integer',
              minimum: 1,
              maximum: 1000000,
              description:
                'How many lines a change may add and delete, together.',
            },
            forbiddenSecrets: {
              type: 'array',
              minItems: 1,
              maxItems: 100,
              items: glob,
              description:
                'Globs of names of secrets, such as `*PROD*`, that the agent must not be able to read.',
            },
          },
        },
        execution: {
          type: 'object',
          description:
            'How long and how often an agent may try, and how long a task may wait.',
          additionalProperties: false,
          properties: {
            timeoutSeconds: {
              type: 'integer',
              minimum: 60,
              maximum: 86400,
              description:
                'How long one attempt may run, in seconds. Default: no deadline.',
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
            priority: {
              enum: ['low', 'normal', 'high'],
              description:
                'Its place among the tasks of its team; a level is worth an hour of waiting. Default: `normal`.',
            },
          },
        },
        review: {
          type: 'object',
          description: 'What a change needs before it is merged.',
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
            reviewers: {
              type: 'array',
              minItems: 1,
              maxItems: 20,
              items: { type: 'string', minLength: 1, maxLength: 300 },
              description:
                'Entity refs of the users or groups that review its changes. Default: who owns the code.',
            },
            requireApproval: {
              type: 'boolean',
              description:
                'The change is held as a draft until somebody approves that it goes to review. Default: false.',
            },
            minApprovals: {
              type: 'integer',
              minimum: 1,
              maximum: 10,
              description:
                'How many people have to approve a change before it may be merged. Default: 1.',
            },
          },
        },
        batching: {
          type: 'object',
          description: 'What becomes one task.',
          additionalProperties: false,
          properties: {
            perRepository: {
              type: 'boolean',
              description:
                'Components that share a repository (and a team) become one task with one change; `false`: each becomes one of its own. Default: true.',
            },
            windowSeconds: {
              type: 'integer',
              minimum: 0,
              maximum: 86400,
              description:
                'How long a task waits for others of this template and repository to join it, in seconds. Default: 0.',
            },
          },
        },
        rollout: {
          type: 'object',
          description: 'In which waves a campaign goes, and what stops it.',
          additionalProperties: false,
          properties: {
            waves: {
              type: 'array',
              minItems: 1,
              maxItems: 20,
              description:
                'How many tasks have been released when each wave has: a number of tasks, or a share such as `25%`. Ascending; the last is `100%`. Default: all tasks at once.',
              items: {
                anyOf: [
                  { type: 'integer', minimum: 1, maximum: 50000 },
                  { type: 'string', pattern: '^([1-9][0-9]?|100)%$' },
                ],
              },
            },
            continue: {
              enum: ['automatic', 'approval'],
              description:
                'Whether the next wave follows by itself, or after somebody approved it. Default: `automatic`.',
            },
            soakSeconds: {
              type: 'integer',
              minimum: 0,
              maximum: 2592000,
              description:
                'How long the campaign waits after all tasks of a wave have settled, in seconds. Default: 0.',
            },
            stopOn: {
              type: 'object',
              description:
                'Shares of the settled tasks of the released waves, in percent, beyond which no further wave is released.',
              additionalProperties: false,
              properties: {
                failedPercent: percent('Tasks that failed.'),
                closedPercent: percent(
                  'Changes that were closed without a merge.',
                ),
                revertedPercent: percent(
                  'Changes that were merged and reverted.',
                ),
                checksFailedPercent: percent('Changes whose checks failed.'),
                minTasks: {
                  type: 'integer',
                  minimum: 1,
                  maximum: 50000,
                  description:
                    'As long as fewer tasks have settled no rule stops anything. Default: 1.',
                },
              },
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
