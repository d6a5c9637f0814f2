import { createHmac } from 'node:crypto';
import { GithubSimulator, PullRequest } from '@agent-tasks/github-simulator';
import {
  AgentTasksApi,
  TaskDetails,
} from '@agent-tasks/plugin-agent-tasks-common';
import { createCredentials } from './credentials';
import { demoSeed } from './demoOrganization';
import { eventually } from './eventually';
import { launchTask, untilReviewable, untilState } from './launchTask';
import { mergeAtGithub, pullRequestOf } from './mergeAtGithub';
import { Portal, startPortal } from './startPortal';

jest.setTimeout(60_000);

/** How often open pull requests are read where no webhook tells of them: what is seen at all was told by a webhook. */
const POLLING_SECONDS = 3600;

describe('webhooks of GitHub', () => {
  const credentials = createCredentials();
  let simulator: GithubSimulator;
  let portal: Portal;
  let api: AgentTasksApi;

  const webhookUrl = () => `${portal.url}/api/events/http/github`;

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
      agentTasks: {
        watch: {
          tasksSeconds: 1,
          changesSeconds: POLLING_SECONDS,
          hintsSeconds: 1,
        },
      },
    });
    simulator.world.apps.get(1)!.webhookUrl = webhookUrl();
    ({ api } = await portal.signIn('ada'));
  });
  afterEach(() => simulator.faults.clear());
  afterAll(async () => {
    await portal?.stop();
    await simulator?.close();
  });

  /** A task whose pull request is not going to be read again unless a webhook tells of it. */
  async function startReviewableTask(component: string): Promise<TaskDetails> {
    const taskId = await launchTask({ api, component });
    await untilReviewable({ api, taskId });
    await simulator.webhooks.idle();
    return untilAtRest(taskId);
  }

  /** Waits until the last webhook has had its effect: for a second nothing is read. */
  async function untilAtRest(taskId: string): Promise<TaskDetails> {
    let details = await api.getTask(taskId);
    let since = performance.now();
    return eventually('it is at rest', async () => {
      const before = details.task.change?.seenAt;
      details = await api.getTask(taskId);
      if (details.task.change?.seenAt !== before) {
        since = performance.now();
      }
      return performance.now() - since > 1000 && details;
    });
  }

  async function post(options: {
    pullRequest: PullRequest;
    secret?: string;
    /** Headers in place of the right ones. */
    headers?: Record<string, string>;
  }): Promise<number> {
    const { pullRequest, secret, headers } = options;
    const body = JSON.stringify({
      action: 'closed',
      pull_request: { node_id: pullRequest.nodeId },
      repository: {
        full_name: 'acme/x',
        html_url: 'https://github.com/acme/x',
      },
    });
    const response = await fetch(webhookUrl(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'pull_request',
        'x-github-delivery': '00000000-0000-4000-8000-000000000000',
        ...(secret && {
          'x-hub-signature-256': `sha256=${createHmac('sha256', secret)
            .update(body)
            .digest('hex')}`,
        }),
        ...headers,
      },
      body,
    });
    return response.status;
  }

  it('show a merge at once, an hour before it would be polled', async () => {
    const details = await startReviewableTask('payments-api');
    mergeAtGithub({ simulator, details });
    await expect(
      untilState({ api, taskId: details.task.id, state: 'merged' }),
    ).resolves.toMatchObject({ task: { change: { state: 'merged' } } });
  });

  it('are refused unless they are signed with the secret, and then tell nothing', async () => {
    const details = await startReviewableTask('card-vault');
    const pullRequest = pullRequestOf({ simulator, details });
    simulator.faults.add({ fault: { kind: 'webhook_lost' } });
    mergeAtGithub({ simulator, details });
    const { graphqlRequests } = simulator.counters.values;
    const forgeries: Pick<Parameters<typeof post>[0], 'secret' | 'headers'>[] =
      [
        { secret: 'guessed' },
        {},
        { headers: { 'x-hub-signature-256': 'sha256=' } },
        { headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } },
        { headers: { 'x-hub-signature': 'sha1=0' } },
      ];
    for (const forgery of forgeries) {
      expect(await post({ pullRequest, ...forgery })).toBe(403);
    }
    expect(simulator.counters.values.graphqlRequests).toBe(graphqlRequests);
    expect((await api.getTask(details.task.id)).task.state).toBe('in_review');
    // The same one is taken with the right signature: nothing else was wrong with it.
    expect(await post({ pullRequest, secret: credentials.webhookSecret })).toBe(
      202,
    );
    await untilState({ api, taskId: details.task.id, state: 'merged' });
  });

  it('may come twice and in any order, and nothing happens twice', async () => {
    simulator.faults.add({ fault: { kind: 'webhook_twice' } });
    simulator.faults.add({
      route: 'pull_request',
      probability: 0.5,
      fault: { kind: 'webhook_late', ms: 300 },
    });
    const details = await startReviewableTask('billing-api');
    mergeAtGithub({ simulator, details });
    await untilState({ api, taskId: details.task.id, state: 'merged' });
    await simulator.webhooks.idle();

    const story = async () =>
      (await api.listTaskEvents(details.task.id)).items.map(({ type }) => type);
    const before = await story();
    for (const type of ['change.opened', 'change.ready', 'change.merged']) {
      expect(before.filter(one => one === type)).toHaveLength(1);
    }
    // All of them once more, the oldest last.
    const { deliveries } = simulator.world.apps.toData();
    const { repository } = details.task;
    const own = deliveries.filter(({ requestBody }) =>
      requestBody.includes(repository.ref.replace('github.com/', '')),
    );
    expect(own.length).toBeGreaterThan(3);
    for (const delivery of [...own].reverse()) {
      expect(await simulator.webhooks.redeliver(delivery)).toMatchObject({
        statusCode: 202,
      });
    }
    // One that comes after them has an effect, so theirs would be there by now.
    const other = await startReviewableTask('invoice-renderer');
    mergeAtGithub({ simulator, details: other });
    await untilState({ api, taskId: other.task.id, state: 'merged' });
    expect(await story()).toEqual(before);
    expect((await api.getTask(details.task.id)).task.state).toBe('merged');
  });
});
