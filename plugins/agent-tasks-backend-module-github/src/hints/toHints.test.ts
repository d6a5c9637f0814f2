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
    ).toEqual([{ type: 'tasks' }, { type: 'changes', repository }]);
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
    ).toEqual([{ type: 'changes', repository }]);
  });

  it.each(['push', 'ping', 'pull_requester', ''])(
    'makes nothing of %s',
    event => {
      expect(toHints({ event, payload, host })).toEqual([]);
    },
  );

  it('passes on nothing of a payload but an id and a name', () => {
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
              expect(JSON.stringify(hint)).toMatch(
                /^\{"type":"(tasks"\}|change","globalId":"[\w=+/-]{1,200}"\}|changes","repository":\{"host":"github.com","owner":"[\w.-]+","name":"[\w.-]+"\}\})$/,
              );
            }
          }
        },
      ),
    );
  });
});
