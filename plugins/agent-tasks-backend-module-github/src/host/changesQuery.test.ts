import { changesSchema, GithubPullRequest, toHostChange } from './changesQuery';

const pullRequest: GithubPullRequest = {
  id: 'PR_1',
  number: 7,
  url: 'https://github.com/acme/payments/pull/7',
  title: 'Bump left-pad',
  state: 'OPEN',
  isDraft: true,
  headRefName: 'copilot/bump',
  headRefOid: 'b'.repeat(40),
  baseRefName: 'main',
  additions: 3,
  deletions: 2,
  changedFiles: 1,
  reviewDecision: 'REVIEW_REQUIRED',
  mergedBy: null,
  createdAt: '2026-11-22T12:00:00Z',
  updatedAt: '2026-11-22T12:01:00Z',
  mergedAt: null,
  closedAt: null,
  commits: {
    nodes: [
      {
        commit: {
          oid: 'b'.repeat(40),
          statusCheckRollup: { state: 'SUCCESS' },
        },
      },
    ],
  },
};

function checks(state: string | undefined, oid = pullRequest.headRefOid) {
  return toHostChange({
    ...pullRequest,
    commits: {
      nodes: [
        {
          commit: { oid, statusCheckRollup: state ? { state } : null },
        },
      ],
    },
  }).checks;
}

describe('toHostChange', () => {
  it('tells an open draft', () => {
    expect(toHostChange(pullRequest)).toEqual({
      globalId: 'PR_1',
      number: 7,
      url: 'https://github.com/acme/payments/pull/7',
      title: 'Bump left-pad',
      state: 'open',
      draft: true,
      headBranch: 'copilot/bump',
      headCommit: 'b'.repeat(40),
      baseBranch: 'main',
      additions: 3,
      deletions: 2,
      changedFiles: 1,
      checks: 'passed',
      review: 'required',
      createdAt: '2026-11-22T12:00:00Z',
      updatedAt: '2026-11-22T12:01:00Z',
    });
  });

  it('tells who merged it and when', () => {
    expect(
      toHostChange({
        ...pullRequest,
        state: 'MERGED',
        isDraft: false,
        mergedBy: { login: 'ada' },
        mergedAt: '2026-11-22T13:00:00Z',
        closedAt: '2026-11-22T13:00:01Z',
      }),
    ).toMatchObject({
      state: 'merged',
      mergedBy: 'ada',
      settledAt: '2026-11-22T13:00:00Z',
    });
  });

  it.each([
    ['SUCCESS', 'passed'],
    ['FAILURE', 'failed'],
    ['ERROR', 'failed'],
    ['PENDING', 'pending'],
    ['EXPECTED', 'pending'],
    ['OF_TOMORROW', 'pending'],
    [undefined, 'none'],
  ])('sums up checks that are %s as %s', (state, expected) => {
    expect(checks(state)).toBe(expected);
  });

  it('does not take the checks of an older commit for those of the head', () => {
    expect(checks('SUCCESS', 'a'.repeat(40))).toBe('pending');
  });

  it.each([
    ['APPROVED', 'approved'],
    ['CHANGES_REQUESTED', 'changes_requested'],
    [null, 'none'],
  ])('tells a review that is %s', (reviewDecision, review) => {
    expect(toHostChange({ ...pullRequest, reviewDecision }).review).toBe(
      review,
    );
  });
});

describe('changesSchema', () => {
  it('takes what is gone, and what is no pull request', () => {
    expect(
      changesSchema.parse({ nodes: [null, {}, pullRequest] }).nodes,
    ).toHaveLength(3);
  });

  it('does not take half a pull request', () => {
    expect(changesSchema.safeParse({ nodes: [{ id: 'PR_1' }] }).success).toBe(
      false,
    );
  });
});
