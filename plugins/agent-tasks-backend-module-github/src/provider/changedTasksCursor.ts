import { z } from 'zod';

/** How far the first round looks back where nothing tells when the last one was, in hours. */
export const FIRST_LOOK_BACK_HOURS = 6;

/**
 * Where a round of reading changed tasks begins. It is the only memory of the rounds: it is kept by the backend once
 * what it came with is stored, so that a crash in between has the same tasks reported again.
 */
export interface ChangedTasksCursor {
  /** The newest change that was seen. ISO 8601, by GitHub's clock. */
  since: string;
  /** The tag of the answer that holds nothing newer than `since`. */
  etag?: string;
  /** The same as `since` for archived tasks, which GitHub lists apart. */
  archivedSince: string;
  /** When archived tasks were last listed. ISO 8601, by GitHub's clock. */
  archivedListedAt?: string;
}

const timeSchema = z.string().datetime({ offset: true });

const cursorSchema = z.object({
  since: timeSchema,
  etag: z.string().max(200).optional(),
  archivedSince: timeSchema,
  archivedListedAt: timeSchema.optional(),
});

/** Reads a cursor; one that is missing or not understood begins some hours before `now`. */
export function parseCursor(options: {
  cursor: string | undefined;
  /** Milliseconds since 1970, by GitHub's clock. */
  now: number;
}): ChangedTasksCursor {
  const parsed = cursorSchema.safeParse(parseJson(options.cursor));
  if (parsed.success) {
    return parsed.data;
  }
  const since = new Date(
    options.now - FIRST_LOOK_BACK_HOURS * 3_600_000,
  ).toISOString();
  return { since, archivedSince: since };
}

/** Writes a cursor; a tag that is too long to keep is left out. */
export function formatCursor(cursor: ChangedTasksCursor): string {
  const { etag, ...rest } = cursor;
  return JSON.stringify(
    etag !== undefined && etag.length <= 200 ? { ...rest, etag } : rest,
  );
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
