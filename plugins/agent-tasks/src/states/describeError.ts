/** What is to say about a failed request. */
export interface ErrorDescription {
  /** The HTTP status, where there was an answer. */
  status?: number;
  message: string;
}

/**
 * Takes out of an error what a person can read: the backend's own sentence rather than "Request failed with …".
 *
 * Looks at the shape and not at the class, because an app may hold more than one copy of `@backstage/errors`.
 */
export function describeError(error: Error): ErrorDescription {
  const { statusCode, body } = error as Error & {
    statusCode?: unknown;
    body?: { error?: { message?: unknown } };
  };
  const message = body?.error?.message;
  return {
    status: typeof statusCode === 'number' ? statusCode : undefined,
    message: typeof message === 'string' && message ? message : error.message,
  };
}
