import { createServer, IncomingHttpHeaders, Server } from 'http';
import { AddressInfo } from 'net';

/** A delivery as it arrived. */
export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  event: string;
  action?: string;
  body: string;
  payload: Record<string, unknown>;
}

/** Takes webhooks on a free port. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  /** What it answers. */
  status = 202;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const payload = JSON.parse(body);
        this.received.push({
          headers: request.headers,
          event: String(request.headers['x-github-event']),
          action: payload.action,
          body,
          payload,
        });
        response.writeHead(this.status).end('taken');
      });
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>(resolve => {
      receiver.#server.listen(0, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/hook`;
  }

  /** Such as `pull_request.opened`, in the order of arrival. */
  get names(): string[] {
    return this.received.map(({ event, action }) =>
      action === undefined ? event : `${event}.${action}`,
    );
  }

  async close(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}
