import {
  ANNOTATION_LOCATION,
  Entity,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import { PermissionsService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AgentTaskTemplateExecution } from '@agent-tasks/plugin-agent-tasks-common';
import { AgentProviderCapabilities } from '@agent-tasks/plugin-agent-tasks-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { readConfig } from '../config';
import { createAgentTasks } from '../createAgentTasks';
import { migrationsDirectory } from '../database/connect';
import { InMemoryCodeHost } from './InMemoryCodeHost';
import { InMemoryProvider } from './InMemoryProvider';
import { ManualClock } from './ManualClock';

/** A component in a repository of its own, owned by a team of the catalog. */
export function component(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { 'github.com/project-slug': `acme/${name}` },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
    relations: [{ type: RELATION_OWNED_BY, targetRef: 'group:default/shop' }],
  };
}

/** Of the template `tidy`, changes are merged without a review. */
const templates = [template('bump'), template('tidy', { autoMerge: true })];

function template(name: string, review?: { autoMerge: boolean }): Entity {
  return {
    apiVersion: 'agent-tasks.io/v1alpha1',
    kind: 'AgentTaskTemplate',
    metadata: {
      name,
      title: 'Bump a dependency',
      description: 'Raises one dependency.',
      annotations: { [ANNOTATION_LOCATION]: 'file:/bump.yaml' },
    },
    spec: {
      ...(review && { review }),
      type: 'dependency',
      owner: 'group:default/shop',
      parameters: {
        type: 'object',
        required: ['version'],
        properties: { version: { type: 'string' } },
      },
      prompt: 'Bump left-pad to ${{ parameters.version }}.',
    },
  };
}

/** All stages on a database, with a provider and a host in memory, driven by hand. */
export async function createStages(options: {
  knex: Knex;
  running?: number;
  limits?: {
    account?: { startsPerMinute?: number | 'none' };
    repository?: { running?: number; openChanges?: number };
    team?: { running?: number; openChanges?: number; autoChanges?: number };
    pendingChecks?: number;
  };
  backpressure?: {
    startsAtOnce?: number | 'none';
    contentPerMinute?: number | 'none';
    contentPerHour?: number | 'none';
    breakerFailures?: number;
  };
  /** Of the templates. */
  execution?: AgentTaskTemplateExecution;
  /** Of the templates: how long tasks of one repository wait for each other. */
  batchingSeconds?: number;
  /** Default: everything is allowed. */
  permissions?: PermissionsService;
  components?: number;
  capabilities?: AgentProviderCapabilities;
  /** Of another replica that shares the database. */
  shared?: {
    clock: ManualClock;
    provider: InMemoryProvider;
    codeHost: InMemoryCodeHost;
  };
}) {
  const { knex, running = 5, components = 3, capabilities } = options;
  await knex.migrate.latest({ directory: migrationsDirectory });
  const clock = options.shared?.clock ?? new ManualClock();
  const provider =
    options.shared?.provider ?? new InMemoryProvider(clock, capabilities);
  const codeHost = options.shared?.codeHost ?? new InMemoryCodeHost();
  const execution = options.execution && {
    execution: { ...options.execution },
  };
  const batching = options.batchingSeconds !== undefined && {
    batching: { windowSeconds: options.batchingSeconds },
  };
  const names = Array.from({ length: components }, (_, i) => `shop-${i + 1}`);
  const stages = createAgentTasks({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: [
        ...names.map(component),
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Group',
          metadata: { name: 'shop' },
          spec: { type: 'team', children: [] },
        },
        ...templates.map(template_ => ({
          ...template_,
          spec: { ...template_.spec, ...execution, ...batching },
        })),
      ],
    }),
    codeHosts: new Map([[codeHost.id, codeHost]]),
    clock,
    config: readConfig(
      new ConfigReader({
        agentTasks: {
          limits: { running, ...options.limits },
          ...(options.backpressure && { backpressure: options.backpressure }),
        },
      }),
    ),
    knex,
    logger: mockServices.logger.mock(),
    permissions:
      options.permissions ??
      mockServices.permissions({ result: AuthorizeResult.ALLOW }),
    providers: new Map([[provider.id, provider]]),
    signals: { publish: async () => {} },
  });
  const credentials = mockCredentials.user('user:default/dana');
  const { signal } = new AbortController();
  let launches = 0;

  /** One round of each loop, in this order. */
  const round = async (...names_: (keyof typeof stages.rounds)[]) => {
    for (const name of names_) {
      await stages.rounds[name].run(signal);
    }
  };

  return {
    ...stages,
    clock,
    provider,
    codeHost,
    credentials,
    round,

    /** Runs rounds of all loops, a second apart, or ten where it takes long, until a test's condition holds. */
    async until(condition: () => Promise<boolean>, seconds = 600) {
      const step = seconds > 600 ? 10 : 1;
      for (let second = 0; second < seconds; second += step) {
        await round('admission', 'starts', 'watch', 'changes', 'stops');
        if (await condition()) {
          return;
        }
        clock.advance(step);
      }
      throw new Error(`the condition did not hold within ${seconds} s`);
    },

    async launch(count = 1, template_ = 'bump'): Promise<string[]> {
      launches += 1;
      await round('templates');
      const { campaign } = await stages.launches.launch({
        caller: { credentials, requester: 'user:default/dana' },
        request: {
          template: template_,
          components: names
            .slice(0, count)
            .map(name => `component:default/${name}`),
          parameters: { version: '1.3.0' },
        },
        idempotencyKey: `launch-${launches}-${clock.now().getTime()}`,
      });
      return campaign.tasks;
    },

    async stateOf(id: string) {
      return (await stages.tasks.get({ credentials, id })).task.state;
    },

    async eventsOf(id: string) {
      const { items } = await stages.tasks.listEvents({
        credentials,
        id,
        limit: 500,
      });
      return items;
    },

    /** Run slots as counted in full, beside the counter that admission uses. */
    async slots() {
      const [{ count }] = await knex('tasks')
        .where('run_slot', true)
        .count({ count: '*' });
      const { used } = await knex('limit_slots')
        .where({ kind: 'running', key: 'portal' })
        .first();
      return { counted: Number(count), used: Number(used) };
    },

    /** What is wrong with any counter, after it was set right. */
    async counterDrift() {
      return stages.taskStore.transaction(tx =>
        stages.queueStore.reconcile(tx, clock.now()),
      );
    },
  };
}
