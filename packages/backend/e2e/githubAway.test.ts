import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import { AgentTasksApi } from '@agent-tasks/plugin-agent-tasks-common';
import { createCredentials } from './credentials';
import { demoSeed } from './demoOrganization';
import { eventually } from './eventually';
import { launchTask, untilReviewable, untilState } from './launchTask';
import { mergeAtGithub } from './mergeAtGithub';
import { Portal, startPortal } from './startPortal';

jest.setTimeout(60_000);

const lint = {
  template: 'fix-lint',
  parameters: { rule: 'no-unused-vars' },
  components: ['component:default/payments-api'],
};

describe('the portal without GitHub', () => {
  const credentials = createCredentials();
  let port: number;
  let simulator: GithubSimulator | undefined;
  let portal: Portal;
  let api: AgentTasksApi;

  beforeAll(async () => {
    port = await freePort();
    portal = await startPortal({
      credentials,
      apiBaseUrl: `http://127.0.0.1:${port}/api/v3`,
    });
    ({ api } = await portal.signIn('ada'));
  });
  afterAll(async () => {
    await portal?.stop();
    await simulator?.close();
  });

  const remote = async (role: 'provider' | 'code-host') =>
    (await api.getStatus()).remotes.find(one => one.role === role)!;

  /** GitHub comes up, and its webhooks do not reach the portal. */
  async function startGithub(): Promise<GithubSimulator> {
    return GithubSimulator.start({
      port,
      seed: demoSeed({ credentials }),
      agent: {
        outcomes: { completed: 1 },
        realChanges: false,
        queueSeconds: { min: 0, max: 0 },
        durationSeconds: { min: 0.2, max: 0.2 },
        pullRequestAfterSeconds: 0.1,
      },
    });
  }

  it('starts, and says in a sentence what is the matter', async () => {
    const provider = await eventually('it knows', async () => {
      const one = await remote('provider');
      return one.state === 'unavailable' && one;
    });
    expect(provider.message).toMatch(
      /^(GitHub|The connection to GitHub) .*\bECONNREFUSED\b.*\.$/,
    );
    expect(Date.parse(provider.since!)).toBeLessThanOrEqual(Date.now());
  });

  it('plans, and says what could not be checked', async () => {
    const plan = await api.plan(lint);
    expect(plan.excluded).toEqual([]);
    expect(plan.warnings).toEqual([
      expect.stringMatching(
        /^Whether the repositories exist and are not archived could not be checked\. .*ECONNREFUSED.*\.$/,
      ),
    ]);
    expect(plan.tasks).toMatchObject([
      {
        repository: { ref: 'github.com/acme/payments-api' },
        willStart: false,
        hold: {
          limit: 'provider-unavailable',
          message: expect.stringMatching(/GitHub Copilot does not answer.*\.$/),
        },
      },
    ]);
  });

  it('keeps what is launched, and goes on by itself once GitHub is there', async () => {
    const taskId = await launchTask({ api, component: 'payments-api' });
    const { task, hold, attempts } = await api.getTask(taskId);
    expect(task.state).toBe('queued');
    expect(hold).toMatchObject({ limit: 'provider-unavailable', position: 1 });
    expect(attempts).toEqual([]);

    simulator = await startGithub();
    const details = await untilReviewable({ api, taskId, seconds: 30 });
    expect(simulator.counters.values.tasksByMarker).toEqual({
      [details.attempts[0].id]: 1,
    });
    mergeAtGithub({ simulator, details });
    await untilState({ api, taskId, state: 'merged' });
    await expect(remote('provider')).resolves.toMatchObject({
      state: 'available',
    });
    await expect(remote('code-host')).resolves.toMatchObject({
      state: 'available',
    });
    const plan = await api.plan(lint);
    expect(plan).toMatchObject({ warnings: [], tasks: [{ willStart: true }] });
  });

  it('learns by polling what lost webhooks would have told', async () => {
    const { apps } = simulator!.world;
    apps.get(1)!.webhookUrl = `${portal.url}/api/events/http/github`;
    const taskId = await launchTask({ api, component: 'payments-worker' });
    const details = await untilReviewable({ api, taskId });
    await simulator!.webhooks.idle();
    const lost = simulator!.faults.add({ fault: { kind: 'webhook_lost' } });
    mergeAtGithub({ simulator: simulator!, details });
    await untilState({ api, taskId, state: 'merged' });
    expect(lost.hits).toBeGreaterThan(0);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}
