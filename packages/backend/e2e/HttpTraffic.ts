import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage, ServerResponse } from 'node:http';

/** A request and its answer, as a server of this process saw them. */
export interface Exchange {
  /** Of the server. */
  port: number;
  method: string;
  /** Path and query. */
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: string;
  status: number;
  responseHeaders: Record<string, string>;
  responseBody: string;
}

const REQUEST_STARTS = 'http.server.request.start';

/** Keeps all that comes to and leaves from the HTTP servers of this process: the simulator of GitHub and the backend. */
export class HttpTraffic {
  readonly exchanges: Exchange[] = [];
  readonly #listener = (message: unknown) =>
    this.#record(
      message as { request: IncomingMessage; response: ServerResponse },
    );

  private constructor() {}

  static record(): HttpTraffic {
    const traffic = new HttpTraffic();
    subscribe(REQUEST_STARTS, traffic.#listener);
    return traffic;
  }

  stop(): void {
    unsubscribe(REQUEST_STARTS, this.#listener);
  }

  #record(options: {
    request: IncomingMessage;
    response: ServerResponse;
  }): void {
    const { request, response } = options;
    const requestBody = keepChunks(request, ['push']);
    const responseBody = keepChunks(response, ['write', 'end']);
    const { localPort } = request.socket;
    const { method = '', url = '' } = request;
    // An answer that is cut off counts as well.
    response.once('close', () => {
      this.exchanges.push({
        port: localPort ?? 0,
        method,
        url,
        requestHeaders: toStrings(request.headers),
        requestBody: requestBody(),
        status: response.statusCode,
        responseHeaders: toStrings(response.getHeaders()),
        responseBody: responseBody(),
      });
    });
  }
}

/** Keeps what is given to methods of a stream, as text. */
function keepChunks(
  stream: IncomingMessage | ServerResponse,
  names: string[],
): () => string {
  const chunks: Buffer[] = [];
  for (const name of names) {
    const original = Reflect.get(stream, name) as (
      ...parameters: unknown[]
    ) => unknown;
    Reflect.set(stream, name, (...parameters: unknown[]) => {
      const [chunk] = parameters;
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
        chunks.push(Buffer.from(chunk as string));
      }
      return original.apply(stream, parameters);
    });
  }
  return () => Buffer.concat(chunks).toString('utf8');
}

function toStrings(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
}
