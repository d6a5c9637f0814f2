import fc from 'fast-check';
import { IndexedHeap } from './IndexedHeap';

const size = 24;

describe('IndexedHeap', () => {
  it('gives the least first, whatever is added, taken out and changed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            one: fc.nat(size - 1),
            value: fc.nat(99),
            in: fc.boolean(),
          }),
          { minLength: 20, maxLength: 60 },
        ),
        steps => {
          const values = new Array<number>(size).fill(0);
          const present = new Set<number>();
          const heap = IndexedHeap.create({
            size,
            goesBefore: (a, b) => (values[a] - values[b] || a - b) < 0,
          });
          for (const step of steps) {
            heap.delete(step.one);
            present.delete(step.one);
            values[step.one] = step.value;
            if (step.in) {
              heap.add(step.one);
              heap.add(step.one);
              present.add(step.one);
            }
          }
          const drained: number[] = [];
          for (
            let first = heap.first();
            first !== undefined;
            first = heap.first()
          ) {
            drained.push(first);
            heap.delete(first);
          }
          expect(drained).toEqual(
            [...present].sort((a, b) => values[a] - values[b] || a - b),
          );
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
