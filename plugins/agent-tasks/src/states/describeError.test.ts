import { createResponseError } from '../../dev/FakeAgentTasksApi';
import { describeError } from './describeError';

describe('describeError', () => {
  it("gives the backend's own sentence and the status", async () => {
    const error = await createResponseError(409, 'The owner has moved.');
    expect(describeError(error)).toEqual({
      status: 409,
      message: 'The owner has moved.',
    });
  });

  it('gives the message of an error that has no answer', () => {
    expect(describeError(new TypeError('Failed to fetch'))).toEqual({
      status: undefined,
      message: 'Failed to fetch',
    });
  });
});
