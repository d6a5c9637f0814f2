import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import { decideDeadline, DeadlineSettings } from './deadlines';
import { taskTransitions } from './taskStates';

const base = Date.parse('2026-03-02T08:00:00Z');
const at = (seconds: number) => new Date(base + seconds * 1000);
const states = Object.keys(taskTransitions) as TaskState[];

const someSettings: fc.Arbitrary<DeadlineSettings> = fc.record(
  {
    queueTimeoutSeconds: fc.integer({ min: 60, max: 9_000 }),
    timeoutSeconds: fc.integer({ min: 60, max: 9_000 }),
    reviewTimeoutSeconds: fc.integer({ min: 60, max: 9_000 }),
  },
  { requiredKeys: [] },
);

describe('decideDeadline', () => {
  it('expires at its time, not before, and never where there is none', () => {
    fc.assert(
      fc.property(
        someSettings,
        fc.constantFrom(...states),
        fc.nat(5_000),
        fc.nat(20_000),
        (settings, state, since, now) => {
          const decision = decideDeadline(
            {
              state,
              queuedAt: at(since),
              runningSince: at(since),
              reviewSince: at(since),
            },
            settings,
            at(now),
          );
          const seconds = {
            queued: settings.queueTimeoutSeconds,
            running: settings.timeoutSeconds,
            needs_input: settings.timeoutSeconds,
            in_review: settings.reviewTimeoutSeconds,
          }[state as string];
          expect(decision?.at).toEqual(
            seconds === undefined ? undefined : at(since + seconds),
          );
          expect(decision?.expired !== undefined).toBe(
            seconds !== undefined && now >= since + seconds,
          );
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('has no deadline for a run that is not known to have begun', () => {
    expect(
      decideDeadline(
        { state: 'running', queuedAt: at(0) },
        { timeoutSeconds: 60, queueTimeoutSeconds: 60 },
        at(100),
      ),
    ).toBeUndefined();
  });

  it.each([
    [
      'queued',
      'queue',
      'It waited for 2 days without a start, as long as its template lets it. Launch it again where it is still wanted.',
    ],
    [
      'needs_input',
      'run',
      'It ran for 90 minutes, as long as its template lets an attempt run, and is stopped.',
    ],
    [
      'in_review',
      'review',
      'Its change was neither merged nor closed within 1 hour, as long as its template lets a review take, and is closed.',
    ],
  ] as const)('says what expired: %s', (state, expired, message) => {
    expect(
      decideDeadline(
        {
          state,
          queuedAt: at(0),
          runningSince: at(0),
          reviewSince: at(0),
        },
        {
          queueTimeoutSeconds: 172_800,
          timeoutSeconds: 5_400,
          reviewTimeoutSeconds: 3_600,
        },
        at(172_800),
      ),
    ).toMatchObject({ expired, message });
  });
});
