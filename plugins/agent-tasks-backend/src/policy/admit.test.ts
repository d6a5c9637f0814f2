import fc from 'fast-check';
import { admit } from './admit';

const inputs = fc.record({
  limit: fc.nat(50),
  used: fc.option(fc.nat(60), { nil: undefined }),
  queued: fc.uniqueArray(fc.uuid(), { maxLength: 80 }),
});

describe('admit', () => {
  it('never lets more run than the limit, whatever is queued', () => {
    fc.assert(
      fc.property(inputs, input => {
        const { admitted } = admit(input);
        const before = input.used ?? 0;
        expect(before + admitted.length).toBeLessThanOrEqual(
          Math.max(before, input.limit),
        );
      }),
      { numRuns: 10_000 },
    );
  });

  it('starts nothing while the count is not known', () => {
    fc.assert(
      fc.property(inputs, input => {
        expect(admit({ ...input, used: undefined }).admitted).toEqual([]);
      }),
    );
  });

  it('leaves no slot free that a queued task could take', () => {
    fc.assert(
      fc.property(inputs, input => {
        fc.pre(input.used !== undefined);
        const { admitted, held } = admit(input);
        const free = Math.max(0, input.limit - input.used!);
        expect(admitted).toHaveLength(Math.min(free, input.queued.length));
        expect(admitted.length === free || held.length === 0).toBe(true);
      }),
    );
  });

  it('decides on each task once, in the order of the queue', () => {
    fc.assert(
      fc.property(inputs, input => {
        const { admitted, held } = admit(input);
        expect([...admitted, ...held.map(one => one.id)]).toEqual(input.queued);
        expect(held.map(one => one.position)).toEqual(
          held.map((_, index) => index + 1),
        );
      }),
    );
  });
});
