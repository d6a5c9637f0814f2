import * as fc from 'fast-check';
import { countByReason, holdReasons, toHoldReason } from './holdReasons';

const holds = fc.dictionary(
  fc.oneof(fc.constantFrom(...holdReasons), fc.string()),
  fc.nat(1000),
);

describe('countByReason', () => {
  it('loses no task, and invents none', () => {
    fc.assert(
      fc.property(fc.array(holds), all => {
        const expected = all
          .flatMap(one => Object.values(one))
          .reduce((sum, tasks) => sum + tasks, 0);
        const counted = countByReason({ holds: all });
        expect(counted.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(
          expected,
        );
        expect(counted.every(({ tasks }) => tasks > 0)).toBe(true);
      }),
    );
  });

  it('keeps one order, so that bars can be compared', () => {
    expect(
      countByReason({
        holds: [
          { brake: 1, next: 2 },
          { 'team-changes': 3, brake: 4 },
        ],
      }),
    ).toEqual([
      { reason: 'next', tasks: 2 },
      { reason: 'team-changes', tasks: 3 },
      { reason: 'brake', tasks: 5 },
    ]);
  });

  it('takes a reason of a newer backend for another one', () => {
    expect(toHoldReason('moon-phase')).toBe('other');
  });
});
