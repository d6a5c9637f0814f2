import { IncomingMessage, ServerResponse } from 'http';
import { sendJson } from '../sendJson';
import { SimulatorContext } from '../SimulatorContext';
import { RequestFault } from './FaultInjector';

/** Latency, and the faults that come before any effect. False: the request is dealt with. */
export async function strikeBefore(options: {
  context: SimulatorContext;
  faults: RequestFault[];
  request: IncomingMessage;
  response: ServerResponse;
}): Promise<boolean> {
  const { context, faults, request, response } = options;
  for (const fault of faults) {
    if (fault.kind === 'latency') {
      await new Promise(resolve => setTimeout(resolve, fault.ms));
    } else if (fault.kind === 'reset' && fault.when === 'before') {
      request.socket.destroy();
      return false;
    } else if (fault.kind === 'status' && fault.when !== 'after') {
      sendFault(response, fault);
      context.counters.request({
        route: `${request.method} (fault)`,
        token: 'any',
        status: fault.status,
      });
      return false;
    }
  }
  return true;
}

/** Sends the answer, as the faults leave it. */
export function strikeAfter(options: {
  faults: RequestFault[];
  request: IncomingMessage;
  response: ServerResponse;
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}): void {
  const { faults, request, response, status, headers } = options;
  let { body } = options;
  let duplicate = false;
  for (const fault of faults) {
    if (fault.kind === 'reset' && fault.when === 'after') {
      request.socket.destroy();
      return;
    }
    if (fault.kind === 'status' && fault.when === 'after') {
      sendFault(response, fault);
      return;
    }
    if (fault.kind === 'malformed' && body !== undefined) {
      body = body.toString().slice(0, Math.floor(body.length / 2));
    }
    duplicate ||= fault.kind === 'duplicate';
  }
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
  if (body !== undefined) {
    response.setHeader('content-length', Buffer.byteLength(body));
  } else if (status !== 204 && status !== 304) {
    response.setHeader('content-length', 0);
  }
  response.writeHead(status);
  response.end(body);
  if (duplicate) {
    const head = Object.entries(response.getHeaders())
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    request.socket.write(
      `HTTP/1.1 ${status} Again\r\n${head}\r\n${body?.toString() ?? ''}`,
    );
  }
}

function sendFault(
  response: ServerResponse,
  fault: Extract<RequestFault, { kind: 'status' }>,
): void {
  const messages: Record<number, string> = {
    401: 'Bad credentials',
    403: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    429: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  };
  if (fault.retryAfterSeconds !== undefined) {
    response.setHeader('retry-after', String(fault.retryAfterSeconds));
  }
  sendJson(response, fault.status, {
    message: messages[fault.status] ?? 'Server Error',
    documentation_url: 'https://docs.github.com/rest',
    status: String(fault.status),
  });
}
