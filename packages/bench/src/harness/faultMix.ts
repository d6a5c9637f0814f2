import { Fault, FaultInjector } from '@agent-tasks/github-simulator';

/** Answers that are dropped, delayed, or sent twice. */
function mixedFaults(options: { longestDelayMs: number }): Fault[] {
  const { longestDelayMs } = options;
  return [
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'after' },
    { kind: 'latency', ms: Math.round(longestDelayMs / 6) },
    { kind: 'latency', ms: longestDelayMs },
    { kind: 'duplicate' },
  ];
}

/**
 * The probability of each of some independent faults with which at least one of them strikes in `share` of all cases.
 */
export function probabilityOfEach(options: {
  share: number;
  faults: number;
}): number {
  return 1 - (1 - options.share) ** (1 / options.faults);
}

/** How long GitHub takes to start a task: not a fault, but the time in which a kill leaves a start in the dark. */
export const START_TAKES_MS = 700;

/**
 * Has dropped, delayed or doubled answers strike `share` of all requests (0 to 1). Requests that start a task take their
 * time, and meet further faults: 502 and unreadable answers to starts that happened.
 *
 * @returns what was added, for people
 */
export function addFaultMix(options: {
  faults: FaultInjector;
  share: number;
  longestDelayMs: number;
}): string {
  const { faults, share, longestDelayMs } = options;
  const mix = mixedFaults({ longestDelayMs });
  const probability = probabilityOfEach({ share, faults: mix.length });
  for (const fault of mix) {
    faults.add({ fault, probability });
  }
  const route = 'POST /agents/repos/:owner/:repo/tasks';
  faults.add({ route, fault: { kind: 'latency', ms: START_TAKES_MS } });
  faults.add({
    route,
    probability: share / 2,
    fault: { kind: 'status', status: 502, when: 'after' },
  });
  faults.add({ route, probability: share / 4, fault: { kind: 'malformed' } });
  return `${mix.map(fault => fault.kind).join(', ')} on ${share * 100} % of all requests; 502 and malformed answers to starts beside`;
}
