import type {
  Exclusion,
  Plan,
  PlannedTask,
} from '@agent-tasks/plugin-agent-tasks-common';

/** A task of a plan, with everything that a person may want to know of it. */
export function examplePlannedTask(
  overrides: Partial<PlannedTask> = {},
): PlannedTask {
  return {
    repository: {
      ref: 'github.example.com/acme/payments-api',
      url: 'https://github.example.com/acme/payments-api',
    },
    team: 'group:default/team-payments',
    components: [{ entityRef: 'component:default/payments-api' }],
    provider: 'GitHub Copilot',
    identity: {
      requester: 'user:default/ada',
      account: 'copilot-main',
      provider: 'github-copilot',
    },
    gates: [],
    wave: 1,
    willStart: true,
    ...overrides,
  };
}

/** A plan of these tasks, counted as the backend counts it. */
export function examplePlan(
  options: {
    tasks?: PlannedTask[];
    excluded?: Exclusion[];
    revision?: number;
    summary?: Partial<Plan['summary']>;
  } = {},
): Plan {
  const {
    tasks = [examplePlannedTask()],
    excluded = [],
    revision = 3,
  } = options;
  const teams = [...new Set(tasks.map(({ team }) => team))];
  const waves = [...new Set(tasks.map(({ wave }) => wave))].sort();
  const at = new Date(Date.now() + 60_000).toISOString();
  const reasons = [...new Set(excluded.map(({ reason }) => reason))];
  return {
    template: {
      name: 'bump-dependency',
      title: 'Bump a dependency',
      revision,
    },
    summary: {
      components: tasks.reduce((sum, one) => sum + one.components.length, 0),
      repositories: new Set(tasks.map(({ repository }) => repository.ref)).size,
      tasks: tasks.length,
      excluded: excluded.length,
      byReason: reasons.map(reason => ({
        reason,
        count: excluded.filter(one => one.reason === reason).length,
      })),
      teams: teams.map(team => {
        const own = tasks.filter(one => one.team === team).length;
        return {
          team,
          tasks: own,
          reviewMinutes: own * 20,
          minutesBudget: { used: 100, max: 480 },
          openChanges: { used: 4, max: 10 },
        };
      }),
      firstStart: { at, assumption: 'A slot is free.' },
      waves: waves.map(number => ({
        number,
        tasks: tasks.filter(({ wave }) => wave === number).length,
        from: { at, assumption: 'The waves before it go well.' },
      })),
      willStart: tasks.filter(one => one.willStart).length,
      willWait: tasks.filter(one => !one.willStart).length,
      ...options.summary,
    },
    tasks,
    excluded,
    warnings: [],
    outline: {
      templateRevision: revision,
      tasks: tasks.map(({ repository, team, components }) => ({
        repository: repository.ref,
        team,
        components: components.map(({ entityRef }) => entityRef),
      })),
    },
  };
}
