import { isSettled, taskStates } from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import {
  groupOfState,
  stateChoices,
  toStateChoices,
  toStates,
} from './stateGroups';

describe('stateGroups', () => {
  it('has every state in exactly one group, and the settled ones in theirs', () => {
    for (const state of taskStates) {
      expect(groupOfState(state)).toBeDefined();
      expect(groupOfState(state) === 'settled').toBe(isSettled(state));
    }
    expect(stateChoices.filter(choice => choice.kind === 'state').length).toBe(
      taskStates.length,
    );
  });

  it('shows a complete group as one choice', () => {
    expect(
      toStateChoices({
        states: ['starting', 'queued', 'undecided', 'held', 'failed'],
      }),
    ).toEqual([
      { kind: 'group', group: 'waiting' },
      { kind: 'state', state: 'failed', group: 'settled' },
    ]);
  });

  it('loses and invents no state on the way to choices and back', () => {
    fc.assert(
      fc.property(fc.subarray([...taskStates]), states => {
        const back = toStates({ choices: toStateChoices({ states }) });
        expect([...back].sort()).toEqual([...states].sort());
      }),
    );
  });
});
