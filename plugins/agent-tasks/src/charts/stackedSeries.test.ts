import * as fc from 'fast-check';
import { sampleRows } from './stackedSeries';

const toRows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ at, values: [at] }));

describe('sampleRows', () => {
  it('keeps the first and the newest, in order, and no more than asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 2, max: 50 }),
        (count, most) => {
          const sampled = sampleRows({ rows: toRows(count), most }).map(
            ({ at }) => at,
          );
          expect(sampled).toHaveLength(Math.min(count, most));
          expect(sampled[0]).toBe(0);
          expect(sampled.at(-1)).toBe(count - 1);
          expect(new Set(sampled).size).toBe(sampled.length);
          expect([...sampled].sort((one, other) => one - other)).toEqual(
            sampled,
          );
        },
      ),
    );
  });
});
