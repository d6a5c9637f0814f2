import { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { ErrorRequestHandler } from 'express';
import { PayloadTooLargeError } from './describeBodyErrors';

class InternalError extends Error {
  readonly name = 'InternalError';
  readonly statusCode = 500;
}

/** The errors whose messages our code writes for the caller. */
const written = [
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  PayloadTooLargeError,
  ServiceUnavailableError,
].map(({ name }) => name);

function isForCaller(error: unknown): boolean {
  const { name, status, expose } = toError(error) as Error & {
    status?: unknown;
    expose?: unknown;
  };
  return (
    written.includes(name) ||
    // Express refuses requests that it cannot read, with a message that says so.
    (expose === true && typeof status === 'number' && status < 500) ||
    (name === 'URIError' && status === 400)
  );
}

/**
 * Keeps what an unexpected error says out of the answer: it may hold anything, such as a statement of the database or
 * the address of another service. The log has it.
 */
export function hideUnexpectedErrors(options: {
  logger: LoggerService;
}): ErrorRequestHandler {
  return (error, req, _res, next) => {
    if (isForCaller(error)) {
      next(error);
      return;
    }
    options.logger.error(
      `${req.method} ${req.path} failed unexpectedly`,
      toError(error),
    );
    next(
      new InternalError(
        'Something unexpected went wrong. It is no fault of the request; the log of the backend has the details.',
      ),
    );
  };
}
