import { randomUUID } from 'node:crypto';
import { Fault, GithubSimulator } from '@agent-tasks/github-simulator';
import { AgentTasksApi } from '@agent-tasks/plugin-agent-tasks-common';
import { eventually } from './eventually';
import { launchTask, untilReviewable, untilState } from './launchTask';
import { mergeAtGithub } from './mergeAtGithub';
import { createClient, Portal } from './startPortal';

const MINT = 'POST /app/installations/:id/access_tokens';
const LIST_TASKS = 'GET /agents/tasks';
const GRAPHQL = 'POST /graphql';
const startIn = (repository: string) =>
  `POST /agents/repos/acme/${repository}/tasks`;

/** What goes wrong at GitHub, each once. */
const TROUBLES: [string, Fault][] = [
  // The answer holds a token, and cannot be read.
  [MINT, { kind: 'malformed' }],
  [MINT, { kind: 'status', status: 401 }],
  [LIST_TASKS, { kind: 'status', status: 401 }],
  [LIST_TASKS, { kind: 'malformed' }],
  [GRAPHQL, { kind: 'status', status: 401 }],
  [GRAPHQL, { kind: 'malformed' }],
  [startIn('payments-worker'), { kind: 'status', status: 401 }],
  [startIn('billing-api'), { kind: 'status', status: 502, when: 'after' }],
  [startIn('invoice-renderer'), { kind: 'malformed' }],
  [startIn('checkout-api'), { kind: 'reset', when: 'after' }],
];

/**
 * Takes a portal through everything that can happen to tasks: from the launch to the merge, with every kind of trouble
 * at GitHub, and on to the day on which GitHub is gone. `card-vault` has to be without the agent.
 */
export async function walkTroubledWay(options: {
  portal: Portal;
  simulator: GithubSimulator;
  /** Of a service that calls the portal. */
  serviceToken: string;
  /** What a person enters into a form. */
  entered: string;
}): Promise<void> {
  const { portal, simulator, serviceToken, entered } = options;
  const { api } = await portal.signIn('ada');
  await api.listTemplates();
  const troubles = TROUBLES.map(([route, fault]) =>
    simulator.faults.add({ route, times: 1, fault }),
  );

  const components = [
    'payments-api',
    'payments-worker',
    'billing-api',
    'invoice-renderer',
    'checkout-api',
  ];
  const [refused, ...taskIds] = await Promise.all([
    launchTask({ api, component: 'card-vault' }),
    ...components.map(component =>
      launchTask({ api, component, paths: entered }),
    ),
  ]);
  await untilState({ api, taskId: refused, state: 'failed', seconds: 40 });
  for (const taskId of taskIds) {
    const details = await untilReviewable({ api, taskId, seconds: 40 });
    mergeAtGithub({ simulator, details });
    await untilState({ api, taskId, state: 'merged', seconds: 40 });
    await api.listTaskEvents(taskId);
  }
  for (const { id, hits } of troubles) {
    if (hits === 0) {
      throw new Error(`The trouble ${id} never came`);
    }
  }
  await cancelOne({ api, simulator });
  await knockAtTheDoor({ portal, api, serviceToken });
  await loseGithub({ api, simulator });
}

/** Stops work that is under way, which takes tokens of other permissions. */
async function cancelOne(options: {
  api: AgentTasksApi;
  simulator: GithubSimulator;
}): Promise<void> {
  const { api, simulator } = options;
  simulator.faults.add({ times: 1, fault: { kind: 'task_stuck' } });
  const taskId = await launchTask({ api, component: 'payments-ledger' });
  await eventually('its pull request was found', async () => {
    const { task } = await api.getTask(taskId);
    return task.state === 'running' && task.change?.state === 'open';
  });
  await api.cancelTask(taskId, { reason: 'changed my mind' });
  await untilState({ api, taskId, state: 'cancelled' });
}

/** Calls with every kind of right and wrong credential, and asks for what is not there. */
async function knockAtTheDoor(options: {
  portal: Portal;
  api: AgentTasksApi;
  serviceToken: string;
}): Promise<void> {
  const { portal, api, serviceToken } = options;
  const service = createClient({ url: portal.url, token: serviceToken });
  await service.listTasks();
  await service.getStatus();
  await api.listTasks();
  await api.getStatus();
  const wrong = createClient({ url: portal.url, token: 'wrong' });
  const { api: other } = await portal.signIn('tomas');
  const refused = [
    () => wrong.listTasks(),
    () => api.getTask('task_00000000000000000000000000'),
    () => api.listTasks({ cursor: 'nonsense' }),
    () => other.cancelTask('task_00000000000000000000000000'),
    () =>
      other.launch(
        {
          template: 'fix-lint',
          components: ['component:default/payments-api'],
          parameters: { rule: '???' },
        },
        randomUUID(),
      ),
  ];
  for (const call of refused) {
    const outcome = await call().then(
      () => 'nothing',
      error => error,
    );
    if (typeof outcome?.statusCode !== 'number') {
      throw new Error(`It was to be refused: ${outcome}`);
    }
  }
  const webhook = await fetch(`${portal.url}/api/events/http/github`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': 'sha256=0',
    },
    body: '{}',
  });
  if (webhook.status !== 403) {
    throw new Error(`A forged webhook was answered ${webhook.status}`);
  }
}

/** GitHub is gone: what the portal does then and says of it. */
async function loseGithub(options: {
  api: AgentTasksApi;
  simulator: GithubSimulator;
}): Promise<void> {
  const { api, simulator } = options;
  await launchTask({ api, component: 'payments-api' });
  await simulator.close();
  await eventually('the portal knows that GitHub is gone', async () => {
    const { remotes } = await api.getStatus();
    return remotes.some(
      ({ role, state }) => role === 'provider' && state === 'unavailable',
    );
  });
  await launchTask({ api, component: 'payments-api' });
  await api.plan({
    template: 'fix-lint',
    components: ['component:default/payments-worker'],
    parameters: { rule: 'no-unused-vars' },
  });
}
