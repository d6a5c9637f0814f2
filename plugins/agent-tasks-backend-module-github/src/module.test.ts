import {
  AgentProvider,
  AgentTasksHint,
  AgentTasksEvent,
  agentTasksCodeHostsExtensionPoint,
  agentTasksEventsExtensionPoint,
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
  const events: AgentTasksEvent[] = [];
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
      [
        agentTasksEventsExtensionPoint,
        {
          publish: async event => {
            events.push(event);
          },
        },
      ],
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
  return { providers, codeHosts, hints, events, subscriptions, server };
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
    expect(subscriptions[0].id).toBe('agent-tasks-github');
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

  it('passes on what tasks can be launched on, as it was sent', async () => {
    const { subscriptions, events } = await start(config);
    const { id, topics, onEvent } = subscriptions[1];
    expect(id).toBe('agent-tasks-github-triggers');
    expect(topics).toEqual([
      'github.dependabot_alert',
      'github.deployment_status',
      'github.push',
      'github.repository_vulnerability_alert',
      'github.workflow_run',
    ]);
    const eventPayload = { ref: 'refs/heads/main', anything: [1] };
    await onEvent({ topic: 'github.push', eventPayload });
    expect(events).toEqual([
      {
        source: 'github',
        kind: 'push',
        host: 'github.com',
        payload: eventPayload,
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
