import fc from 'fast-check';
import { isRunKey, limitKey, parseLimitKey, portalKey, slotsOf } from './slots';

const holder = {
  team: 'group:default/shop',
  repository: 'github.com/acme/shop',
  provider: 'copilot',
  account: 'default',
};

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

describe('slotsOf', () => {
  it.each([
    [
      'running',
      [
        portalKey,
        'running provider copilot',
        'running account default',
        'running repository github.com/acme/shop',
        'running team group:default/shop',
      ],
    ],
    [
      'changes',
      [
        'changes repository github.com/acme/shop',
        'changes team group:default/shop',
      ],
    ],
    ['minutes', ['minutes team group:default/shop']],
    ['checks', ['checks portal ']],
    ['day', ['day team group:default/shop']],
    ['starts', ['starts account default']],
  ] as const)('names the counters of %s, the portal first', (kind, keys) => {
    expect(slotsOf(kind, holder)).toEqual(keys);
  });
});
