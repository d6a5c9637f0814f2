import { randomBytes, randomUUID } from 'node:crypto';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { JsonObject } from '@backstage/types';
import { createCredentials } from './credentials';
import { demoSeed } from './demoOrganization';
import { Portal, startPortal } from './startPortal';

jest.setTimeout(60_000);

const own = {
  template: 'fix-lint',
  parameters: { rule: 'no-unused-vars' },
  components: ['component:default/payments-api'],
};
const foreign = { ...own, components: ['component:default/checkout-api'] };

describe('the actions of Agent Tasks', () => {
  const credentials = createCredentials();
  const reader = randomBytes(24).toString('hex');
  let simulator: GithubSimulator;
  let portal: Portal;

  beforeAll(async () => {
    simulator = await GithubSimulator.start({
      seed: demoSeed({ credentials }),
    });
    portal = await startPortal({
      credentials,
      apiBaseUrl: simulator.apiUrl,
      features: [actionsRegistryServiceFactory],
      backend: {
        database: { client: 'better-sqlite3', connection: ':memory:' },
        auth: {
          externalAccess: [
            {
              type: 'static',
              options: { token: reader, subject: 'reader' },
              accessRestrictions: [
                {
                  plugin: 'agent-tasks',
                  permission: [
                    'agent-tasks.task.read',
                    'agent-tasks.template.read',
                  ],
                },
              ],
            },
          ],
        },
      },
    });
    // What is launched waits, so that there is something to explain.
    const { api } = await portal.signIn('ada');
    await api.pullBrake({ scope: 'portal', reason: 'For the test' });
  });
  afterAll(async () => {
    await portal?.stop();
    await simulator?.close();
  });

  async function invoke(
    token: string | undefined,
    action: string,
    input: JsonObject,
  ): Promise<{ status: number; output: JsonObject }> {
    const response = await fetch(
      `${portal.url}/api/agent-tasks/.backstage/actions/v1/actions/agent-tasks:${action}/invoke`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(input),
      },
    );
    const body = await response.json();
    return { status: response.status, output: body.output ?? body };
  }

  it('lead from a plan to a launch to why it waits, as the person they act for', async () => {
    const { token, api } = await portal.signIn('dana');
    const planned = await invoke(token, 'plan', own);
    expect(planned).toMatchObject({
      status: 200,
      output: { summary: { tasks: 1 }, excluded: [] },
    });
    const idempotencyKey = randomUUID();
    const launch = {
      ...own,
      expected: planned.output.outline!,
      idempotencyKey,
    };
    const launched = await invoke(token, 'launch', launch);
    expect(launched).toMatchObject({
      status: 200,
      output: { repeated: false, tasks: 1 },
    });
    expect(await invoke(token, 'launch', launch)).toMatchObject({
      output: { campaignId: launched.output.campaignId!, repeated: true },
    });
    const campaignId = launched.output.campaignId as string;
    expect((await api.getCampaign(campaignId)).requester).toBe(
      'user:default/dana',
    );
    expect(await invoke(token, 'status', { campaignId })).toMatchObject({
      output: { campaign: { tasks: 1, states: { queued: 1 } } },
    });
    const [taskId] = launched.output.taskIds as string[];
    expect(await invoke(token, 'explain', { taskId })).toMatchObject({
      output: { state: 'queued', hold: { limit: 'brake' } },
    });
  });

  it('may do no more than the person they act for', async () => {
    const { token } = await portal.signIn('dana');
    expect(await invoke(token, 'plan', foreign)).toMatchObject({
      output: {
        summary: { tasks: 0 },
        excluded: [{ reason: 'not-permitted' }],
      },
    });
    expect(await invoke(token, 'launch', foreign)).toMatchObject({
      status: 400,
    });
  });

  it('may do no more than the token of a service names', async () => {
    expect(await invoke(reader, 'plan', own)).toMatchObject({
      output: {
        summary: { tasks: 0 },
        excluded: [{ reason: 'not-permitted' }],
      },
    });
    expect(await invoke(reader, 'launch', own)).toMatchObject({ status: 400 });
    expect(await invoke(reader, 'status', {})).toMatchObject({ status: 200 });
  });

  it('do nothing for somebody who has not signed in', async () => {
    for (const action of ['plan', 'launch', 'status', 'explain']) {
      expect(await invoke(undefined, action, own)).toMatchObject({
        status: 401,
      });
    }
  });
});
