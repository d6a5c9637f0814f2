import { randomUUID } from 'node:crypto';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import {
  AgentTasksApi,
  ExclusionReason,
  Plan,
} from '@agent-tasks/plugin-agent-tasks-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { createCredentials } from './credentials';
import { demoSeed, readDemoEntities } from './demoOrganization';
import { eventually } from './eventually';
import { Portal, startPortal } from './startPortal';

jest.setTimeout(60_000);

const components = readDemoEntities()
  .filter(({ kind }) => kind === 'Component')
  .map(stringifyEntityRef);

/** Each one that a launch refuses, with the reason; `catalog/README.md` says why it is in there. */
const awkward: Record<string, ExclusionReason> = {
  'component:default/fax-gateway': 'no-repository',
  'component:default/fraud-rules': 'opted-out',
  // The catalog takes no component without an owner: it names one that is not there.
  'component:default/legacy-invoicing': 'owner-not-found',
  'component:default/loyalty-points': 'repository-archived',
  'component:default/partner-portal': 'host-not-supported',
  'component:default/report-builder': 'owner-ambiguous',
  'component:default/returns-portal': 'owner-not-found',
  'component:default/warehouse-docs': 'template-does-not-apply',
  'component:default/warehouse-models': 'template-does-not-apply',
};

const lint = { template: 'fix-lint', parameters: { rule: 'no-unused-vars' } };

let simulator: GithubSimulator;
let portal: Portal;
let ada: AgentTasksApi;

beforeAll(async () => {
  const credentials = createCredentials();
  simulator = await GithubSimulator.start({
    seed: demoSeed({ credentials }),
    agent: { outcomes: { completed: 1 }, realChanges: false },
  });
  portal = await startPortal({ credentials, apiBaseUrl: simulator.apiUrl });
  ({ api: ada } = await portal.signIn('ada'));
});
afterAll(async () => {
  await portal?.stop();
  await simulator?.close();
});

describe('a plan over the demo catalog', () => {
  it('holds every component, or says why not', async () => {
    expect(components).toHaveLength(43);
    const plan = await ada.plan({ ...lint, components });
    expect(
      Object.fromEntries(
        plan.excluded.map(({ component, reason }) => [component, reason]),
      ),
    ).toEqual(awkward);
    expect(plannedComponents(plan)).toEqual(
      components.filter(component => !(component in awkward)).sort(),
    );
    expect(plan.warnings).toEqual([]);
    for (const { message, remedy } of plan.excluded) {
      expect(message).toMatch(/^[A-Z].+\.$/);
      expect(remedy).toMatch(/^[A-Z].+\.$/);
    }
  });

  it('makes one task of the five components of the monorepo, and one of each repository', async () => {
    const { tasks } = await ada.plan({ ...lint, components });
    expect(new Set(tasks.map(task => task.repository.ref)).size).toBe(
      tasks.length,
    );
    const monorepo = tasks.find(
      task => task.repository.ref === 'github.com/acme/monorepo',
    );
    expect(monorepo?.team).toBe('group:default/team-platform');
    expect(monorepo?.components).toEqual([
      {
        entityRef: 'component:default/email-sender',
        path: 'services/email-sender',
      },
      {
        entityRef: 'component:default/notifications',
        path: 'services/notifications',
      },
      {
        entityRef: 'component:default/rate-limiter',
        path: 'libraries/rate-limiter',
      },
      {
        entityRef: 'component:default/service-kit',
        path: 'libraries/service-kit',
      },
      {
        entityRef: 'component:default/sms-gateway',
        path: 'services/sms-gateway',
      },
    ]);
  });

  it('lets the only team of a person answer for what the person owns', async () => {
    const plan = await ada.plan({
      ...lint,
      components: ['component:default/metrics-exporter'],
    });
    expect(plan.tasks).toMatchObject([{ team: 'group:default/team-data' }]);
  });

  it('plans for a developer what their team owns and nothing else', async () => {
    const { api } = await portal.signIn('dana');
    const plan = await api.plan({ ...lint, components });
    expect(plannedComponents(plan)).toEqual([
      'component:default/billing-api',
      'component:default/card-vault',
      'component:default/invoice-renderer',
      'component:default/payments-api',
      'component:default/payments-ledger',
      'component:default/payments-ledger-client',
      'component:default/payments-worker',
    ]);
    const excluded = new Map(
      plan.excluded.map(({ component, reason }) => [component, reason]),
    );
    expect(excluded.get('component:default/fraud-rules')).toBe('opted-out');
    excluded.delete('component:default/fraud-rules');
    expect(new Set(excluded.values())).toEqual(new Set(['not-permitted']));
  });

  it('asks GitHub for few answers, however many components there are', async () => {
    await ada.plan({ ...lint, components });
    simulator.counters.reset();
    await ada.plan({ ...lint, components });
    expect(simulator.counters.values.requests).toBeLessThanOrEqual(2);
  });
});

