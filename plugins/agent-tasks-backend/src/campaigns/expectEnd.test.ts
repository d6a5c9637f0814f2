import fc from 'fast-check';
import { EndBasis, expectEnd } from './expectEnd';

const launchedAt = new Date('2026-05-01T08:00:00Z');
const after = (seconds: number) =>
  new Date(launchedAt.getTime() + seconds * 1000);

const basis: EndBasis = {
  now: after(1000),
  launchedAt,
  settled: 0,
  rollout: {},
  waves: [{ state: 'running', open: 10 }],
  slots: 5,
};

describe('The expected end of a campaign', () => {
  it('follows the pace so far', () => {
    expect(
      expectEnd({ ...basis, settled: 5, lastSettledAt: after(1000) }),
    ).toEqual({
      at: after(3000),
      assumption: 'Tasks settle at the pace so far, 18 an hour.',
    });
  });

  it('is reckoned from what was measured lately as long as there is no pace', () => {
    expect(
      expectEnd({ ...basis, runSeconds: 60, reviewSeconds: 600 })?.at,
    ).toEqual(after(1000 + 2 * 60 + 600));
  });

  it('has each wave to come soak', () => {
    const rollout = { soakSeconds: 3600 };
    const waves: EndBasis['waves'] = [
      { state: 'running', open: 1 },
      { state: 'waiting', open: 5 },
      { state: 'waiting', open: 5 },
    ];
    expect(expectEnd({ ...basis, rollout, waves, runSeconds: 60 })?.at).toEqual(
      after(1000 + 3 * 60 + 2 * 3600),
    );
  });

  it.each(['stopped', 'waiting_for_approval'] as const)(
    'is not known while it is %s',
    state => {
      expect(
        expectEnd({ ...basis, runSeconds: 60, waves: [{ state, open: 3 }] }),
      ).toBeUndefined();
    },
  );

  it('is not known where nothing was measured', () => {
    expect(expectEnd(basis)).toBeUndefined();
  });

  it('is never before now', () => {
    fc.assert(
      fc.property(
        fc.nat(50_000),
        fc.nat(50_000),
        fc.nat(100_000),
        fc.integer({ min: 1, max: 100_000 }),
        (open, settled, lastSettled, runSeconds) => {
          const end = expectEnd({
            ...basis,
            now: after(100_000),
            settled,
            lastSettledAt: after(lastSettled),
            waves: [{ state: 'running', open }],
            runSeconds,
          });
          expect(end?.at.getTime() ?? Infinity).toBeGreaterThanOrEqual(
            after(100_000).getTime(),
          );
        },
      ),
    );
  });
});
