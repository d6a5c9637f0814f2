import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { CLIENT_TOKEN } from '../backend/backendConfig';

/** A client of the API of a backend at `url`, as the service that benches call as. */
export function createClient(options: { url: string }): AgentTasksClient {
  return AgentTasksClient.create({
    discoveryApi: {
      getBaseUrl: async pluginId => `${options.url}/api/${pluginId}`,
    },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${CLIENT_TOKEN}`);
        return fetch(input, { ...init, headers });
      },
    },
  });
}