describe('a launch', () => {
  const request = { ...lint, components: ['component:default/payments-api'] };

  it('happens once for one key, however often and at the same time it is asked for', async () => {
    const { api: dana } = await portal.signIn('dana');
    const key = randomUUID();
    const before = (await dana.listTasks()).items.length;
    const campaigns = await Promise.all(
      Array.from({ length: 10 }, () => dana.launch(request, key)),
    );
    expect(new Set(campaigns.map(({ id }) => id)).size).toBe(1);
    expect((await dana.launch(request, key)).id).toBe(campaigns[0].id);
    expect((await dana.listTasks()).items).toHaveLength(before + 1);
    const [taskId] = campaigns[0].tasks;
    await eventually('the agent has started', async () => {
      const { task } = await dana.getTask(taskId);
      return task.state === 'running' || task.state === 'in_review';
    });
    const { attempts } = await dana.getTask(taskId);
    expect(simulator.counters.values.tasksByMarker).toMatchObject({
      [attempts[0].id]: 1,
    });
    expect(simulator.counters.duplicateMarkers).toEqual([]);
  });

  it('is refused for a key that stands for another one', async () => {
    const key = randomUUID();
    await ada.launch(request, key);
    await expect(
      ada.launch(
        { ...lint, components: ['component:default/billing-api'] },
        key,
      ),
    ).rejects.toMatchObject({ statusCode: 409 });
  });

  it('with one key is another one for another person', async () => {
    const key = randomUUID();
    const { api: dana } = await portal.signIn('dana');
    const [first, second] = await Promise.all([
      ada.launch(request, key),
      dana.launch(request, key),
    ]);
    expect(second.id).not.toBe(first.id);
  });

  it('leaves nothing behind when a developer of another team asks for it', async () => {
    const { api: tomas } = await portal.signIn('tomas');
    const plan = await tomas.plan(request);
    expect(plan).toMatchObject({
      tasks: [],
      excluded: [{ component: request.components[0], reason: 'not-permitted' }],
    });
    const before = (await ada.listTasks()).items.map(({ id }) => id);
    await expect(tomas.launch(request, randomUUID())).rejects.toMatchObject({
      statusCode: expect.any(Number),
    });
    expect((await ada.listTasks()).items.map(({ id }) => id)).toEqual(before);
  });

  it.each(['GET /tasks', 'GET /status', 'POST /plans', 'POST /campaigns'])(
    'needs somebody who signed in (%s)',
    async operation => {
      const [method, path] = operation.split(' ');
      const answer = (authorization?: string) =>
        fetch(`${portal.url}/api/agent-tasks${path}`, {
          method,
          headers: {
            'content-type': 'application/json',
            'idempotency-key': randomUUID(),
            ...(authorization && { authorization }),
          },
          body: method === 'POST' ? JSON.stringify(request) : undefined,
        });
      for (const authorization of [
        undefined,
        'Bearer nonsense',
        'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyOmRlZmF1bHQvYWRhIn0.',
      ]) {
        const response = await answer(authorization);
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({
          error: { name: 'AuthenticationError' },
        });
      }
    },
  );
});

function plannedComponents(plan: Plan): string[] {
  return plan.tasks
    .flatMap(task => task.components.map(({ entityRef }) => entityRef))
    .sort();
}
