import { Fault, FaultInjector, FaultRule } from '@agent-tasks/github-simulator';

/** Faults of one kind, which together strike a share of all cases. */
type Kind = readonly Fault[];

/**
 * Has every kind of fault of the simulator strike `share` (0 to 1) of all cases, independently of the others: requests
 * that are late, cut off, answered with an error, with half a body, or twice; tasks that never end or ask for something;
 * webhooks that get lost, come twice or late. Where a kind has variants, they share its part.
 *
 * @returns how many milliseconds after it left a request takes effect at the latest
 */
export function addEveryFault(options: {
  faults: FaultInjector;
  share: number;
  /** After which a client gives up. */
  requestTimeoutMs: number;
}): { latestEffectMs: number; kinds: string[] } {
  const { faults, share, requestTimeoutMs } = options;
  const kinds: Kind[] = [
    [
      { kind: 'latency', ms: requestTimeoutMs / 5 },
      { kind: 'latency', ms: requestTimeoutMs * 1.1 },
    ],
    [
      { kind: 'reset', when: 'before' },
      { kind: 'reset', when: 'after' },
    ],
    [
      { kind: 'status', status: 502, when: 'before' },
      { kind: 'status', status: 502, when: 'after' },
      { kind: 'status', status: 401 },
      { kind: 'status', status: 403, retryAfterSeconds: 1 },
      { kind: 'status', status: 429, retryAfterSeconds: 1 },
    ],
    [{ kind: 'malformed' }],
    [{ kind: 'duplicate' }],
    [{ kind: 'task_stuck' }],
    [{ kind: 'task_waiting_for_user' }],
    [{ kind: 'webhook_lost' }],
    [{ kind: 'webhook_twice' }],
    [{ kind: 'webhook_late', ms: requestTimeoutMs }],
  ];
  const rules: FaultRule[] = kinds.flatMap(variants =>
    variants.map(fault => ({ fault, probability: share / variants.length })),
  );
  rules.forEach(rule => faults.add(rule));
  return {
    // All of them may strike one request.
    latestEffectMs: rules.reduce(
      (sum, { fault }) => sum + (fault.kind === 'latency' ? fault.ms : 0),
      0,
    ),
    kinds: [...new Set(rules.map(({ fault }) => fault.kind))],
  };
}
