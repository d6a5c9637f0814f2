import express, { Request, Response, Router } from 'express';
import { Principal } from '../auth/Principal';
import { GitHubError } from '../errors';
import { SimulatorContext } from '../SimulatorContext';
import {
  executeGraphql,
  GraphqlAnswer,
  GraphqlRequest,
  PreparedGraphql,
  prepareGraphql,
} from './executeGraphql';
import { createSession } from './createSession';

/** Serves `POST /api/graphql`. */
export function createGraphqlRouter(context: SimulatorContext): Router {
  const router = Router();
  router.post(
    ['/api/graphql', '/graphql'],
    express.json({ limit: '1mb', type: () => true }),
    (req, res, next) => {
      answer(context, req, res).catch(next);
    },
  );
  return router;
}

async function answer(
  context: SimulatorContext,
  req: Request,
  res: Response,
): Promise<void> {
  let principal: Principal | undefined;
  try {
    principal = await context.auth.authenticate(req);
    if (principal.kind === 'app') {
      throw new GitHubError(401, 'A JSON web token could not be decoded');
    }
    const prepared = prepareGraphql(requestOf(req.body));
    const answered =
      'document' in prepared
        ? await run(context, principal, prepared)
        : prepared;
    send(context, res, principal, 200, answered);
  } catch (error) {
    if (!(error instanceof GitHubError)) {
      throw error;
    }
    res.set(error.headers);
    send(context, res, principal, error.status, {
      message: error.message,
      documentation_url: error.documentationUrl,
      status: String(error.status),
    });
  }
}

/** Runs a request within its principal's limits. */
async function run(
  context: SimulatorContext,
  principal: Principal,
  prepared: PreparedGraphql,
): Promise<GraphqlAnswer> {
  const { limits } = context;
  limits.enter({
    principal,
    resource: 'graphql',
    // By GitHub's secondary limits a query weighs like a GET and a mutation like a POST.
    method: prepared.mutation ? 'POST' : 'GET',
    createsContent: prepared.createsContent,
  });
  try {
    if (prepared.cost.points > 1) {
      limits.charge({ principal, points: prepared.cost.points - 1 });
    }
    return await executeGraphql({
      prepared,
      session: createSession({ context, principal, cost: prepared.cost }),
    });
  } finally {
    limits.leave({ principal, resource: 'graphql' });
  }
}

function requestOf(body: unknown): GraphqlRequest {
  const { query, variables, operationName } = (body ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof query !== 'string') {
    throw new GitHubError(
      400,
      'A query attribute must be specified and must be a string.',
    );
  }
  return {
    query,
    variables:
      typeof variables === 'object' && variables !== null
        ? (variables as Record<string, unknown>)
        : undefined,
    operationName:
      typeof operationName === 'string' ? operationName : undefined,
  };
}

function send(
  context: SimulatorContext,
  res: Response,
  principal: Principal | undefined,
  status: number,
  body: object,
): void {
  if (principal) {
    res.set(context.limits.headers({ principal, resource: 'graphql' }));
  }
  res
    .status(status)
    .set('x-github-media-type', 'github.v4; format=json')
    .json(body);
}
