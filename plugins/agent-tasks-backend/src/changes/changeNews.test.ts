import { HostChange } from '@agent-tasks/plugin-agent-tasks-node';
import { taskStates } from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import { holdsChecks, leavesAutoLane, mayBeOffered } from '../policy/lanes';
import { changeNews, isQuiet } from './changeNews';
import { DueChange } from './ChangeStore';

const checks = fc.constantFrom(
  ...(['none', 'pending', 'passed', 'failed'] as const),
);
const review = fc.constantFrom(
  ...(['none', 'required', 'approved', 'changes_requested'] as const),
);
const head = fc.constantFrom('a', 'b');

const anySeen: fc.Arbitrary<HostChange> = fc.record({
  globalId: fc.constant('PR_1'),
  number: fc.constant(1),
  url: fc.constant('https://host.example.com/1'),
  title: fc.constant('Bump'),
  state: fc.constantFrom(...(['open', 'merged', 'closed'] as const)),
  draft: fc.boolean(),
  headBranch: fc.constant('copilot/x'),
  headCommit: head,
  baseBranch: fc.constant('main'),
  additions: fc.nat(9),
  deletions: fc.nat(9),
  changedFiles: fc.nat(9),
  checks,
  review,
  createdAt: fc.constant('2026-03-02T08:00:00.000Z'),
  updatedAt: fc.constant('2026-03-02T08:00:00.000Z'),
});

const anyDue: fc.Arbitrary<DueChange> = fc.record({
  id: fc.constant('chg_1'),
  taskId: fc.constant('task_1'),
  attemptId: fc.constant('att_1'),
  campaignId: fc.constant('camp_1'),
  codeHost: fc.constant('host'),
  globalId: fc.constant('PR_1'),
  state: fc.constantFrom(...(['found', 'open'] as const)),
  draft: fc.boolean(),
  headCommit: head,
  checks,
  review,
  offered: fc.boolean(),
  problems: fc.nat(3),
  repository: fc.constant({ host: 'h', owner: 'o', name: 'n' }),
  task: fc.record({
    state: fc.constantFrom(...taskStates),
    lane: fc.constantFrom(...(['review', 'auto'] as const)),
    autoSlot: fc.boolean(),
    checksSlot: fc.boolean(),
    awaitsReview: fc.boolean(),
  }),
});

describe('isQuiet', () => {
  it('passes over nothing from which something follows', () => {
    let quiet = 0;
    fc.assert(
      fc.property(anyDue, anySeen, fc.boolean(), (drawn, report, same) => {
        const due = drawn;
        // As most reports are.
        const seen: HostChange = same
          ? {
              ...report,
              state: 'open',
              draft: due.draft,
              headCommit: due.headCommit!,
              checks: due.checks!,
              review: due.review!,
            }
          : report;
        if (!isQuiet(due, seen)) {
          return;
        }
        quiet += 1;
        const signs = { task: due.task.state, checks: seen.checks };
        expect(seen.state).toBe('open');
        expect(changeNews(due, seen)).toEqual([]);
        expect(due.task.awaitsReview).toBe(false);
        expect(
          due.task.autoSlot &&
            leavesAutoLane({ ...signs, review: seen.review }),
        ).toBeFalsy();
        expect([undefined, due.task.checksSlot]).toContain(
          holdsChecks({ ...signs, open: true }),
        );
        expect(
          seen.draft &&
            !due.offered &&
            mayBeOffered({
              ...signs,
              lane: due.task.lane,
              awaitsReview: due.task.awaitsReview,
            }),
        ).toBe(false);
      }),
      { numRuns: 10_000 },
    );
    expect(quiet).toBeGreaterThan(500);
  });
});
