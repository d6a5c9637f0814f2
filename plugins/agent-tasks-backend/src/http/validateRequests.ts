import { InputError } from '@backstage/errors';
import { ErrorRequestHandler, RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import { OpenAPIV3 } from 'express-openapi-validator/dist/framework/types';
import { spec } from '../schema/openapi.generated';

/** One thing that is wrong with a request, as the validator tells it. */
interface Problem {
  /** Such as `/body/components/0`. */
  path: string;
  message: string;
  /** Such as `required.openapi.validation`. */
  errorCode?: string;
}

function describe({ path, message, errorCode }: Problem): string {
  const where = path.slice(1).replaceAll('/', '.');
  switch (errorCode) {
    case 'required.openapi.validation':
      return `${where} is missing`;
    case 'additionalProperties.openapi.validation':
      return `${where} is not a field of this request`;
    default:
      return `${where} ${message}`;
  }
}

/** Says which part of a request does not fit the document, and why. */
const describeProblems: ErrorRequestHandler = (error, _req, _res, next) => {
  const problems: Problem[] = Array.isArray(error?.errors) ? error.errors : [];
  next(
    error?.status < 500 && problems.length
      ? new InputError(
          `The request does not fit the API: ${problems.map(describe).join('; ')}.`,
        )
      : error,
  );
};

/** Checks requests against `schema/openapi.yaml`, and fills in the defaults that it names. */
export function validateRequests(): (RequestHandler | ErrorRequestHandler)[] {
  return [
    ...(middleware({
      apiSpec: spec as unknown as OpenAPIV3.DocumentV3,
      validateRequests: { allowUnknownQueryParameters: false },
      validateResponses: false,
      // The plugin is mounted below a path that the document does not know.
      useRequestUrl: true,
      // What is not described is answered with 404 like everywhere in Backstage.
      ignoreUndocumented: true,
      fileUploader: false,
    }) as RequestHandler[]),
    describeProblems,
  ];
}
