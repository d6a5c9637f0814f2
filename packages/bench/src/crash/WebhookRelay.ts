import { createServer, IncomingHttpHeaders, Server } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Headers that belong to one connection. */
const HOP_HEADERS = ['connection', 'content-length', 'host', 'keep-alive'];

/** Passes webhooks on to a backend that is up, as a load balancer does. One that nobody takes is lost. */
export class WebhookRelay {
  readonly url: string;
  readonly #server: Server;
  #target: (() => string) | undefined;

  private constructor(options: { server: Server; url: string }) {
    this.#server = options.server;
    this.url = options.url;
  }

  static async start(options: { port: number }): Promise<WebhookRelay> {
    const server = createServer();
    const relay = new WebhookRelay({
      server,
      url: `http://127.0.0.1:${options.port}`,
    });
    server.on('request', async (request, response) => {
      const body = await buffer(Readable.from(request));
      try {
        const answer = await fetch(`${relay.#target?.()}${request.url}`, {
          method: request.method,
          headers: toHeaders(request.headers),
          body: new Uint8Array(body),
        });
        response.writeHead(answer.status).end(await answer.text());
      } catch {
        response.writeHead(502).end();
      }
    });
    await new Promise<void>(resolve => {
      server.listen(options.port, '127.0.0.1', resolve);
    });
    return relay;
  }

  /** `target` is asked for the address of a backend for each webhook. */
  forwardTo(target: () => string): void {
    this.#target = target;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function toHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !HOP_HEADERS.includes(name))
      .map(([name, value]) => [name, String(value)]),
  );
}
