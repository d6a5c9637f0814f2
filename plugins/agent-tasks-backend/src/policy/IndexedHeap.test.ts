import fc from 'fast-check';
import { IndexedHeap } from './IndexedHeap';

describe('IndexedHeap', () => {
  it('has the least of those in it first, whatever is added, taken out and changed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            one: fc.nat(11),
            value: fc.nat(20),
            in: fc.boolean(),
          }),
          { maxLength: 60 },
        ),
        steps => {
          const values = new Array<number>(12).fill(0);
          const present = new Set<number>();
          const heap = IndexedHeap.create({
            size: 12,
            goesBefore: (a, b) => (values[a] - values[b] || a - b) < 0,
          });
          const wrong = steps.filter(step => {
            heap.delete(step.one);
            present.delete(step.one);
            values[step.one] = step.value;
            if (step.in) {
              heap.add(step.one);
              heap.add(step.one);
              present.add(step.one);
            }
            const [least] = [...present].sort(
              (a, b) => values[a] - values[b] || a - b,
            );
            return (
              heap.first() !== least ||
              [...values.keys()].some(one => heap.has(one) !== present.has(one))
            );
          });
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
