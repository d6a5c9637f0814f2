import {
  isSettled,
  taskStates,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import { holdsRunSlot, mayGo, taskTransitions } from './taskStates';

const walk = fc
  .array(fc.nat(), { minLength: 1, maxLength: 30 })
  .map(choices => {
    const path: TaskState[] = ['held'];
    for (const choice of choices) {
      const next = taskTransitions[path[path.length - 1]];
      if (!next.length) {
        break;
      }
      path.push(next[choice % next.length]);
    }
    return path;
  });

describe('the table of transitions', () => {
  it('lets a task out of a settled state only into the queue again, and every other one go on', () => {
    for (const state of taskStates) {
      const next = taskTransitions[state];
      expect(next.every(to => to === 'queued') || !isSettled(state)).toBe(true);
      expect(next.length > 0 || isSettled(state)).toBe(true);
    }
    expect(taskTransitions.merged).toEqual([]);
  });

  it('reaches a settled state from everywhere, so that no task is stuck', () => {
    const reaches = (state: TaskState, seen = new Set<TaskState>()): boolean =>
      isSettled(state) ||
      (!seen.has(state) &&
        taskTransitions[state].some(next =>
          reaches(next, new Set([...seen, state])),
        ));
    for (const state of taskStates) {
      expect(reaches(state)).toBe(true);
    }
  });

  it('reaches every state from held', () => {
    const reached = new Set<TaskState>(['held']);
    for (const state of reached) {
      taskTransitions[state].forEach(next => reached.add(next));
    }
    expect([...reached].sort()).toEqual([...taskStates].sort());
  });

  it('takes and gives back each run slot exactly once on every way', () => {
    fc.assert(
      fc.property(walk, path => {
        let held = false;
        let taken = 0;
        for (const [index, to] of path.slice(1).entries()) {
          expect(mayGo(path[index], to)).toBe(true);
          const holds = holdsRunSlot({ held, to });
          taken += Number(holds) - Number(held);
          held = holds;
          expect(taken).toBeGreaterThanOrEqual(0);
          expect(taken).toBeLessThanOrEqual(1);
        }
        const settled = isSettled(path[path.length - 1]);
        expect(settled ? taken : 0).toBe(0);
      }),
      { numRuns: 10_000 },
    );
  });
});
