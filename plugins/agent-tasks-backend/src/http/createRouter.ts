import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { HttpAuthService } from '@backstage/backend-plugin-api';
import express, { ErrorRequestHandler, Router } from 'express';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { TaskService } from '../queue/TaskService';
import { spec } from '../schema/openapi.generated';
import { StatusService } from '../remotes/StatusService';
import { TemplateService } from '../templates/TemplateService';
import { addLaunchRoutes } from './launchRoutes';
import { addStatusRoutes } from './statusRoutes';
import { addTaskRoutes } from './taskRoutes';
import { addTemplateRoutes } from './templateRoutes';
import { ApiRouter } from './ApiRouter';

/** The largest body that is read. A launch of 1,000 components with its outline stays below 300 kB. */
const bodyLimit = '1mb';

class PayloadTooLargeError extends Error {
  readonly name = 'PayloadTooLargeError';
  readonly statusCode = 413;
}

class BodyParseError extends Error {
  readonly name = 'InputError';
  readonly statusCode = 400;
}

/** Says what to do about a body that could not be read. */
const describeBodyErrors: ErrorRequestHandler = (error, _req, _res, next) => {
  switch (error?.type) {
    case 'entity.too.large':
      next(
        new PayloadTooLargeError(
          `The body is larger than ${bodyLimit.toUpperCase()}. Launch fewer components at once.`,
        ),
      );
      return;
    case 'entity.parse.failed':
      next(new BodyParseError('The body is not valid JSON.'));
      return;
    default:
      next(error);
  }
};

export interface RouterOptions {
  tasks: TaskService;
  launches: AuthorizedLaunchService;
  templates: TemplateService;
  status: StatusService;
  httpAuth: HttpAuthService;
}

/** The HTTP API, as `schema/openapi.yaml` describes it. Requests are checked against it. */
export function createRouter(options: RouterOptions): Router {
  const api = createValidatedOpenApiRouter<typeof spec>(spec, {
    // The body is parsed before, where its errors can still be told apart.
    middleware: [(_req, _res, next) => next()],
  }) as unknown as ApiRouter;
  addTemplateRoutes(api, options);
  addLaunchRoutes(api, options);
  addTaskRoutes(api, options);
  addStatusRoutes(api, options);

  const router = Router();
  router.use(express.json({ limit: bodyLimit }));
  router.use(describeBodyErrors);
  router.use(api as unknown as Router);
  return router;
}
