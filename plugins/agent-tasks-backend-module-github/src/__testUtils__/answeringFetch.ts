import { Response } from 'undici';
import { PooledFetch } from '../client/pooledFetch';

/** A request that a test answers in GitHub's place. */
export interface ReceivedRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: unknown;
}

/** How a test answers. A body that is no text is sent as JSON. */
export interface TestAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A `fetch` that a test answers, for what no real server would do on demand. */
export function answeringFetch(
  answer: (request: ReceivedRequest) => TestAnswer | Promise<TestAnswer>,
): { fetch: PooledFetch['fetch']; requests: ReceivedRequest[] } {
  const requests: ReceivedRequest[] = [];
  return {
    requests,
    fetch: async (url, init) => {
      const request: ReceivedRequest = {
        method: init?.method ?? 'GET',
        url: new URL(url),
        headers: { ...(init?.headers as Record<string, string>) },
        body:
          typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      };
      requests.push(request);
      const { status = 200, headers, body } = await answer(request);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return new Response(status === 304 || status === 204 ? null : text, {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      });
    },
  };
}
