import { createServer, request as send, Server } from 'node:http';

/** A request as the proxy saw it. */
export interface SeenRequest {
  method: string;
  /** With the query. */
  path: string;
}

/** Stands between the plugins and the catalog, and counts what is asked. */
export class CountingProxy {
  readonly #server: Server;
  #seen: SeenRequest[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(options: {
    port: number;
    /** Where the catalog really is. */
    target: { host: string; port: number };
  }): Promise<CountingProxy> {
    const { port, target } = options;
    const server = createServer();
    const proxy = new CountingProxy(server);
    server.on('request', (incoming, answer) => {
      proxy.#seen.push({
        method: incoming.method ?? '',
        path: decodeURIComponent(incoming.url ?? ''),
      });
      const outgoing = send(
        {
          ...target,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        response => {
          answer.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(answer);
        },
      );
      outgoing.on('error', () => answer.destroy());
      incoming.pipe(outgoing);
    });
    await new Promise<void>(resolve => {
      server.listen(port, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** The requests since the last call. */
  take(): SeenRequest[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
  }
}
