import { channel } from 'node:diagnostics_channel';
import { IncomingMessage, Server, ServerResponse } from 'node:http';

interface RequestStart {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/**
 * Counts the requests that servers of this process have taken and not yet answered, of those that `matches` chooses by
 * `METHOD /path`. A witness beside the server and its client.
 */
export class RequestsUnderWay {
  readonly #matches: (target: string) => boolean;
  readonly #channel = channel('http.server.request.start');
  readonly #open = new Set<ServerResponse>();

  private constructor(matches: (target: string) => boolean) {
    this.#matches = matches;
  }

  static watch(options: {
    matches: (target: string) => boolean;
  }): RequestsUnderWay {
    const watch = new RequestsUnderWay(options.matches);
    watch.#channel.subscribe(watch.#onStart);
    return watch;
  }

  get count(): number {
    return this.#open.size;
  }

  stop(): void {
    this.#channel.unsubscribe(this.#onStart);
  }

  readonly #onStart = (message: unknown) => {
    const { request, response } = message as RequestStart;
    const [path] = (request.url ?? '').split('?', 1);
    if (this.#matches(`${request.method} ${path}`)) {
      this.#open.add(response);
      response.once('close', () => this.#open.delete(response));
    }
  };
}
