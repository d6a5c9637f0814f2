import fc from 'fast-check';
import { toHints } from './toHints';

const pullRequest = { pull_request: { node_id: 'PR_kwDO1' } };

describe('toHints', () => {
  it.each([
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'pull_request_review_thread',
  ])('reads the pull request of %s', event => {
    expect(toHints({ event, payload: pullRequest })).toEqual([
      { type: 'change', globalId: 'PR_kwDO1' },
    ]);
  });

  it.each(['check_run', 'check_suite', 'status', 'workflow_run'])(
    'takes %s for a reason to look',
    event => {
      expect(toHints({ event, payload: {} })).toEqual([{ type: 'tasks' }]);
    },
  );

  it.each(['push', 'ping', 'pull_requester', '', undefined])(
    'makes nothing of %s',
    event => {
      expect(toHints({ event, payload: pullRequest })).toEqual([]);
    },
  );

  it('passes on nothing of a payload but an id', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (anything, id) => {
        for (const payload of [
          anything,
          { pull_request: anything },
          { pull_request: { node_id: id } },
        ]) {
          for (const hint of toHints({ event: 'pull_request', payload })) {
            expect(
              hint.type === 'tasks' ||
                /^[A-Za-z0-9_=+/-]{1,200}$/.test(hint.globalId),
            ).toBe(true);
          }
        }
      }),
    );
  });
});
