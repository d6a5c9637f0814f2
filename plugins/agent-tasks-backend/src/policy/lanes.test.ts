import {
  HostChecksState,
  HostReviewState,
} from '@agent-tasks/plugin-agent-tasks-node';
import { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import { taskTransitions } from './taskStates';
import { holdsChecks, leavesAutoLane, mayBeOffered } from './lanes';

const task = fc.constantFrom(...(Object.keys(taskTransitions) as TaskState[]));
const checks = fc.constantFrom<HostChecksState[]>(
  'none',
  'pending',
  'passed',
  'failed',
);
const review = fc.constantFrom<HostReviewState[]>(
  'none',
  'required',
  'approved',
  'changes_requested',
);

describe('A change of the auto lane', () => {
  it.each([
    ['in_review', 'failed', 'none', 'checks_failed'],
    ['in_review', 'passed', 'changes_requested', 'changes_requested'],
    ['in_review', 'passed', 'required', 'review_required'],
    ['failed', 'passed', 'approved', 'agent_failed'],
    ['in_review', 'passed', 'none', undefined],
    ['in_review', 'pending', 'approved', undefined],
    ['running', 'failed', 'changes_requested', undefined],
    ['cancelling', 'failed', 'required', undefined],
  ] as const)(
    'with a task %s, checks %s and a review %s leaves it because of %s',
    (...[state, checksState, reviewState, exit]) => {
      expect(
        leavesAutoLane({
          task: state,
          checks: checksState,
          review: reviewState,
        }),
      ).toBe(exit);
    },
  );

  it('is never offered without a person where it would need one', () => {
    fc.assert(
      fc.property(
        fc.record({ task, checks, review }),
        fc.constantFrom<('none' | 'approved')[]>('none', 'approved'),
        (signs, mild) => {
          const offered = mayBeOffered({
            ...signs,
            lane: 'auto',
            awaitsReview: false,
          });
          expect(
            offered && leavesAutoLane({ ...signs, review: mild }) !== undefined,
          ).toBe(false);
        },
      ),
    );
  });

  it('is offered once nothing of it is left to wait for', () => {
    const change = {
      lane: 'auto',
      awaitsReview: false,
      task: 'in_review',
    } as const;
    expect(mayBeOffered({ ...change, checks: 'passed' })).toBe(true);
    expect(mayBeOffered({ ...change, checks: 'none' })).toBe(true);
    expect(mayBeOffered({ ...change, checks: 'pending' })).toBe(false);
  });
});

describe('A change that needs a review', () => {
  it('is offered if and only if the agent is done and it has a slot', () => {
    fc.assert(
      fc.property(task, checks, fc.boolean(), (state, seen, awaitsReview) => {
        expect(
          mayBeOffered({
            task: state,
            checks: seen,
            lane: 'review',
            awaitsReview,
          }),
        ).toBe(state === 'in_review' && !awaitsReview);
      }),
    );
  });
});

describe('The slot of pending checks', () => {
  it('is held by an open change with pending checks and by no other', () => {
    fc.assert(
      fc.property(task, checks, fc.boolean(), (state, seen, open) => {
        const pending = open && seen === 'pending';
        expect([pending, undefined]).toContain(
          holdsChecks({ task: state, checks: seen, open }),
        );
      }),
    );
  });

  it('stays as it is while an agent works that has pushed nothing to be checked', () => {
    const none = { checks: 'none', open: true } as const;
    expect(holdsChecks({ ...none, task: 'running' })).toBeUndefined();
    expect(holdsChecks({ ...none, task: 'in_review' })).toBe(false);
  });
});
