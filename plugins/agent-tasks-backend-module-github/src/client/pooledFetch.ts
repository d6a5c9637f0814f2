import {
  Agent,
  EnvHttpProxyAgent,
  fetch as undiciFetch,
  RequestInit,
  Response,
} from 'undici';

/** GitHub takes at most 100 requests of one account at once; this leaves room for a second replica. */
const CONNECTIONS = 40;
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** A redirect that was not followed: nothing came of the request. */
export class RedirectRefusedError extends Error {
  readonly name = 'RedirectRefusedError';
}

/** `fetch` on connections of its own. */
export interface PooledFetch {
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Ends when the requests under way have ended. */
  close(): Promise<void>;
}

/**
 * A `fetch` that keeps its connections open, and leaves no credential to anybody that a redirect names.
 *
 * @remarks
 *
 * What changes something gets a connection of its own. An answer that is written twice, as by a proxy that is broken, would
 * otherwise be taken for the answer to the next request on its connection, and a start for one of another task.
 *
 * A redirect is followed within the same origin, and for reads alone: a start or a merge that followed the redirect of
 * a renamed repository would happen in one that nobody allowed.
 */
export function createPooledFetch(): PooledFetch {
  const open = (options: Agent.Options) =>
    // The same switch by which Node.js itself takes HTTP_PROXY and its kin into account.
    process.env.NODE_USE_ENV_PROXY === '1'
      ? new EnvHttpProxyAgent(options)
      : new Agent(options);
  const kept = open({ connections: CONNECTIONS });
  const single = open({ connections: CONNECTIONS, pipelining: 0 });
  return {
    async fetch(url, init) {
      let current = new URL(url);
      const method = init?.method?.toLocaleUpperCase('en-US') ?? 'GET';
      const isRead = method === 'GET' || method === 'HEAD';
      // Most of what is asked of GraphQL only reads.
      const dispatcher =
        isRead || current.pathname.endsWith('/graphql') ? kept : single;
      for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
        const response = await undiciFetch(current, {
          ...init,
          redirect: 'manual',
          dispatcher,
        });
        const location = response.headers.get('location');
        if (!REDIRECTS.has(response.status) || !location) {
          return response;
        }
        await response.body?.cancel();
        const target = new URL(location, current);
        if (!isRead) {
          throw new RedirectRefusedError(
            'a request that changes something was redirected',
          );
        }
        if (target.origin !== current.origin) {
          throw new RedirectRefusedError('redirected to another host');
        }
        current = target;
      }
      throw new RedirectRefusedError('redirected too often');
    },
    close: async () => {
      await Promise.all([kept.close(), single.close()]);
    },
  };
}
