import fc from 'fast-check';
import { decideStart, StartTimes, UnconfirmedStart } from './decideStart';

const times: StartTimes = { settleSeconds: 120, decideSeconds: 900 };
const base = Date.parse('2026-03-02T08:00:00Z');
const at = (seconds: number) => new Date(base + seconds * 1000);

const attempts: fc.Arbitrary<{ attempt: UnconfirmedStart; now: number }> = fc
  .record({
    state: fc.constantFrom('intended' as const, 'requested' as const),
    requested: fc.nat(2000),
    first: fc.nat(2000),
    start: fc.constantFrom(
      'idempotent' as const,
      'findable' as const,
      'neither' as const,
    ),
    cancelling: fc.boolean(),
    search: fc.option(
      fc.record({
        after: fc.nat(2000),
        outcome: fc.constantFrom('absent' as const, 'failed' as const),
      }),
      { nil: undefined },
    ),
    passed: fc.nat(2000),
  })
  .map(one => ({
    now: one.requested + one.passed,
    attempt: {
      state: one.state,
      requestedAt: at(one.requested),
      firstRequestedAt: at(Math.min(one.first, one.requested)),
      start: one.start,
      cancelling: one.cancelling,
      search: one.search && {
        begunAt: at(one.requested + Math.min(one.search.after, one.passed)),
        outcome: one.search.outcome,
      },
    },
  }));

describe('decideStart', () => {
  it('sends again only what the provider makes harmless, or a late enough search found absent', () => {
    fc.assert(
      fc.property(attempts, ({ attempt, now }) => {
        const decision = decideStart(attempt, times, at(now));
        const proved =
          attempt.search?.outcome === 'absent' &&
          attempt.search.begunAt.getTime() - attempt.requestedAt!.getTime() >=
            times.settleSeconds * 1000;
        expect(
          decision.do !== 'send' ||
            attempt.state === 'intended' ||
            attempt.start === 'idempotent' ||
            (attempt.start === 'findable' && proved),
        ).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('never starts what is being cancelled, unless a repeated request is harmless', () => {
    fc.assert(
      fc.property(attempts, ({ attempt, now }) => {
        const decision = decideStart(
          { ...attempt, cancelling: true },
          times,
          at(now),
        );
        expect(
          decision.do !== 'send' ||
            (attempt.state === 'requested' && attempt.start === 'idempotent'),
        ).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('withdraws only what is certain not to run', () => {
    fc.assert(
      fc.property(attempts, ({ attempt, now }) => {
        const decision = decideStart(attempt, times, at(now));
        expect(
          decision.do !== 'withdraw' ||
            (attempt.cancelling &&
              (attempt.state === 'intended' ||
                attempt.search?.outcome === 'absent')),
        ).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('asks a person only where the search fails for long, or there is none', () => {
    fc.assert(
      fc.property(attempts, ({ attempt, now }) => {
        const decision = decideStart(attempt, times, at(now));
        const waited = base + now * 1000 - attempt.firstRequestedAt!.getTime();
        expect(
          decision.do !== 'ask-person' ||
            attempt.start === 'neither' ||
            (attempt.search?.outcome === 'failed' &&
              waited >= times.decideSeconds * 1000),
        ).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('looks again at a time that does not lie in the past', () => {
    fc.assert(
      fc.property(attempts, ({ attempt, now }) => {
        const decision = decideStart(attempt, times, at(now));
        const until = decision.do === 'wait' ? decision.until : at(now);
        expect(until.getTime()).toBeGreaterThanOrEqual(at(now).getTime());
      }),
    );
  });
});
