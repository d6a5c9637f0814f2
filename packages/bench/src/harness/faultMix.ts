import { Fault, FaultInjector, FaultRule } from '@agent-tasks/github-simulator';

const START_ROUTE = 'POST /agents/repos/:owner/:repo/tasks';

/** How long GitHub takes to start a task: not a fault, but the time in which a kill leaves a start in the dark. */
const START_TAKES_MS = 700;

/**
 * The probability of each of some independent faults with which at least one of them strikes in `share` of all cases.
 */
export function probabilityOfEach(options: {
  share: number;
  faults: number;
}): number {
  return 1 - (1 - options.share) ** (1 / options.faults);
}

/**
 * Has dropped, delayed or doubled answers strike `share` of all requests (0 to 1). Requests that start a task take their
 * time, and meet further faults: 502 and unreadable answers to starts that happened, and starts that happen just after
 * the client has given up, which it does after `requestTimeoutMs`.
 *
 * @returns how many milliseconds after it left a request takes effect at the latest
 */
export function addFaultMix(options: {
  faults: FaultInjector;
  share: number;
  requestTimeoutMs: number;
}): { latestEffectMs: number } {
  const { faults, share, requestTimeoutMs } = options;
  const mix: Fault[] = [
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'after' },
    { kind: 'latency', ms: requestTimeoutMs / 5 },
    { kind: 'latency', ms: requestTimeoutMs * 1.1 },
    { kind: 'duplicate' },
  ];
  const rules: FaultRule[] = [
    ...mix.map(fault => ({
      fault,
      probability: probabilityOfEach({ share, faults: mix.length }),
    })),
    {
      route: START_ROUTE,
      fault: { kind: 'latency', ms: START_TAKES_MS },
    },
    {
      route: START_ROUTE,
      probability: share / 2,
      fault: {
        kind: 'latency',
        ms: requestTimeoutMs * 1.1 - START_TAKES_MS,
      },
    },
    {
      route: START_ROUTE,
      probability: share / 2,
      fault: { kind: 'status', status: 502, when: 'after' },
    },
    {
      route: START_ROUTE,
      probability: share / 4,
      fault: { kind: 'malformed' },
    },
  ];
  rules.forEach(rule => faults.add(rule));
  return {
    // All of them may strike one request.
    latestEffectMs: rules.reduce(
      (sum, { fault }) => sum + (fault.kind === 'latency' ? fault.ms : 0),
      0,
    ),
  };
}
