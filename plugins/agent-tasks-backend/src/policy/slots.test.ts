import fc from 'fast-check';
import { isRunKey, limitKey, parseLimitKey, portalKey } from './slots';

describe('the key of a limit', () => {
  it('says all of the limit, whatever its subject is', () => {
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom('running', 'minutes', 'queued'),
          scope: fc.constantFrom('portal', 'team', 'cohort'),
          subject: fc.string(),
        }),
        id => {
          expect(parseLimitKey(limitKey(id))).toEqual(id);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('tells run slots from others', () => {
    expect(isRunKey(portalKey)).toBe(true);
    expect(isRunKey('changes team running')).toBe(false);
  });
});
