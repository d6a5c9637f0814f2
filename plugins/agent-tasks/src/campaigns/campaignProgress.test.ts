import { taskStates } from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import { countParts, countSettled, currentWave } from './campaignProgress';

describe('countParts', () => {
  it('counts every task once, whatever its state', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...taskStates), fc.nat(1_000)),
        states => {
          const sum = (counts: Record<string, number>) =>
            Object.values(counts).reduce((total, one) => total + one, 0);
          expect(sum(countParts(states))).toBe(sum(states));
        },
      ),
    );
  });

  it('tells what waits for its wave from what waits in the queue', () => {
    expect(
      countParts({ held: 5, queued: 2, merged: 3, failed: 1, closed: 1 }),
    ).toEqual({
      merged: 3,
      inReview: 0,
      working: 0,
      waiting: 2,
      held: 5,
      failed: 1,
      without: 1,
    });
  });
});

describe('countSettled', () => {
  it('counts ends alone', () => {
    expect(countSettled({ merged: 3, failed: 1, in_review: 4, held: 2 })).toBe(
      4,
    );
  });
});

describe('currentWave', () => {
  const wave = (number: number, releasedAt?: string) => ({
    number,
    size: '100%',
    tasks: 1,
    states: {},
    state: 'waiting' as const,
    ...(releasedAt && { releasedAt }),
  });

  it('is the one that was released last', () => {
    const waves = [wave(1, '2026-03-14T12:00:00Z'), wave(2), wave(3)];
    expect(currentWave({ waves })?.number).toBe(1);
    expect(currentWave({ waves: [wave(1), wave(2)] })?.number).toBe(1);
    expect(currentWave({ waves: [] })).toBeUndefined();
  });
});
