import { isByCodingAgent } from './codingAgents';

const bot = (login: string) => ({ __typename: 'Bot', login });
const person = { __typename: 'User', login: 'ada' };

describe('isByCodingAgent', () => {
  it.each([
    [bot('copilot-swe-agent'), 'copilot/fix'],
    [bot('Devin-AI-Integration'), 'devin/1'],
    [person, 'codex/add-tests'],
    [null, 'claude/issue-7'],
  ])('takes %j on %s for one', (author, headRefName) => {
    expect(isByCodingAgent({ author, headRefName })).toBe(true);
  });

  it.each([
    [person, 'fix-tests'],
    [person, 'my-codex/notes'],
    [{ __typename: 'User', login: 'cursor' }, 'main-fix'],
    [bot('dependabot'), 'dependabot/npm/x'],
    // What a bot of another kind does on such a branch is not an agent's work.
    [bot('renovate'), 'claude/x'],
    [null, 'ghost'],
  ])('does not take %j on %s for one', (author, headRefName) => {
    expect(isByCodingAgent({ author, headRefName })).toBe(false);
  });
});
