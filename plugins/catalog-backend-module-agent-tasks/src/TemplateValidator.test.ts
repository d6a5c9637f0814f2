import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { TemplateValidator } from './TemplateValidator';

const validator = TemplateValidator.create();

function template(options: {
  spec?: JsonObject;
  metadata?: JsonObject;
  root?: JsonObject;
}): Entity {
  return {
    apiVersion: 'agent-tasks.io/v1alpha1',
    kind: 'AgentTaskTemplate',
    metadata: {
      name: 'bump-dependency',
      title: 'Bump a dependency',
      description: 'Raises one dependency.',
      ...options.metadata,
    },
    spec: {
      type: 'dependency',
      owner: 'group:default/team-platform',
      parameters: {
        type: 'object',
        required: ['dependency'],
        properties: { dependency: { type: 'string', 'ui:autofocus': true } },
      },
      prompt: 'Bump ${{ parameters.dependency }} in ${{ repository.name }}',
      ...options.spec,
    },
    ...options.root,
  } as Entity;
}

describe('TemplateValidator', () => {
  it('finds nothing in a small template', () => {
    expect(validator.findProblems(template({}))).toEqual([]);
  });

  it('finds nothing in a template that uses every key', () => {
    expect(
      validator.findProblems(
        template({
          metadata: {
            namespace: 'default',
            tags: ['npm'],
            labels: { a: 'b' },
            annotations: { 'backstage.io/managed-by-location': 'url:x' },
            links: [{ url: 'https://acme.example' }],
            uid: '1',
            etag: '2',
          },
          spec: {
            agent: {
              provider: 'github-copilot',
              model: 'any',
              customAgent: 'bumper',
              baseBranch: 'main',
            },
            execution: {
              timeoutSeconds: 3600,
              maxAttempts: 2,
              queueTimeoutSeconds: 86400,
              reviewTimeoutSeconds: 604800,
            },
            review: { autoMerge: true, estimatedMinutes: 5 },
            appliesTo: [
              { kind: 'Component', 'spec.type': ['service', 'library'] },
            ],
          },
          root: { relations: [], status: {} },
        }),
      ),
    ).toEqual([]);
  });

  const demo = resolve(__dirname, '../../../catalog/templates');
  it.each(readdirSync(demo))('finds nothing in the demo template %s', file => {
    expect(
      validator.findProblems(parse(readFileSync(join(demo, file), 'utf8'))),
    ).toEqual([]);
  });

  it.each<[string, Parameters<typeof template>[0], string[]]>([
    [
      'a misspelt key',
      { spec: { promt: 'x' } },
      [
        'spec.promt: is not a key of a template; remove it or use one of type, owner, parameters, prompt, agent, execution, review, appliesTo',
      ],
    ],
    [
      'a misspelt key further down',
      { spec: { execution: { timeout: 5 } } },
      [
        'spec.execution.timeout: is not a key of a template; remove it or use one of timeoutSeconds, maxAttempts, queueTimeoutSeconds, reviewTimeoutSeconds',
      ],
    ],
    [
      'a missing prompt',
      { spec: { prompt: undefined } },
      ['spec.prompt: is missing; add it'],
    ],
    [
      'a blank prompt',
      { spec: { prompt: ' \n' } },
      ['spec.prompt: must not be blank; write something'],
    ],
    [
      'a missing title',
      { metadata: { title: undefined } },
      ['metadata.title: is missing; add it'],
    ],
    [
      'a time-out of another type',
      { spec: { execution: { timeoutSeconds: '1h' } } },
      ['spec.execution.timeoutSeconds: must be of type integer; it is "1h"'],
    ],
    [
      'a time-out that is too long',
      { spec: { execution: { timeoutSeconds: 86401 } } },
      ['spec.execution.timeoutSeconds: must be from 60 to 86400; it is 86401'],
    ],
    [
      'reviews of no time, and a deadline of a second',
      {
        spec: {
          execution: { queueTimeoutSeconds: 1, reviewTimeoutSeconds: 3600.5 },
          review: { estimatedMinutes: 0 },
        },
      },
      [
        'spec.execution.queueTimeoutSeconds: must be from 60 to 7776000; it is 1',
        'spec.execution.reviewTimeoutSeconds: must be of type integer; it is 3600.5',
        'spec.review.estimatedMinutes: must be from 1 to 480; it is 0',
      ],
    ],
    [
      'a filter with a number',
      { spec: { appliesTo: [{ kind: 'Component' }, { 'spec.type': 5 }] } },
      [
        'spec.appliesTo[1]["spec.type"]: must be a string or a list of strings; it is 5',
      ],
    ],
    [
      'an empty filter',
      { spec: { appliesTo: [{}] } },
      ['spec.appliesTo[0]: must not be empty; fill it or remove it'],
    ],
    [
      'parameters that are no object',
      { spec: { parameters: { type: 'array' } } },
      ['spec.parameters.type: must be "object"; it is "array"'],
    ],
    [
      'an owner that is neither group nor user',
      { spec: { owner: 'component:default/web' } },
      [
        "spec.owner: 'component:default/web' is a component; name a group or a user, such as group:default/team-platform",
      ],
    ],
    [
      'an undeclared parameter in the prompt',
      { spec: { prompt: '${{ parameters.verison }}' } },
      [
        "spec.prompt: ${{ parameters.verison }} is undefined: declare 'verison' in spec.parameters.properties",
      ],
    ],
    [
      'two problems at once',
      { spec: { prompt: undefined, type: '' } },
      [
        'spec.prompt: is missing; add it',
        'spec.type: must not be empty; write something',
      ],
    ],
  ])('says where and why: %s', (_, parts, problems) => {
    expect(validator.findProblems(template(parts))).toEqual(problems);
  });

  it('says of an owner that cannot be read what one looks like', () => {
    expect(
      validator.findProblems(template({ spec: { owner: 'group:' } })),
    ).toEqual([
      expect.stringMatching(/^spec\.owner: .*group:default\/team-platform$/),
    ]);
  });

  it('names an unknown variable in the prompt', () => {
    expect(
      validator.findProblems(
        template({ spec: { prompt: 'Look at ${{ component.secret }}' } }),
      ),
    ).toEqual([expect.stringContaining('component.secret')]);
  });
});
