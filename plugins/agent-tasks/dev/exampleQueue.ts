import type {
  AccountHealth,
  Brake,
  Queue,
  QueueHistory,
  QueueTeam,
  RunningTask,
} from '@agent-tasks/plugin-agent-tasks-common';

/** A team of the queue; by default with nothing in it. */
export function exampleQueueTeam(
  overrides: Partial<QueueTeam> & { team: string },
): QueueTeam {
  return {
    queued: 0,
    weight: 1,
    share: { fair: 0.5, actual: 0 },
    borrowed: 0,
    lent: 0,
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
    checks: { pending: 0 },
    throughput: {
      lastHour: { startedPerHour: 0, settledPerHour: 0 },
      lastDay: { startedPerHour: 0, settledPerHour: 0 },
    },
    teams: [],
    holds: [],
    accounts: [],
    forecastScore: { days: 30, starts: 0 },
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

/** An account that can take all that it may. */
export function exampleAccount(
  overrides: Partial<AccountHealth> = {},
): AccountHealth {
  return {
    provider: 'github-copilot',
    account: 'dep-bot',
    startsLeftThisMinute: 18,
    contentLeftThisHour: 431,
    factor: 1,
    breaker: { state: 'closed' },
    ...overrides,
  };
}

/** A task at work for twelve minutes. */
export function exampleRunningTask(
  overrides: Partial<RunningTask> & { id: string },
): RunningTask {
  return {
    team: 'group:default/team-payments',
    repository: {
      ref: 'github.example.com/acme/payments-api',
      url: 'https://github.example.com/acme/payments-api',
    },
    template: { name: 'bump-dependency', title: 'Bump a dependency' },
    provider: 'GitHub Copilot',
    state: 'running',
    startedAt: new Date(Date.now() - 720_000).toISOString(),
    elapsedSeconds: 720,
    medianSeconds: 480,
    ...overrides,
  };
}

/** A day of samples every five minutes: teams whose queues swell in the morning and are worked off. */
export function exampleHistory(teams: string[]): QueueHistory {
  const samples = Array.from({ length: 288 }, (_, index) => {
    const wave = (shift: number) =>
      Math.max(0, Math.sin(((index - shift) / 288) * Math.PI * 3));
    const byTeam = teams.map((_team, number) =>
      Math.round(wave(number * 17) * (40 / (number + 1))),
    );
    const other = Math.round(wave(40) * 12);
    return {
      at: new Date(Date.now() - (288 - index) * 300_000).toISOString(),
      queued: byTeam.reduce((sum, queued) => sum + queued, other),
      running: 5,
      byTeam,
      other,
    };
  });
  return { teams, samples };
}
