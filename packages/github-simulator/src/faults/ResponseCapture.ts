import { OutgoingHttpHeaders, ServerResponse } from 'http';

/** What a handler answered, before any of it has left. */
export interface CapturedResponse {
  status: number;
  body: Buffer;
}

/**
 * Holds an answer back until it is complete.
 *
 * The headers that the handler set stay on the response; status and body are given to `complete`, which sends them.
 */
export class ResponseCapture {
  readonly response: ServerResponse;

  private constructor(response: ServerResponse) {
    this.response = response;
  }

  static start(
    response: ServerResponse,
    complete: (captured: CapturedResponse) => void,
  ): ResponseCapture {
    const chunks: Buffer[] = [];
    const { write, end, writeHead } = response;
    const keep = (chunk: unknown, encoding?: unknown) => {
      if (typeof chunk === 'string') {
        chunks.push(
          Buffer.from(
            chunk,
            typeof encoding === 'string'
              ? (encoding as BufferEncoding)
              : 'utf8',
          ),
        );
      } else if (chunk instanceof Uint8Array) {
        chunks.push(Buffer.from(chunk));
      }
    };
    response.writeHead = ((
      status: number,
      ...rest: (string | OutgoingHttpHeaders)[]
    ) => {
      response.statusCode = status;
      const headers = rest.find(part => typeof part === 'object');
      for (const [name, value] of Object.entries(headers ?? {})) {
        response.setHeader(name, value as string);
      }
      return response;
    }) as ServerResponse['writeHead'];
    response.write = ((chunk: unknown, encoding?: unknown) => {
      keep(chunk, encoding);
      return true;
    }) as ServerResponse['write'];
    response.end = ((chunk?: unknown, encoding?: unknown) => {
      keep(chunk, encoding);
      Object.assign(response, { write, end, writeHead });
      complete({
        status: response.statusCode,
        body: Buffer.concat(chunks),
      });
      return response;
    }) as ServerResponse['end'];
    return new ResponseCapture(response);
  }
}
