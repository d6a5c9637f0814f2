import { InputError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';

export class PayloadTooLargeError extends Error {
  readonly name = 'PayloadTooLargeError';
  readonly statusCode = 413;
}

/** Says what to do about a body that could not be read. */
export function describeBodyErrors(): ErrorRequestHandler {
  return (error, _req, _res, next) => {
    switch (error?.type) {
      case 'entity.too.large':
        next(
          new PayloadTooLargeError(
            `The body is larger than ${Math.round(error.limit / 2 ** 20)}MB. Launch fewer components at once, or select them by a filter.`,
          ),
        );
        return;
      case 'entity.parse.failed':
        next(new InputError('The body is not valid JSON.'));
        return;
      default:
        next(error);
    }
  };
}
