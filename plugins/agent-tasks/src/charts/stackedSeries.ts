/** What a stacked chart shows: for each moment one value of every series. */
export interface StackedSeries {
  /** From the bottom of the stack to its top. */
  series: { key: string; title: string }[];
  /** The oldest first. */
  rows: StackedRow[];
}

export interface StackedRow {
  /** Milliseconds since the epoch. */
  at: number;
  /** In the order of the series. */
  values: number[];
}

/** Rows for a table that a person can listen to: evenly spread over the time, the newest always among them. */
export function sampleRows<T = StackedRow>(options: {
  rows: T[];
  /** At least 2. */
  most: number;
}): T[] {
  const { rows, most } = options;
  if (rows.length <= most) {
    return rows;
  }
  const step = (rows.length - 1) / (most - 1);
  return Array.from(
    { length: most },
    (_, index) => rows[Math.round(index * step)],
  );
}
