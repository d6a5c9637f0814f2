import { taskStates } from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import { pageSizes } from '../lists/pageAddress';
import {
  formatTaskListParameters,
  parseTaskListParameters,
  toTaskListQuery,
} from './useTaskListParameters';

const texts = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 4 });

describe('the parameters of the list in the address', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(
        fc.record({
          filters: fc.record({
            team: texts,
            state: fc.subarray([...taskStates]),
            template: texts,
            component: texts,
          }),
          limit: fc.constantFrom(...pageSizes),
          cursor: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        }),
        parameters => {
          const search = formatTaskListParameters(parameters).toString();
          expect(parseTaskListParameters(new URLSearchParams(search))).toEqual(
            parameters,
          );
        },
      ),
    );
  });

  it('leave out what makes no sense', () => {
    expect(
      parseTaskListParameters(
        new URLSearchParams('state=running&state=no-state&limit=7&team='),
      ),
    ).toEqual({
      filters: { team: [], state: ['running'], template: [], component: [] },
      limit: 25,
      cursor: undefined,
    });
  });

  it('keep what else stands in the address', () => {
    const search = formatTaskListParameters(
      parseTaskListParameters(new URLSearchParams('team=a')),
      new URLSearchParams('theme=dark&team=b'),
    );
    expect(search.toString()).toBe('theme=dark&team=a');
  });

  it('ask the backend for nothing that is not chosen', () => {
    expect(
      toTaskListQuery(
        parseTaskListParameters(new URLSearchParams('template=fix-lint')),
      ),
    ).toEqual({ template: ['fix-lint'], limit: 25 });
  });
});
