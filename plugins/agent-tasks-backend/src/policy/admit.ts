/** What admission is decided from. Queued tasks are in the order in which they shall start. */
export interface AdmissionInput {
  /** How many tasks may hold a run slot at once. */
  limit: number;
  /** How many do. `undefined`: the count is not known, and nothing starts. */
  used: number | undefined;
  queued: readonly string[];
}

/** What was decided. Each queued task is in one of the two lists. */
export interface AdmissionDecision {
  admitted: string[];
  held: { id: string; position: number; used?: number; limit: number }[];
}

/**
 * Chooses which queued tasks take the free slots: the first ones.
 */
export function admit(input: AdmissionInput): AdmissionDecision {
  const { limit, used, queued } = input;
  const free = used === undefined ? 0 : Math.max(0, limit - used);
  return {
    admitted: queued.slice(0, free),
    held: queued.slice(free).map((id, index) => ({
      id,
      position: index + 1,
      used,
      limit,
    })),
  };
}
