import { APIRequestContext, expect } from '@playwright/test';
import { readAddresses } from './addresses';

/** Has the simulated agent come to these ends from now on, by their weights. */
export async function setOutcomes(
  request: APIRequestContext,
  outcomes: Record<string, number>,
): Promise<void> {
  const response = await request.patch(
    `${readAddresses()!.simulator}/_simulator/agent`,
    { data: { outcomes } },
  );
  expect(response.ok()).toBe(true);
}

/** As the simulator does without being told otherwise. */
export const USUAL_OUTCOMES = {
  completed: 92,
  failed: 5,
  timed_out: 1,
  waiting_for_user: 2,
};
