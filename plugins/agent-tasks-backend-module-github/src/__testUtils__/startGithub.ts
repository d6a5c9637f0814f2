import {
  AgentOptions,
  GithubSimulator,
  Permissions,
  SimulatorClock,
  SimulatorSeed,
} from '@agent-tasks/github-simulator';
import { markPrompt } from '@agent-tasks/plugin-agent-tasks-common';
import { RepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { mockServices } from '@backstage/backend-test-utils';
import { createPooledFetch } from '../client/pooledFetch';
import { createGithub } from '../createGithub';
import { TEST_KEY } from './stubInstallation';

export const STARTER_TOKEN = 'github_pat_11CANARY00starter_0123456789abcdef';
export const MARKER = 'att_01JD0000000000000000000001';
/** A signal that never ends a request. */
export const signal = new AbortController().signal;

const APP_ID = 4242;
export const INSTALLATION_ID = 777;
/** The installation of the second owner. */
export const OTHER_INSTALLATION_ID = 778;

const PERMISSIONS: Permissions = {
  metadata: 'read',
  contents: 'write',
  pull_requests: 'write',
  checks: 'read',
  statuses: 'read',
  actions: 'write',
};

function seed(options: { appPermissions?: Permissions }): SimulatorSeed {
  return {
    organizations: [
      {
        login: 'acme',
        users: [{ login: 'robot' }, { login: 'ada' }],
        repositories: [
          { name: 'shop', files: { 'README.md': '# shop\n' } },
          { name: 'blog', checks: [] },
          { name: 'attic', archived: true },
          { name: 'closed', agentEnabled: false },
          { name: 'secret' },
        ],
      },
      {
        login: 'umbrella',
        users: [{ login: 'robot' }],
        repositories: [{ name: 'lab' }],
      },
    ],
    fineGrainedTokens: [
      {
        token: STARTER_TOKEN,
        user: 'robot',
        repositories: ['acme/*', 'umbrella/*'],
        permissions: { agent_tasks: 'write' },
      },
    ],
    app: {
      id: APP_ID,
      slug: 'agent-tasks',
      clientId: 'Iv1.0123456789abcdef',
      clientSecret: 'client-secret',
      privateKeyPem: TEST_KEY.pem,
      installations: [
        {
          id: INSTALLATION_ID,
          account: 'acme',
          repositories: ['shop', 'blog', 'attic', 'closed'],
          permissions: options.appPermissions ?? PERMISSIONS,
        },
        {
          id: OTHER_INSTALLATION_ID,
          account: 'umbrella',
          repositories: 'all',
          permissions: options.appPermissions ?? PERMISSIONS,
        },
      ],
    },
  };
}

export function repository(name: string): RepositoryRef {
  return {
    host: 'github.com',
    owner: name === 'lab' ? 'umbrella' : 'acme',
    name,
  };
}

/** The simulator of GitHub on a clock that stands still, and the provider and code host that are under test. */
export async function startGithub(
  options: {
    starterToken?: string;
    appPermissions?: Permissions;
    agent?: Partial<AgentOptions>;
  } = {},
) {
  const clock = SimulatorClock.create({ frozenAt: Date.now() });
  const simulator = await GithubSimulator.start({
    port: 0,
    seed: seed(options),
    checkContract: true,
    clock,
    agent: {
      outcomes: { completed: 1 },
      queueSeconds: { min: 1, max: 1 },
      durationSeconds: { min: 20, max: 20 },
      usageShare: 1,
      ...options.agent,
    },
  });
  const logger = mockServices.logger.mock();
  const connections = createPooledFetch();
  const github = createGithub({
    config: {
      host: 'github.com',
      apiBaseUrl: simulator.apiUrl,
      starter: { token: options.starterToken ?? STARTER_TOKEN },
      app: {
        appId: APP_ID,
        privateKey: { type: 'inline', pem: TEST_KEY.pem },
      },
    },
    fetch: connections.fetch,
    logger,
  });
  const start = (name = 'shop', marker = MARKER) =>
    github.provider.startTask({
      repository: repository(name),
      prompt: markPrompt({ text: 'Fix the lint errors.', marker }),
      marker,
      signal,
    });
  return {
    ...github,
    simulator,
    clock,
    logger,
    start,
    /** Starts a task and lets the agent finish it; the pull request is there. */
    async startAndFinish(name = 'shop', marker = MARKER) {
      const { id } = await start(name, marker);
      clock.advance(60_000);
      const task = await github.provider.getTask({
        repository: repository(name),
        id,
        signal,
      });
      const artifact = task?.artifacts.find(({ type }) => type === 'change');
      const branch = task?.artifacts.find(({ type }) => type === 'branch');
      if (artifact?.type !== 'change' || branch?.type !== 'branch') {
        throw new Error('The agent made no pull request');
      }
      return {
        id,
        branch: branch.branch,
        change: {
          repository: repository(name),
          globalId: artifact.globalId,
        },
      };
    },
    /** @throws where a request or an answer did not fit GitHub's contract */
    async close() {
      await simulator.close();
      await connections.close();
      if (simulator.contract.violations.length > 0) {
        throw new Error(JSON.stringify(simulator.contract.violations));
      }
    },
  };
}
