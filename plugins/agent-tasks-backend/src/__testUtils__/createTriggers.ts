import { createHmac } from 'node:crypto';
import { TriggerRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  ANNOTATION_LOCATION,
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { readConfig } from '../config';
import { createAgentTasks } from '../createAgentTasks';
import { migrationsDirectory } from '../database/connect';
import { InMemoryCodeHost } from './InMemoryCodeHost';
import { InMemoryProvider } from './InMemoryProvider';
import { ManualClock } from './ManualClock';

/** What senders of the tests sign with. */
export const testSecret = 'a-secret-that-nobody-guesses';

function component(name: string, team: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { 'github.com/project-slug': `acme/${name}` },
    },
    spec: { type: 'service', lifecycle: 'production', owner: team },
    relations: [
      { type: RELATION_OWNED_BY, targetRef: `group:default/${team}` },
    ],
  };
}

function group(name: string, parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: { type: 'team', children: [] },
    ...(parent && {
      relations: [
        { type: RELATION_CHILD_OF, targetRef: `group:default/${parent}` },
      ],
    }),
  };
}

/** The teams `shop` with `checkout` below it, and `bank`; each has components in repositories of their names. */
const entities: Entity[] = [
  group('shop'),
  group('checkout', 'shop'),
  group('bank'),
  ...['shop-1', 'shop-2', 'shop-3'].map(name => component(name, 'shop')),
  component('cart', 'checkout'),
  component('vault', 'bank'),
  {
    apiVersion: 'agent-tasks.io/v1alpha1',
    kind: 'AgentTaskTemplate',
    metadata: {
      name: 'bump',
      title: 'Bump a dependency',
      description: 'Raises one dependency.',
      annotations: { [ANNOTATION_LOCATION]: 'file:/bump.yaml' },
    },
    spec: {
      type: 'dependency',
      owner: 'group:default/shop',
      parameters: {
        type: 'object',
        required: ['dependency'],
        properties: {
          dependency: { type: 'string', maxLength: 500 },
          version: { type: 'string', default: 'latest' },
        },
      },
      prompt:
        'Bump ${{ parameters.dependency }} to ${{ parameters.version }} in ${{ components }}.',
    },
  },
];

/** A weekly schedule of the team `shop` on two of its components. */
export const weekly: TriggerRequest = {
  name: 'weekly-bump',
  type: 'schedule',
  owner: 'group:default/shop',
  template: 'bump',
  parameters: { dependency: 'lodash' },
  components: ['component:default/shop-1', 'component:default/shop-2'],
  scope: 'owned',
  caps: { tasksPerHour: 10, openAtOnce: 10 },
  schedule: {
    cron: '0 6 * * 1',
    timeZone: 'UTC',
    jitterSeconds: 0,
    missedRuns: 'skip',
    overlap: 'skip',
  },
};

/** What a Dependabot alert of GitHub launches on. */
export const onAlert: TriggerRequest = {
  name: 'on-alert',
  type: 'webhook',
  owner: 'group:default/shop',
  template: 'bump',
  parameters: {},
  scope: 'owned',
  caps: { tasksPerHour: 10, openAtOnce: 10 },
  webhook: {
    source: 'github',
    events: ['dependabot_alert'],
    filter: "event.action == 'created'",
    parameters: { dependency: 'event.alert.dependency.package.name' },
  },
};

/** A webhook of a sender that signs with {@link testSecret}. */
export const onScan: TriggerRequest = {
  ...onAlert,
  name: 'on-scan',
  webhook: {
    source: 'generic',
    secret: 'scanner',
    parameters: { dependency: 'event.package' },
    components: 'event.component',
  },
};

/** All stages on a database, for tests of triggers, driven by hand. */
export async function createTriggers(options: {
  knex: Knex;
  /** Of another replica that shares the database. */
  clock?: ManualClock;
  /** Default: all is allowed. */
  permissions?: Parameters<typeof createAgentTasks>[0]['permissions'];
  ownershipEntityRefs?: string[];
  without?: string[];
}) {
  const { knex } = options;
  await knex.migrate.latest({ directory: migrationsDirectory });
  const clock = options.clock ?? new ManualClock();
  const provider = new InMemoryProvider(clock);
  const codeHost = new InMemoryCodeHost();
  const logger = mockServices.logger.mock();
  const catalog = catalogServiceMock({ entities });
  const stages = createAgentTasks({
    auth: mockServices.auth(),
    catalog,
    codeHosts: new Map([[codeHost.id, codeHost]]),
    clock,
    config: readConfig(
      new ConfigReader({
        agentTasks: { triggers: { secrets: { scanner: testSecret } } },
      }),
    ),
    knex,
    logger,
    permissions:
      options.permissions ??
      mockServices.permissions({ result: AuthorizeResult.ALLOW }),
    providers: new Map([[provider.id, provider]]),
    signals: { publish: async () => {} },
    userInfo: mockServices.userInfo({
      ownershipEntityRefs: options.ownershipEntityRefs ?? [],
    }),
  });
  const credentials = mockCredentials.user('user:default/dana');
  const { signal } = new AbortController();
  await stages.rounds.templates.run(signal);

  return {
    ...stages,
    catalog,
    clock,
    credentials,
    logger,
    caller: { credentials, actor: 'user:default/dana' },

    /** One round of the triggers. */
    round: () => stages.rounds.triggers.run(signal),

    /** The runs of a trigger, newest first, with outcome and reason. */
    async runsOf(id: string) {
      const { items } = await stages.triggers.listRuns({
        credentials,
        id,
        limit: 200,
      });
      return items;
    },

    /** All tasks, as they are stored. */
    async storedTasks(): Promise<
      { id: string; requester: string; repository: string; prompt: string }[]
    > {
      return knex('tasks')
        .select('id', 'requester', 'repository', 'prompt')
        .orderBy('repository');
    },

    /** The types of all events, in their order. */
    async events(): Promise<
      { type: string; actor: string; message: string; details: string }[]
    > {
      return knex('events').orderBy('sequence');
    },

    /** Settles all tasks, as if their changes were merged. */
    async settleAll() {
      await knex('tasks').update({
        state: 'merged',
        settled_at: clock.now(),
      });
    },

    /** Posts a body, signed as another sender than GitHub does it. */
    async post(
      triggerId: string,
      payload: unknown,
      sent: { secret?: string; at?: Date; delivery?: string } = {},
    ) {
      const body = Buffer.from(JSON.stringify(payload));
      const at = String(Math.floor((sent.at ?? clock.now()).getTime() / 1000));
      const headers: Record<string, string | undefined> = {
        'x-agent-tasks-timestamp': at,
        'x-agent-tasks-delivery': sent.delivery,
        'x-agent-tasks-signature': `sha256=${createHmac(
          'sha256',
          sent.secret ?? testSecret,
        )
          .update(`${at}.${sent.delivery ? `${sent.delivery}.` : ''}`)
          .update(body)
          .digest('hex')}`,
      };
      return stages.inbox.receive({
        triggerId,
        request: { body, header: name => headers[name] },
      });
    },
  };
}
