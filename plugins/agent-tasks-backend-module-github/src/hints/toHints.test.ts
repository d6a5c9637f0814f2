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

  it('looks at what runs when a workflow does', () => {
    expect(toHints({ event: 'workflow_run', payload, host })).toEqual([
      { type: 'tasks' },
      { type: 'changes', repository },
    ]);
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
