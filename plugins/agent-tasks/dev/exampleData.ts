import type {
  Change,
  Task,
  TaskState,
  Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import type { Entity } from '@backstage/catalog-model';

/** A component as the catalog has it, for pages that show one. */
export const exampleComponent: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-api',
    namespace: 'default',
    title: 'Payments API',
    description: 'Authorises, captures and refunds card payments.',
    annotations: { 'github.com/project-slug': 'acme/payments-api' },
  },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/team-payments',
  },
};

/** A team as the catalog has it. */
export const exampleGroup: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-payments', namespace: 'default' },
  spec: { type: 'team', profile: { displayName: 'Payments' }, children: [] },
};

/** What the catalog of the test app holds. */
export const exampleEntities: Entity[] = [
  exampleComponent,
  ...['payments-worker', 'payments-ledger', 'cart', 'search'].map(name => ({
    ...exampleComponent,
    metadata: { name, namespace: 'default' },
  })),
  ...[
    ['team-payments', 'Payments'],
    ['team-checkout', 'Checkout'],
    ['team-ledger', 'Bookkeeping'],
  ].map(([name, displayName]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', profile: { displayName }, children: [] },
  })),
];

/** Two templates: one that is used a lot, one that is new. */
export const exampleTemplates: Template[] = [
  {
    name: 'bump-dependency',
    entityRef: 'agenttasktemplate:default/bump-dependency',
    title: 'Bump a dependency',
    description:
      'Raises one npm package to a version, updates the lockfile, and adapts the code where the new version needs it.',
    type: 'dependency',
    owner: 'group:default/team-platform',
    tags: ['dependencies', 'npm'],
    revision: 3,
    parameters: {
      type: 'object',
      required: ['dependency', 'version'],
      properties: {
        dependency: {
          type: 'string',
          title: 'Package',
          description: 'The package as npm knows it, such as axios.',
          'ui:autofocus': true,
          'ui:placeholder': 'axios',
        },
        version: {
          type: 'string',
          title: 'Version',
          description: 'The version to go to, such as 1.12.2.',
          pattern: '^\\d+\\.\\d+\\.\\d+$',
          'ui:placeholder': '1.12.2',
        },
        reason: {
          type: 'string',
          title: 'Reason',
          description: 'Why it is needed.',
          default: 'It keeps our dependencies current.',
          'ui:widget': 'textarea',
          'ui:options': { rows: 3 },
        },
      },
    },
    prompt: 'Update `${{ parameters.dependency }}`.',
    origin: 'catalog',
    updatedAt: '2026-11-02T09:00:00.000Z',
    statistics: {
      tasks: 15,
      merged: 12,
      closed: 2,
      failed: 1,
      medianRunSeconds: 744,
    },
  },
  {
    name: 'fix-lint',
    entityRef: 'agenttasktemplate:default/fix-lint',
    title: 'Fix a lint rule',
    description: 'Resolves every finding of one ESLint rule.',
    type: 'lint',
    owner: 'group:default/team-platform',
    tags: ['lint'],
    revision: 1,
    parameters: {
      type: 'object',
      required: ['rule'],
      properties: { rule: { type: 'string', title: 'Rule' } },
    },
    prompt: 'Fix `${{ parameters.rule }}`.',
    origin: 'catalog',
    updatedAt: '2026-11-02T09:00:00.000Z',
    statistics: { tasks: 0, merged: 0, closed: 0, failed: 0 },
  },
];

/** A change as GitHub would tell of it. */
export function exampleChange(overrides: Partial<Change> = {}): Change {
  return {
    id: 'chg_1',
    state: 'open',
    draft: false,
    number: 412,
    url: 'https://github.example.com/acme/payments-api/pull/412',
    title: 'Update axios to 1.12.2',
    headCommit: '5a2f8c1d9b',
    additions: 38,
    deletions: 21,
    changedFiles: 3,
    checks: 'passed',
    review: 'required',
    openedAt: '2026-03-14T12:20:00Z',
    seenAt: '2026-03-14T12:40:00Z',
    ...overrides,
  };
}

/** A task that was launched at `createdAt` and is in a state since then. */
export function exampleTask(overrides: Partial<Task> & { id: string }): Task {
  const createdAt = overrides.createdAt ?? '2026-03-14T12:00:00Z';
  const state: TaskState = overrides.state ?? 'queued';
  return {
    campaignId: 'camp_1',
    state,
    stateSince: createdAt,
    template: {
      name: 'bump-dependency',
      title: 'Bump a dependency',
      revision: 3,
    },
    team: 'group:default/team-payments',
    repository: {
      ref: 'github.example.com/acme/payments-api',
      url: 'https://github.example.com/acme/payments-api',
    },
    components: [{ entityRef: 'component:default/payments-api' }],
    provider: 'GitHub Copilot',
    requester: 'user:default/ada',
    createdAt,
    updatedAt: createdAt,
    ...overrides,
  };
}
