import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.includes('\0');
  }
  if (value && typeof value === 'object') {
    return Object.entries(value).some(
      ([key, inner]) => holdsNul(key) || holdsNul(inner),
    );
  }
  return false;
}

/** Refuses NUL characters: PostgreSQL cannot store them, and no text has a use for them. */
export const refuseNul: RequestHandler = (req, _res, next) => {
  const inUrl = req.url.includes('%00');
  next(
    inUrl || holdsNul(req.body)
      ? new InputError(
          `The ${inUrl ? 'address' : 'body'} holds a NUL character. Leave it out.`,
        )
      : undefined,
  );
};
