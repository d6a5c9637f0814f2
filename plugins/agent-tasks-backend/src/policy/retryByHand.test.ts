import { isSettled, taskStates } from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import { decideRetryByHand, EndedTask } from './retryByHand';
import { mayGo } from './taskStates';

const change = (
  over: Partial<NonNullable<EndedTask['change']>> = {},
): EndedTask['change'] => ({
  state: 'open',
  draft: true,
  headBranch: 'copilot/x',
  baseBranch: 'main',
  ...over,
});

const anyTask: fc.Arbitrary<EndedTask> = fc.record(
  {
    state: fc.constantFrom(...taskStates),
    attempt: fc.record(
      {
        state: fc.constantFrom(
          'refused' as const,
          'withdrawn' as const,
          'ended' as const,
          'confirmed' as const,
        ),
        problem: fc.string(),
      },
      { requiredKeys: ['state'] },
    ),
    change: fc.record(
      {
        state: fc.constantFrom(
          'found' as const,
          'open' as const,
          'merged' as const,
          'closed' as const,
        ),
        draft: fc.boolean(),
        headBranch: fc.constantFrom('copilot/x', ''),
        baseBranch: fc.constantFrom('main', ''),
      },
      { requiredKeys: ['state', 'draft'] },
    ),
    canContinue: fc.boolean(),
  },
  { requiredKeys: ['state', 'canContinue'] },
);

describe('decideRetryByHand', () => {
  it('never has a second change beside an open one, and takes the states that the table lets go back', () => {
    fc.assert(
      fc.property(anyTask, task => {
        const decision = decideRetryByHand(task);
        const open =
          task.change?.state === 'found' || task.change?.state === 'open';
        const mayBe =
          mayGo(task.state, 'queued') && task.change?.state !== 'merged';
        expect(decision.do).toBe(
          mayBe && isSettled(task.state) ? 'queue' : 'refuse',
        );
        const { continueOn, closeFirst } =
          decision.do === 'queue'
            ? decision
            : { continueOn: undefined, closeFirst: false };
        expect([Boolean(continueOn), closeFirst]).toEqual(
          decision.do === 'queue' && open
            ? [!closeFirst, !continueOn]
            : [false, false],
        );
        expect(!continueOn || task.canContinue).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('goes on in an open change where provider and host let it', () => {
    expect(
      decideRetryByHand({
        state: 'failed',
        attempt: { state: 'ended', problem: 'No tests ran.' },
        change: change({ draft: false }),
        canContinue: true,
      }),
    ).toEqual({
      do: 'queue',
      continueOn: { headBranch: 'copilot/x', baseBranch: 'main' },
      withdrawFirst: true,
      closeFirst: false,
      failure: 'No tests ran.',
    });
  });

  it.each([
    ['the provider cannot', { change: change(), canContinue: false }],
    [
      'its branch is not known yet',
      {
        change: change({ state: 'found', headBranch: undefined }),
        canContinue: true,
      },
    ],
  ])('closes an open change first where %s', (_, what) => {
    expect(decideRetryByHand({ state: 'failed', ...what })).toEqual({
      do: 'queue',
      withdrawFirst: false,
      closeFirst: true,
    });
  });

  it('tells of a start that was never found out', () => {
    expect(
      decideRetryByHand({
        state: 'cancelled',
        attempt: { state: 'withdrawn', problem: 'It may have started.' },
        canContinue: true,
      }),
    ).toMatchObject({ do: 'queue', warning: 'It may have started.' });
  });
});
