import { z } from 'zod';
import { GithubFailure } from './GithubFailure';

const graphqlErrorSchema = z.object({
  type: z.string().optional(),
  message: z.string().default(''),
});

/** The envelope of an answer: both parts can be there, where some fields could not be read. */
export const graphqlAnswerSchema = z.object({
  data: z.unknown(),
  errors: z.array(graphqlErrorSchema).optional(),
});

/** GraphQL answers 200 to what REST would refuse: the type of the error stands for the status. */
export function graphqlFailure(
  error: z.infer<typeof graphqlErrorSchema>,
  headers: Readonly<Record<string, string>>,
): GithubFailure {
  const statuses: Record<string, number> = {
    RATE_LIMITED: 429,
    FORBIDDEN: 403,
    INSUFFICIENT_SCOPES: 403,
    NOT_FOUND: 404,
    UNPROCESSABLE: 422,
  };
  return {
    kind: 'answer',
    // An error without a type is one of the server: "Something went wrong while executing your query".
    status: statuses[error.type ?? ''] ?? 500,
    headers,
    message: error.message,
  };
}
