import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';
import { CLIENT_TOKEN } from '../backend/backendConfig';

/**
 * A client of the API of a backend at `url`, as the service that benches call as. A function is asked for the address at
 * each call, as a load balancer is.
 */
export function createClient(options: {
  url: string | (() => string);
}): AgentTasksClient {
  const { url } = options;
  return AgentTasksClient.create({
    discoveryApi: {
      getBaseUrl: async pluginId =>
        `${typeof url === 'string' ? url : url()}/api/${pluginId}`,
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
