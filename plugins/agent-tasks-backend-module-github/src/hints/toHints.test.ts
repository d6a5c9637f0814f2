import fc from 'fast-check';
import { HINTING_EVENTS, toHints } from './toHints';

const host = 'github.com';
const payload = {
  pull_request: { node_id: 'PR_kwDO1' },
  repository: { full_name: 'acme/shop' },
};
const repository = { host, owner: 'acme', name: 'shop' };

describe('toHints', () => {
  it.each([
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'pull_request_review_thread',
  ])('reads the pull request of %s', event => {
    expect(toHints({ event, payload, host })).toEqual([
      { type: 'change', globalId: 'PR_kwDO1' },
    ]);
  });

  it.each(['check_run', 'check_suite', 'status'])(
    'reads the pull requests of the repository of %s',
    event => {
      expect(toHints({ event, payload, host })).toEqual([
        { type: 'changes', repository },
      ]);
    },
  );

  it.each([
    [
      'in which the agent works',
      { path: 'dynamic/copilot-swe-agent/copilot', head_branch: 'main' },
    ],
    [
      'on a branch of the agent',
      { path: '.github/workflows/ci.yml', head_branch: 'copilot/fix-lint' },
    ],
    [
      'whose path it cannot read',
      { path: { a: 1 }, head_branch: 'copilot/fix-lint' },
    ],
  ])('looks at what runs after a workflow %s', (_, run) => {
    expect(
      toHints({
        event: 'workflow_run',
        payload: { ...payload, workflow_run: run },
        host,
      }),
    ).toEqual([
      { type: 'tasks' },
      { type: 'changes', repository, headBranches: [run.head_branch] },
    ]);
  });

  it.each([
    [{ path: '.github/workflows/ci.yml', head_branch: 'main' }],
    [{ path: '.github/workflows/ci.yml', head_branch: 'fix/copilot/x' }],
    [{ path: 'dynamic/dependabot/dependabot-updates', head_branch: null }],
    [{ path: 'x/dynamic/copilot-swe-agent/copilot' }],
    [{}],
    [undefined],
  ])('lists no tasks after the workflow %j of a repository', run => {
    expect(
      toHints({
        event: 'workflow_run',
        payload: { ...payload, workflow_run: run },
        host,
      }),
    ).toEqual([
      {
        type: 'changes',
        repository,
        ...(run &&
          'head_branch' in run &&
          run.head_branch && { headBranches: [run.head_branch] }),
      },
    ]);
  });

  it.each<[string, object]>([
    ['check_suite', { check_suite: { head_branch: 'copilot/x' } }],
    ['check_run', { check_run: { check_suite: { head_branch: 'copilot/x' } } }],
    ['status', { branches: [{ name: 'copilot/x' }] }],
    ['workflow_run', { workflow_run: { head_branch: 'copilot/x' } }],
  ])('reads the pull requests of the branch that %s names', (event, more) => {
    expect(
      toHints({ event, payload: { ...payload, ...more }, host }).at(-1),
    ).toEqual({ type: 'changes', repository, headBranches: ['copilot/x'] });
  });

  it('reads all pull requests of a repository where no branch is named', () => {
    for (const headBranch of [null, '', undefined, 7]) {
      expect(
        toHints({
          event: 'check_suite',
          payload: { ...payload, check_suite: { head_branch: headBranch } },
          host,
        }),
      ).toEqual([{ type: 'changes', repository }]);
    }
  });

  it.each(['push', 'ping', 'pull_requester', ''])(
    'makes nothing of %s',
    event => {
      expect(toHints({ event, payload, host })).toEqual([]);
    },
  );

  it('passes on nothing of a payload but an id, a name and branches', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...HINTING_EVENTS),
        fc.anything(),
        fc.string(),
        (event, anything, text) => {
          for (const forged of [
            anything,
            { pull_request: anything, repository: anything },
            { pull_request: { node_id: text } },
            { repository: { full_name: text } },
            { workflow_run: anything },
            {
              workflow_run: { path: anything, head_branch: `copilot/${text}` },
            },
          ]) {
            for (const hint of toHints({ event, payload: forged, host })) {
              const { headBranches, ...rest } =
                hint.type === 'changes' ? hint : { ...hint, headBranches: [] };
              for (const branch of headBranches ?? []) {
                expect(branch).toEqual(expect.any(String));
                expect(branch.length).toBeLessThanOrEqual(255);
              }
              expect(JSON.stringify(rest)).toMatch(
                /^\{"type":"(tasks"\}|change","globalId":"[\w=+/-]{1,200}"\}|changes","repository":\{"host":"github.com","owner":"[\w.-]+","name":"[\w.-]+"\}\})$/,
              );
            }
          }
        },
      ),
    );
  });
});
