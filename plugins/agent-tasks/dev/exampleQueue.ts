import type { Brake, Queue } from '@agent-tasks/plugin-agent-tasks-common';

type QueueTeam = Queue['teams'][number];

/** A team of the queue; by default with nothing in it. */
export function exampleQueueTeam(
  overrides: Partial<QueueTeam> & { team: string },
): QueueTeam {
  return {
    queued: 0,
    running: { used: 0, max: 10 },
    changes: { used: 0, max: 10 },
    holds: {},
    ...overrides,
  };
}

/** A queue as the backend tells it; by default an empty one. */
export function exampleQueue(
  overrides: Partial<Queue> = {},
): Omit<Queue, 'brakes'> {
  return {
    known: true,
    running: { used: 3, max: 5 },
    teams: [],
    holds: [],
    ...overrides,
  };
}

/** A brake that is on. */
export function exampleBrake(overrides: Partial<Brake> = {}): Brake {
  return {
    id: 'brake_1',
    scope: 'team',
    subject: 'group:default/team-payments',
    reason: 'Release freeze.',
    pulledBy: 'user:default/lee',
    pulledAt: new Date(Date.now() - 600_000).toISOString(),
    until: new Date(Date.now() + 3.5 * 3_600_000).toISOString(),
    active: true,
    mayRelease: true,
    ...overrides,
  };
}
