import express, { NextFunction, Request, Response } from 'express';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { createAdminRouter } from './admin/createAdminRouter';
import { fingerprint } from './auth/fingerprint';
import { ContractRecord } from './contract/ContractRecord';
import { ResponseCapture } from './faults/ResponseCapture';
import { strikeAfter, strikeBefore } from './faults/strike';
import { createGraphqlRouter } from './graphql';
import { createOAuthRouter } from './oauth/createOAuthRouter';
import { createPagesRouter } from './pages';
import { RestService } from './rest/RestService';
import { sendJson } from './sendJson';
import { SimulatorContext } from './SimulatorContext';

/** As large a body as is read; GitHub's own limit is near this. */
const MAX_BODY_BYTES = 1_048_576;

/** The status under which a request is counted whose client did not wait for the answer. */
const CLIENT_GONE = 499;

const REST_PREFIX = '/api/v3';
const GRAPHQL_PATHS = ['/api/graphql', '/graphql'];

/** The HTTP server: REST at `/api/v3`, GraphQL at `/api/graphql`, sign-in, the admin API, and the pages. */
export function createSimulatorServer(options: {
  context: SimulatorContext;
  rest: RestService;
  record: ContractRecord;
}): Server {
  const { context, rest, record } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/_simulator', createAdminRouter({ context, record }));
  app.use('/login/oauth', createOAuthRouter(context));
  app.use(GRAPHQL_PATHS, createGraphqlRouter(context));
  app.use(createPagesRouter(context));
  app.use((_request, response) => {
    response.status(404).json({
      message: 'Not Found',
      documentation_url: 'https://docs.github.com/rest',
      status: '404',
    });
  });
  app.use(dropAborted);
  const server = createServer((request, response) => {
    const [path, search = ''] = (request.url ?? '/').split('?', 2);
    response.setHeader('x-github-request-id', requestId(context));
    // Clients correct their clock by it, and the simulator's may have been moved.
    response.setHeader('date', new Date(context.clock.now()).toUTCString());
    if (path.startsWith(`${REST_PREFIX}/`)) {
      const below = path.slice(REST_PREFIX.length);
      void serveRest({ context, rest, request, response, path: below, search });
    } else if (GRAPHQL_PATHS.includes(path)) {
      void serveGraphql({ context, app, request, response });
    } else if (path.startsWith('/login/oauth/')) {
      void serveSignIn({ context, app, request, response, path });
    } else {
      app(request, response);
    }
  });
  // Longer than clients keep idle connections, so that no request meets one that is about to be closed.
  server.keepAliveTimeout = 60_000;
  return server;
}

/**
 * Ends a request whose client has gone, such as one that a fault held back: its body can no longer be read, and there is
 * nobody to answer. Express would print that as an error of the simulator.
 */
function dropAborted(
  error: unknown,
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (request.socket.destroyed) {
    response.status(CLIENT_GONE).end();
  } else {
    next(error);
  }
}

async function serveRest(options: {
  context: SimulatorContext;
  rest: RestService;
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  search: string;
}): Promise<void> {
  const { context, rest, request, response, path, search } = options;
  const rawBody = await readBody(request);
  if (!rawBody) {
    response.writeHead(413).end();
    return;
  }
  const faults = context.faults.forRequest(`${request.method} ${path}`);
  if (!(await strikeBefore({ context, faults, request, response }))) {
    return;
  }
  const outcome = await rest.handle({ request, path, search, rawBody });
  context.counters.request({
    route: outcome.route ?? `${request.method} (not served)`,
    token: outcome.principal
      ? fingerprint(outcome.principal.token)
      : 'anonymous',
    status: outcome.status,
  });
  strikeAfter({
    faults,
    request,
    response,
    status: outcome.status,
    headers: outcome.headers,
    body: request.method === 'HEAD' ? undefined : outcome.body,
  });
}

/** GraphQL runs in express; its answer is held back so that faults can strike it. */
async function serveGraphql(options: {
  context: SimulatorContext;
  app: express.Express;
  request: IncomingMessage;
  response: ServerResponse;
}): Promise<void> {
  const { context, app, request, response } = options;
  const faults = context.faults.forRequest('POST /graphql');
  if (!(await strikeBefore({ context, faults, request, response }))) {
    return;
  }
  const principal = await context.auth
    .authenticate(request)
    .catch(() => undefined);
  let entered = false;
  try {
    if (principal) {
      context.limits.enter({
        principal,
        resource: 'graphql',
        method: 'GET',
      });
      entered = true;
    }
  } catch (error) {
    sendRefusal(response, error);
    context.counters.request({
      route: 'POST /graphql',
      token: principal ? fingerprint(principal.token) : 'anonymous',
      status: response.statusCode,
    });
    return;
  }
  const capture = ResponseCapture.start(response, ({ status, body }) => {
    context.counters.request({
      route: 'POST /graphql',
      token: principal ? fingerprint(principal.token) : 'anonymous',
      status,
    });
    let headers = {};
    if (principal) {
      if (entered) {
        context.limits.leave({ principal, resource: 'graphql' });
      }
      headers = context.limits.headers({ principal, resource: 'graphql' });
    }
    strikeAfter({ faults, request, response, status, headers, body });
  });
  app(request, capture.response);
}

/** User tokens: without limits, but with faults. */
async function serveSignIn(options: {
  context: SimulatorContext;
  app: express.Express;
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
}): Promise<void> {
  const { context, app, request, response, path } = options;
  const faults = context.faults.forRequest(`${request.method} ${path}`);
  if (await strikeBefore({ context, faults, request, response })) {
    const capture = ResponseCapture.start(response, ({ status, body }) =>
      strikeAfter({ faults, request, response, status, headers: {}, body }),
    );
    app(request, capture.response);
  }
}

function sendRefusal(response: ServerResponse, error: unknown): void {
  const refusal = error as {
    status?: number;
    message: string;
    headers?: Record<string, string>;
  };
  for (const [name, value] of Object.entries(refusal.headers ?? {})) {
    response.setHeader(name, value);
  }
  sendJson(response, refusal.status ?? 500, {
    message: refusal.message,
    documentation_url: 'https://docs.github.com/graphql',
    status: String(refusal.status ?? 500),
  });
}

/** The whole body; `undefined` when it is too large. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') {
    request.resume();
    return Promise.resolve(Buffer.alloc(0));
  }
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) {
        chunks.push(chunk);
      }
    });
    request.on('end', () =>
      resolve(size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks)),
    );
    request.on('error', () => resolve(undefined));
  });
}

let requests = 0;

function requestId(context: SimulatorContext): string {
  requests++;
  const time = Math.floor(context.clock.now() / 1000).toString(16);
  return `SIMU:${requests.toString(16).padStart(6, '0')}:${time}`.toUpperCase();
}
