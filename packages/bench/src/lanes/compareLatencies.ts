/** How the latencies of two conditions differ. */
export interface LatencyChange {
  /** The relative difference of the means: 0.1 is a tenth longer than before. */
  change: number;
  /** The standard error of `change`. */
  standardError: number;
  meanMs: { before: number; after: number };
  medianMs: { before: number; after: number };
}

/** Compares samples in milliseconds; each has at least two. */
export function compareLatencies(options: {
  before: readonly number[];
  after: readonly number[];
}): LatencyChange {
  const before = describe(options.before);
  const after = describe(options.after);
  const ratio = after.mean / before.mean;
  // To first order: relative variances of the two means add up.
  const relative = Math.hypot(
    before.meanError / before.mean,
    after.meanError / after.mean,
  );
  return {
    change: ratio - 1,
    standardError: ratio * relative,
    meanMs: { before: Math.round(before.mean), after: Math.round(after.mean) },
    medianMs: {
      before: Math.round(before.median),
      after: Math.round(after.median),
    },
  };
}

function describe(samples: readonly number[]) {
  if (samples.length < 2) {
    throw new Error('Two samples are needed at least');
  }
  const sorted = [...samples].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length;
  const variance =
    sorted.reduce((sum, one) => sum + (one - mean) ** 2, 0) /
    (sorted.length - 1);
  return {
    mean,
    median: sorted[Math.floor(sorted.length / 2)],
    meanError: Math.sqrt(variance / sorted.length),
  };
}
