import { SimulatorClock } from '../clock/SimulatorClock';
import { GithubSimulator, GithubSimulatorOptions } from '../GithubSimulator';
import { STARTER_TOKEN, testSeed } from './testSeed';

/** The time at which tests begin. */
export const TEST_TIME = Date.UTC(2026, 0, 1);

/** An answer, read. */
export interface TestAnswer {
  status: number;
  headers: Record<string, string>;
  /** Parsed where it is JSON; tests know its shape. */
  body: any;
}

/** Makes a request to REST, such as `GET /user`. */
export type TestCall = (
  request: string,
  body?: unknown,
  options?: { token?: string; headers?: Record<string, string> },
) => Promise<TestAnswer>;

/** A simulator with the test organisation, a clock that stands still, and an agent that always succeeds. */
export async function startTestSimulator(
  options: GithubSimulatorOptions = {},
): Promise<{
  simulator: GithubSimulator;
  clock: SimulatorClock;
  call: TestCall;
}> {
  const clock = SimulatorClock.create({ frozenAt: TEST_TIME });
  const simulator = await GithubSimulator.start({
    seed: testSeed,
    clock,
    checkContract: true,
    ...options,
    agent: { outcomes: { completed: 1 }, ...options.agent },
  });
  const call: TestCall = async (request, body, { token, headers } = {}) => {
    const [method, path] = request.split(' ');
    const response = await fetch(`${simulator.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token ?? STARTER_TOKEN}`,
        'x-github-api-version': '2026-03-10',
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: parse(text),
    };
  };
  return { simulator, clock, call };
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
