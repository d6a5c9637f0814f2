import { LaunchRequest } from '@agent-tasks/plugin-agent-tasks-common';
import {
  mockCredentials,
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { DatabaseEventStore } from '../audit/DatabaseEventStore';
import { migrationsDirectory } from '../database/connect';
import { Wakeups } from '../loops/Wakeups';
import { DatabaseTaskStore } from '../queue/DatabaseTaskStore';
import { DatabaseBrakeStore } from '../queue/DatabaseBrakeStore';
import { DatabaseForecastStore } from '../queue/DatabaseForecastStore';
import { DatabaseMeasuredTimes } from '../queue/DatabaseMeasuredTimes';
import { DatabaseQueueLineReader } from '../queue/DatabaseQueueLineReader';
import { Forecasts } from '../queue/Forecasts';
import { PlanForecasts } from '../queue/PlanForecasts';
import { TaskFeed } from '../queue/TaskFeed';
import { DatabaseRemoteStore } from '../remotes/DatabaseRemoteStore';
import { Remotes } from '../remotes/Remotes';
import { DatabaseTemplateStore } from '../templates/DatabaseTemplateStore';
import { TemplateContent } from '../templates/TemplateStore';
import { component } from '../__testUtils__/createStages';
import { InMemoryCodeHost } from '../__testUtils__/InMemoryCodeHost';
import { InMemoryProvider } from '../__testUtils__/InMemoryProvider';
import { ManualClock } from '../__testUtils__/ManualClock';
import { createCampaigns } from '../campaigns/createCampaigns';
import { DatabaseCampaignStore } from '../campaigns/DatabaseCampaignStore';
import { DatabaseDeadlineStore } from '../runs/DeadlineStore';
import { DatabaseTeamGroupStore } from '../teams/DatabaseTeamGroupStore';
import { DefaultLaunchService } from './DefaultLaunchService';
import { Planner } from './Planner';
import { PlanService } from './PlanService';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const dana = {
  credentials: mockCredentials.user('user:default/dana'),
  requester: 'user:default/dana',
};

const bump: TemplateContent = {
  title: 'Bump a dependency',
  type: 'dependency',
  owner: 'group:default/shop',
  tags: [],
  parameters: {
    type: 'object',
    required: ['version'],
    properties: {
      version: { type: 'string' },
      level: { type: 'string', default: 'patch' },
    },
  },
  prompt: 'Bump left-pad to ${{ parameters.version }}.',
};

const teams: Entity[] = ['shop', 'pay'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name },
  spec: { type: 'team', children: [] },
}));

/** A launch service as one replica has it. */
async function createReplica(options: {
  knex: Knex;
  entities?: Entity[];
  template?: TemplateContent;
  runningLimit?: number;
}) {
  const { knex, template = bump, runningLimit = 5 } = options;
  const { entities = ['shop-1', 'shop-2'].map(component) } = options;
  await knex.migrate.latest({ directory: migrationsDirectory });
  const clock = new ManualClock();
  const provider = new InMemoryProvider(clock);
  const codeHost = new InMemoryCodeHost();
  const logger = mockServices.logger.mock();
  const wakeups = new Wakeups();
  const admissionWoken = jest.fn();
  wakeups.on('admission', admissionWoken);
  const remotes = Remotes.create({
    providers: new Map([[provider.id, provider]]),
    codeHosts: new Map([[codeHost.id, codeHost]]),
    store: DatabaseRemoteStore.create({ knex }),
    clock,
    wakeups,
    logger,
  });
  const events = DatabaseEventStore.create({ knex });
  const tasks = DatabaseTaskStore.create({ knex, events });
  const templates = DatabaseTemplateStore.create({ knex });
  await templates.provision({
    templates: [
      {
        name: 'bump',
        entityRef: 'agenttasktemplate:default/bump',
        content: template,
      },
    ],
    at: clock.now(),
  });
  const planner = Planner.create({
    catalog: catalogServiceMock({ entities: [...teams, ...entities] }),
    templates,
    remotes,
  });
  const plans = PlanService.create({
    planner,
    forecasts: PlanForecasts.create({
      tasks,
      lines: DatabaseQueueLineReader.create({ knex }),
      brakes: DatabaseBrakeStore.create({ knex }),
      clock,
      remotes,
      limits: {
        read: async at => ({
          settings: {
            at,
            portal: { running: runningLimit },
            groups: new Map(),
            ancestors: new Map(),
          },
          foreign: new Map(),
          starts: new Map(),
          lowered: new Map(),
        }),
      },
      forecasts: Forecasts.create({
        times: DatabaseMeasuredTimes.create({ knex, clock }),
        store: DatabaseForecastStore.create({ knex }),
        countBefore: async () => 0,
        clock,
      }),
    }),
  });
  const feed = TaskFeed.create({
    signals: { publish: async () => {} },
    logger,
  });
  const common = {
    campaigns: DatabaseCampaignStore.create({ knex }),
    tasks,
    templates,
    events,
    clock,
    feed,
    wakeups,
  };
  const launches = DefaultLaunchService.create({
    ...common,
    ...createCampaigns({
      ...common,
      knex,
      logger,
      brakes: DatabaseBrakeStore.create({ knex }),
      deadlines: DatabaseDeadlineStore.create({ knex }),
      groups: DatabaseTeamGroupStore.create({ knex }),
      times: DatabaseMeasuredTimes.create({ knex, clock }),
      permissions: mockServices.permissions.mock(),
      runningMax: runningLimit,
    }),
    planner,
    hierarchy: { ensure: async () => [] },
  });
  const permitted = async (refs: string[]) => new Set(refs);
  return {
    admissionWoken,
    codeHost,
    remotes,
    tasks,
    plan: (components: string[]) =>
      plans.plan({
        caller: dana,
        request: request({ components }),
        permitted,
        visible: undefined,
      }),
    launch: (
      body: Partial<LaunchRequest> = {},
      idempotencyKey = 'key-0001',
      caller = dana,
    ) =>
      launches.launch({
        caller,
        request: request(body),
        idempotencyKey,
        permitted,
      }),
    campaigns: common.campaigns,
  };
}

