import {
  githubFullTaskSchema,
  githubTaskSchema,
  toFullProviderTask,
  toProviderTask,
} from './githubTask';

const task = {
  id: 't1',
  state: 'in_progress',
  created_at: '2026-11-22T12:00:00Z',
};

describe('toProviderTask', () => {
  it.each([
    ['queued', 'queued'],
    ['in_progress', 'running'],
    ['completed', 'completed'],
    ['failed', 'failed'],
    ['timed_out', 'timed_out'],
    ['cancelled', 'cancelled'],
    ['idle', 'needs_input'],
    ['waiting_for_user', 'needs_input'],
    ['a state of tomorrow', 'needs_input'],
  ])('calls %s %s', (state, expected) => {
    expect(toProviderTask({ ...task, state }).state).toBe(expected);
  });

  it('takes a task with no more than the contract promises', () => {
    expect(toProviderTask(githubTaskSchema.parse(task))).toEqual({
      id: 't1',
      state: 'running',
      createdAt: '2026-11-22T12:00:00Z',
      updatedAt: '2026-11-22T12:00:00Z',
      artifacts: [],
    });
  });

  it('tells artifacts by what the code host takes, and leaves out what it cannot use', () => {
    const parsed = githubTaskSchema.parse({
      ...task,
      html_url: 'https://github.com/acme/payments/agents/t1',
      updated_at: '2026-11-22T12:05:00Z',
      artifacts: [
        {
          provider: 'github',
          type: 'pull',
          data: { id: 99_000_000_000, global_id: 'PR_1' },
        },
        { provider: 'github', type: 'pull', data: { id: 5 } },
        {
          provider: 'github',
          type: 'branch',
          data: { head_ref: 'copilot/fix', base_ref: 'main' },
        },
        { provider: 'github', type: 'of tomorrow', data: { x: 1 } },
      ],
    });
    expect(toProviderTask(parsed)).toMatchObject({
      url: 'https://github.com/acme/payments/agents/t1',
      updatedAt: '2026-11-22T12:05:00Z',
      artifacts: [
        { type: 'change', globalId: 'PR_1' },
        { type: 'branch', branch: 'copilot/fix', baseBranch: 'main' },
      ],
    });
  });
});

describe('toFullProviderTask', () => {
  function read(fields: object) {
    return toFullProviderTask(
      githubFullTaskSchema.parse({ ...task, ...fields }),
    );
  }

  it('sums credits before it divides, and counts no other unit', () => {
    const { aiCredits } = read({
      sessions: [
        { state: 'completed', usage: { type: 'ai_credits', amount: 1 } },
        {
          state: 'completed',
          usage: { type: 'ai_credits', amount: 2_499_999_999 },
        },
        {
          state: 'completed',
          usage: { type: 'premium_requests', amount: 7 },
        },
        { state: 'in_progress' },
      ],
    });
    expect(aiCredits).toBe(2.5);
  });

  it('says nothing of credits that GitHub did not tell', () => {
    expect(read({ sessions: [{ state: 'completed' }] })).not.toHaveProperty(
      'aiCredits',
    );
  });

  it('gives the last error of a task that failed, whatever its session says', () => {
    expect(
      read({
        state: 'failed',
        sessions: [
          { state: 'failed', error: { message: 'first' } },
          { state: 'in_progress', error: { message: 'last\nof all' } },
          { state: 'in_progress' },
        ],
      }).failureMessage,
    ).toBe('last of all');
  });

  it('gives no error of a task that went well in the end', () => {
    expect(
      read({
        state: 'completed',
        sessions: [{ state: 'failed', error: { message: 'first' } }],
      }),
    ).not.toHaveProperty('failureMessage');
  });
});
