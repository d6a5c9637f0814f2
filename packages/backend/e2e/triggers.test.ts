import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import {
  AgentTasksApi,
  TriggerRequest,
  TriggerRun,
} from '@agent-tasks/plugin-agent-tasks-common';
import { createCredentials } from './credentials';
import { demoSeed } from './demoOrganization';
import { eventually } from './eventually';
import { createClient, Portal, startPortal } from './startPortal';

jest.setTimeout(120_000);

const secret = randomBytes(24).toString('hex');

const common = {
  owner: 'group:default/team-payments',
  template: 'fix-lint',
  scope: 'owned',
  caps: { tasksPerHour: 5, openAtOnce: 5 },
} as const;

describe('triggers', () => {
  const credentials = createCredentials();
  let simulator: GithubSimulator;
  let portal: Portal;
  let admin: AgentTasksApi;

  beforeAll(async () => {
    simulator = await GithubSimulator.start({
      seed: demoSeed({ credentials }),
      agent: {
        outcomes: { completed: 1 },
        realChanges: false,
        queueSeconds: { min: 0, max: 0 },
        durationSeconds: { min: 0.2, max: 0.2 },
        pullRequestAfterSeconds: 0.1,
      },
    });
    portal = await startPortal({
      credentials,
      apiBaseUrl: simulator.apiUrl,
      agentTasks: { triggers: { secrets: { scanner: secret } } },
    });
    simulator.world.apps.get(1)!.webhookUrl =
      `${portal.url}/api/events/http/github`;
    ({ api: admin } = await portal.signIn('ada'));
  });
  afterAll(async () => {
    await portal?.stop();
    await simulator?.close();
  });

  async function untilRun(id: string): Promise<TriggerRun> {
    return eventually('the trigger has run', async () => {
      const { items } = await admin.listTriggerRuns(id);
      const [run] = items;
      return run?.outcome !== 'pending' && run;
    });
  }

  /** The launch as the audit has it. */
  async function launchOf(run: TriggerRun) {
    const { items } = await admin.listEvents({
      campaign: run.campaignId!,
      type: ['campaign.launched'],
    });
    return items[0];
  }

  it('launch by a schedule, and stand in the audit with their owner', async () => {
    const { id } = await admin.createTrigger({
      ...common,
      name: 'each-minute',
      type: 'schedule',
      parameters: { rule: 'no-unused-vars' },
      components: ['component:default/payments-api'],
      schedule: {
        cron: '* * * * *',
        timeZone: 'Europe/Vienna',
        jitterSeconds: 0,
        missedRuns: 'skip',
        overlap: 'skip',
      },
    });
    const run = await eventually(
      'the schedule was due',
      async () => {
        const { items } = await admin.listTriggerRuns(id);
        return items[0]?.outcome === 'launched' && items[0];
      },
      { seconds: 90 },
    );
    expect(run).toMatchObject({ cause: 'schedule', tasks: 1 });
    expect(await launchOf(run)).toMatchObject({
      actor: 'trigger:each-minute',
      details: { trigger: 'each-minute', owner: common.owner },
    });
    await admin.pauseTrigger(id, { reason: 'Seen' });
  });

  it('launch on a vulnerability that GitHub tells of', async () => {
    const { id } = await admin.createTrigger({
      ...common,
      name: 'on-alert',
      type: 'webhook',
      parameters: {},
      webhook: {
        source: 'github',
        events: ['dependabot_alert'],
        filter:
          "event.action == 'created' && event.alert.security_advisory.severity == 'critical'",
        parameters: { rule: "'no-' + event.alert.dependency.package.name" },
      },
    });
    const found = await fetch(
      `${simulator.url}/_simulator/repos/acme/payments-api/dependabot-alerts`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ package: 'lodash', severity: 'critical' }),
      },
    );
    expect(found.status).toBe(201);
    const run = await untilRun(id);
    expect(run).toMatchObject({
      outcome: 'launched',
      event: 'dependabot_alert',
    });
    const { requester, trigger, parameters, tasks } = await admin.getCampaign(
      run.campaignId!,
    );
    expect({ requester, trigger, parameters }).toMatchObject({
      requester: 'trigger:on-alert',
      trigger: { id, owner: common.owner },
      parameters: { rule: 'no-lodash' },
    });
    const { task } = await admin.getTask(tasks[0]);
    expect(task.repository.ref).toBe('github.com/acme/payments-api');
    expect(await launchOf(run)).toMatchObject({ actor: 'trigger:on-alert' });
    // Delivered again, it is the same one.
    await simulator.webhooks.idle();
    const { deliveries } = simulator.world.apps.toData();
    const delivery = deliveries.find(one => one.event === 'dependabot_alert')!;
    await simulator.webhooks.redeliver(delivery);
    await simulator.webhooks.idle();
    expect((await admin.listTriggerRuns(id)).items).toHaveLength(1);
  });

  it('launch for a sender without a token, that signs', async () => {
    const request: TriggerRequest = {
      ...common,
      name: 'on-scan',
      type: 'webhook',
      parameters: {},
      webhook: {
        source: 'generic',
        secret: 'scanner',
        parameters: { rule: 'event.rule' },
        components: 'event.component',
      },
    };
    const { id, hookPath } = await admin.createTrigger(request);
    const body = JSON.stringify({
      rule: 'eqeqeq',
      component: 'component:default/payments-api',
    });
    const at = String(Math.floor(Date.now() / 1000));
    const post = (signature: string) =>
      fetch(`${portal.url}/api/agent-tasks${hookPath}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-agent-tasks-timestamp': at,
          'x-agent-tasks-signature': signature,
        },
        body,
      });
    const refused = await post(`sha256=${'0'.repeat(64)}`);
    expect(refused.status).toBe(403);
    const signature = createHmac('sha256', secret)
      .update(`${at}.${body}`)
      .digest('hex');
    expect((await post(`sha256=${signature}`)).status).toBe(202);
    expect((await post(`sha256=${signature}`)).status).toBe(202);
    expect(await untilRun(id)).toMatchObject({ outcome: 'launched' });
    expect((await admin.listTriggerRuns(id)).items).toHaveLength(1);
  });

  it('are seen by developers, and made by those who may', async () => {
    const { api: developer } = await portal.signIn('dana');
    const { items, mayCreate } = await developer.listTriggers();
    expect(mayCreate).toBe(false);
    expect(items.every(one => !one.mayManage)).toBe(true);
    await expect(
      developer.runTrigger(items[0].id, randomUUID()),
    ).rejects.toThrow('403');
    await expect(
      createClient({ url: portal.url, token: 'none' }).listTriggers(),
    ).rejects.toThrow('401');
  });
});