function request(body: Partial<LaunchRequest>): LaunchRequest {
  return {
    template: 'bump',
    components: ['component:default/shop-1'],
    parameters: parametersOf({ version: '1.3.0' }),
    ...body,
  };
}

function parametersOf(parameters: object): LaunchRequest['parameters'] {
  return parameters as LaunchRequest['parameters'];
}

async function countRows(knex: Knex) {
  const counts: Record<string, number> = {};
  for (const table of ['campaigns', 'tasks', 'task_components', 'events']) {
    const [{ count }] = await knex(table).count({ count: '*' });
    counts[table] = Number(count);
  }
  return counts;
}

const nothing = { campaigns: 0, tasks: 0, task_components: 0, events: 0 };

describe.each(databases.eachSupportedId())(
  'DefaultLaunchService on %p',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
    });

    it('stores a launch with its tasks and their events', async () => {
      const { launch, campaigns, admissionWoken } = await createReplica({
        knex,
      });
      const { campaign, repeated } = await launch({
        components: ['shop-1', 'shop-2', 'gone'],
      });
      expect(repeated).toBe(false);
      expect(campaign).toMatchObject({
        state: 'running',
        taskCount: 2,
        selection: { components: ['shop-1', 'shop-2', 'gone'] },
        waves: [{ number: 1, size: '100%', tasks: 2, state: 'running' }],
        id: expect.stringMatching(/^camp_/),
        template: { name: 'bump', title: 'Bump a dependency', revision: 1 },
        parameters: { version: '1.3.0', level: 'patch' },
        requester: 'user:default/dana',
        createdAt: '2026-03-02T08:00:00.000Z',
        tasks: [
          expect.stringMatching(/^task_/),
          expect.stringMatching(/^task_/),
        ],
        states: { queued: 2 },
        excluded: [
          expect.objectContaining({
            component: 'gone',
            reason: 'unknown-component',
          }),
        ],
      });
      expect(admissionWoken).toHaveBeenCalledTimes(1);
      // What both tasks have in common is told once.
      expect(await campaigns.listOwners(campaign.id)).toEqual([
        { requester: 'user:default/dana', team: 'group:default/shop' },
      ]);
      expect(await countRows(knex)).toEqual({
        campaigns: 1,
        tasks: 2,
        task_components: 2,
        events: 3,
      });
      const events = await knex('events').orderBy('sequence');
      expect(
        events.map(event => [event.type, event.task_id, event.to_state]),
      ).toEqual([
        ['campaign.launched', null, null],
        ['task.launched', campaign.tasks[0], 'queued'],
        ['task.launched', campaign.tasks[1], 'queued'],
      ]);
      expect(events.every(event => event.campaign_id === campaign.id)).toBe(
        true,
      );
      expect(events[0].message).toBe(
        "Launched 2 tasks of 'Bump a dependency'.",
      );
    });

    describe('with an Idempotency-Key that was used before', () => {
      it('answers the same campaign for the same request', async () => {
        const { launch, admissionWoken } = await createReplica({ knex });
        const first = await launch({ components: ['shop-1', 'shop-2'] });
        const second = await launch({ components: ['shop-2', 'shop-1'] });
        expect(second).toEqual({ campaign: first.campaign, repeated: true });
        expect(await countRows(knex)).toMatchObject({ campaigns: 1, tasks: 2 });
        expect(admissionWoken).toHaveBeenCalledTimes(1);
      });

      it('answers it with the order of keys changed, and after the world has changed', async () => {
        const before = await createReplica({ knex });
        const first = await before.launch({
          parameters: parametersOf({ version: '1', level: 'minor' }),
        });
        const after = await createReplica({
          knex,
          entities: [],
          template: { ...bump, prompt: 'Bump left-pad.' },
        });
        const second = await after.launch({
          parameters: parametersOf({ level: 'minor', version: '1' }),
        });
        expect(second).toEqual({ campaign: first.campaign, repeated: true });
      });

      it.each<[string, Partial<LaunchRequest>]>([
        ['other components', { components: ['component:default/shop-2'] }],
        ['other parameters', { parameters: parametersOf({ version: '2' }) }],
        ['acceptance of changes', { acceptChanges: true }],
      ])('refuses a request with %s', async (_what, body) => {
        const { launch } = await createReplica({ knex });
        const { campaign } = await launch();
        await expect(launch(body)).rejects.toMatchObject({
          name: 'ConflictError',
          message: `This Idempotency-Key has launched the campaign ${campaign.id} with another request. Use a new key for a new launch.`,
        });
        expect(await countRows(knex)).toMatchObject({ campaigns: 1, tasks: 1 });
      });

      it('launches for somebody else who happens to use it', async () => {
        const { launch } = await createReplica({ knex });
        const first = await launch();
        const second = await launch({}, 'key-0001', {
          credentials: mockCredentials.user('user:default/lee'),
          requester: 'user:default/lee',
        });
        expect(second.repeated).toBe(false);
        expect(second.campaign.id).not.toBe(first.campaign.id);
      });

      it('launches once, however many launch at the same moment', async () => {
        const replicas = [
          await createReplica({ knex }),
          await createReplica({ knex }),
        ];
        const answers = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            replicas[index % 2].launch(),
          ),
        );
        expect(new Set(answers.map(one => one.campaign.id)).size).toBe(1);
        expect(answers.filter(one => !one.repeated)).toHaveLength(1);
        expect(await countRows(knex)).toEqual({
          campaigns: 1,
          tasks: 1,
          task_components: 1,
          events: 2,
        });
      });

      it('refuses the other request of two at the same moment', async () => {
        const { launch } = await createReplica({ knex });
        const answers = await Promise.allSettled([
          launch(),
          launch({ parameters: parametersOf({ version: '2' }) }),
        ]);
        expect(answers.map(one => one.status).sort()).toEqual([
          'fulfilled',
          'rejected',
        ]);
        expect(answers).toContainEqual({
          status: 'rejected',
          reason: expect.objectContaining({ name: 'ConflictError' }),
        });
        expect(await countRows(knex)).toMatchObject({ campaigns: 1, tasks: 1 });
      });
    });

    describe('where the plan is not what the requester saw', () => {
      const moved: Entity = {
        ...component('shop-1'),
        relations: [{ type: 'ownedBy', targetRef: 'group:default/pay' }],
      };

      it('refuses, with the difference, and stores nothing', async () => {
        const { plan } = await createReplica({ knex });
        const { outline: expected } = await plan(['shop-1']);
        const { launch } = await createReplica({
          knex,
          entities: [moved],
          template: { ...bump, prompt: 'Bump left-pad.' },
        });
        await expect(launch({ expected })).rejects.toMatchObject({
          name: 'ConflictError',
          message:
            'The launch would not do what was planned: the template is now at revision 2, not 1; no longer planned: github.com/acme/shop-1 for group:default/shop (component:default/shop-1); newly planned: github.com/acme/shop-1 for group:default/pay (component:default/shop-1). Look at the new plan and launch that, or send acceptChanges: true.',
        });
        expect(await countRows(knex)).toEqual(nothing);
      });

      it('tells ten differences, and how many more there are', async () => {
        const { launch } = await createReplica({ knex });
        const expected = {
          templateRevision: 1,
          tasks: Array.from({ length: 14 }, (_, index) => ({
            repository: `github.com/acme/gone-${index}`,
            team: 'group:default/shop',
            components: [],
          })),
        };
        await expect(launch({ expected })).rejects.toThrow(
          /; and 5 more\. Look/,
        );
      });

      it('launches where the requester accepts it, and with the same key', async () => {
        const { plan } = await createReplica({ knex });
        const { outline: expected } = await plan(['shop-1']);
        const { launch } = await createReplica({ knex, entities: [moved] });
        await expect(launch({ expected })).rejects.toThrow('not do what');
        const { campaign } = await launch({ expected, acceptChanges: true });
        expect(campaign.states).toEqual({ queued: 1 });
        expect(await knex('tasks').select('team')).toEqual([
          { team: 'group:default/pay' },
        ]);
      });

      it('launches what was planned without a question', async () => {
        const { plan, launch } = await createReplica({ knex });
        const { outline: expected } = await plan(['shop-2', 'shop-1']);
        const { campaign } = await launch({
          components: ['shop-1', 'shop-2'],
          expected,
        });
        expect(campaign.tasks).toHaveLength(2);
      });
    });

    describe('leaves no rows behind', () => {
      it('where nothing would be launched, and says why', async () => {
        const { launch, codeHost } = await createReplica({ knex });
        codeHost.archived.add('github.com/acme/shop-1');
        await expect(
          launch({ components: ['shop-1', 'gone'] }),
        ).rejects.toMatchObject({
          name: 'InputError',
          message:
            'Nothing would be launched: gone: The catalog holds no such component, or you may not see it. Check the spelling of the entity ref, such as component:default/name. shop-1: The repository github.com/acme/shop-1 is archived. Unarchive it, or remove the component from the catalog.',
        });
        expect(await countRows(knex)).toEqual(nothing);
      });

      it('where the database fails half way', async () => {
        const { launch, tasks } = await createReplica({ knex });
        const insert = jest
          .spyOn(tasks, 'insert')
          .mockImplementation(async () => {
            throw new Error('disk full');
          });
        await expect(launch()).rejects.toThrow('disk full');
        expect(await countRows(knex)).toEqual(nothing);
        // The key is free again: the launch can be repeated.
        insert.mockRestore();
        await expect(launch()).resolves.toMatchObject({ repeated: false });
      });

      it('where it only planned', async () => {
        const { plan } = await createReplica({ knex });
        await plan(['shop-1']);
        expect(await countRows(knex)).toEqual(nothing);
      });
    });

    describe('forecasts', () => {
      it('which tasks will start now, and what will hold the others', async () => {
        const { plan, launch } = await createReplica({
          knex,
          runningLimit: 2,
        });
        await launch();
        const { tasks } = await plan(['shop-1', 'shop-2']);
        expect(tasks[0]).toMatchObject({ willStart: true });
        expect(tasks[0].hold).toBeUndefined();
        expect(tasks[1]).toMatchObject({
          willStart: false,
          hold: { limit: 'portal-running', max: 2, used: 0 },
        });
      });

      it('that nothing starts while the provider does not answer', async () => {
        const { plan, remotes } = await createReplica({ knex });
        await remotes.failed('provider', 'in-memory', new Error('x'));
        const { tasks } = await plan(['shop-1']);
        expect(tasks[0]).toMatchObject({
          willStart: false,
          hold: { limit: 'provider-unavailable' },
        });
      });

      it('without what only the launch needs to know', async () => {
        const { plan } = await createReplica({ knex });
        const { tasks } = await plan(['shop-1']);
        expect(Object.keys(tasks[0]).sort()).toEqual([
          'components',
          'gates',
          'identity',
          'prompt',
          'provider',
          'repository',
          'team',
          'wave',
          'willStart',
        ]);
      });
    });

    it('launches 1,000 tasks at once', async () => {
      const names = Array.from({ length: 1000 }, (_, index) => `shop-${index}`);
      const { launch } = await createReplica({
        knex,
        entities: names.map(component),
      });
      const { campaign } = await launch({ components: names });
      expect(campaign.states).toEqual({ queued: 1000 });
      expect(await countRows(knex)).toEqual({
        campaigns: 1,
        tasks: 1000,
        task_components: 1000,
        events: 1001,
      });
    });
  },
);
