import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';

/** Deeper than any request that makes sense, and far from what a stack holds. */
const deepest = 50;

/** Says what of a request cannot be stored, if anything. */
export function findUnstorable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') {
    return value.includes('\0')
      ? 'The body holds a NUL character. Leave it out.'
      : undefined;
  }
  if (!value || typeof value !== 'object') {
    return undefined;
  }
  if (depth > deepest) {
    return `The body is nested more than ${deepest} levels deep. Make it flatter.`;
  }
  for (const [key, inner] of Object.entries(value)) {
    const problem = findUnstorable(key) ?? findUnstorable(inner, depth + 1);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

/** Refuses what cannot be stored: NUL characters, which PostgreSQL does not take, and values nested without end. */
export const refuseUnstorable: RequestHandler = (req, _res, next) => {
  const problem = req.url.includes('%00')
    ? 'The address holds a NUL character. Leave it out.'
    : findUnstorable(req.body);
  next(problem === undefined ? undefined : new InputError(problem));
};
