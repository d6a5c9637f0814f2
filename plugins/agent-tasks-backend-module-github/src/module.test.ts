import {
  AgentProvider,
  AgentTasksHint,
  agentTasksCodeHostsExtensionPoint,
  agentTasksHintsExtensionPoint,
  agentTasksProvidersExtensionPoint,
  CodeHost,
} from '@agent-tasks/plugin-agent-tasks-node';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';

import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  eventsServiceRef,
  EventsServiceSubscribeOptions,
} from '@backstage/plugin-events-node';
import { JsonObject } from '@backstage/types';
import githubModule from './index';

async function start(github: JsonObject | undefined) {
  const providers: AgentProvider[] = [];
  const codeHosts: CodeHost[] = [];
  const hints: AgentTasksHint[] = [];
  const subscriptions: EventsServiceSubscribeOptions[] = [];
  const { server } = await startTestBackend({
    extensionPoints: [
      [
        agentTasksProvidersExtensionPoint,
        { addProvider: provider => providers.push(provider) },
      ],
      [
        agentTasksCodeHostsExtensionPoint,
        { addCodeHost: codeHost => codeHosts.push(codeHost) },
      ],
      [agentTasksHintsExtensionPoint, { hint: hint => hints.push(hint) }],
    ],
    features: [
      githubModule,
      mockServices.rootConfig.factory({
        data: github ? { agentTasks: { github } } : {},
      }),
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async () => {},
          subscribe: async options => {
            subscriptions.push(options);
          },
        }),
      }),
    ],
  });
  return { providers, codeHosts, hints, subscriptions, server };
}

const config = {
  starter: { token: 'github_pat_canary' },
  app: { appId: 1, privateKeyFile: '/does/not/exist/yet.pem' },
};

describe('agentTasksModuleGithub', () => {
  it('brings the provider and the code host, though GitHub and the key are out of reach', async () => {
    const { providers, codeHosts } = await start({
      ...config,
      apiBaseUrl: 'http://localhost:9/api/v3',
    });
    expect(providers).toMatchObject([
      {
        id: 'github-copilot',
        capabilities: { start: 'findable', cancel: false },
      },
    ]);
    expect(codeHosts).toMatchObject([{ id: 'github', host: 'github.com' }]);
  });

  it('passes on webhooks as hints', async () => {
    const { subscriptions, hints } = await start(config);
    expect(subscriptions).toMatchObject([{ id: 'agent-tasks-github' }]);
    expect(subscriptions[0].topics).toContain('github.pull_request');
    // Without the headers: they do not travel from one replica to another.
    for (const event of ['pull_request', 'check_run', 'ping']) {
      await subscriptions[0].onEvent({
        topic: `github.${event}`,
        eventPayload: {
          pull_request: { node_id: 'PR_1' },
          repository: { full_name: 'acme/shop' },
        },
      });
    }
    expect(hints).toEqual([
      { type: 'change', globalId: 'PR_1' },
      {
        type: 'changes',
        repository: { host: 'github.com', owner: 'acme', name: 'shop' },
      },
    ]);
  });

  it.each([
    [undefined, 'agentTasks.github: missing'],
    [
      { ...config, starter: { tokn: 'github_pat_canary' } },
      "agentTasks.github.starter.tokn: unknown key, did you mean 'token'?",
    ],
  ])('stops the start when the settings are %j', async (github, message) => {
    const error = await start(github).catch(thrown => thrown);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toContain('canary');
  });
});
