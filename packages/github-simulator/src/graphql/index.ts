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

/** Serves `POST /api/graphql`, below which the server mounts it. Faults, limits and counters are the server's. */
export function createGraphqlRouter(context: SimulatorContext): Router {
  const router = Router();
  router.post(
    '/',
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
  try {
    const principal = await context.auth.authenticate(req);
    if (principal.kind === 'app') {
      throw new GitHubError(401, 'A JSON web token could not be decoded');
    }
    const prepared = prepareGraphql(requestOf(req.body));
    const answered =
      'document' in prepared
        ? await run(context, principal, prepared)
        : prepared;
    send(res, 200, answered);
  } catch (error) {
    if (!(error instanceof GitHubError)) {
      throw error;
    }
    res.set(error.headers);
    send(res, error.status, {
      message: error.message,
      documentation_url: error.documentationUrl,
      status: String(error.status),
    });
  }
}

/** Runs a request; the server has charged one point for it, and what it weighs beyond that is charged here. */
async function run(
  context: SimulatorContext,
  principal: Principal,
  prepared: PreparedGraphql,
): Promise<GraphqlAnswer> {
  const { points } = prepared.cost;
  if (points > 1) {
    context.limits.charge({ principal, points: points - 1 });
  }
  return executeGraphql({
    prepared,
    session: createSession({ context, principal, cost: prepared.cost }),
  });
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

function send(res: Response, status: number, body: object): void {
  res
    .status(status)
    .set('x-github-media-type', 'github.v4; format=json')
    .json(body);
}
