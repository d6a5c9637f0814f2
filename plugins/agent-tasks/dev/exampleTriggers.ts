import type {
  Trigger,
  TriggerRun,
} from '@agent-tasks/plugin-agent-tasks-common';

const minute = 60_000;

/** A schedule that left out its last run, and a webhook that launched. */
export function exampleTriggers(): { trigger: Trigger; runs: TriggerRun[] }[] {
  const now = Date.now();
  const ago = (minutes: number) =>
    new Date(now - minutes * minute).toISOString();
  const common = {
    parameters: {},
    scope: 'owned',
    caps: { tasksPerHour: 20, openAtOnce: 10 },
    createdBy: 'user:default/ada',
    createdAt: ago(60 * 24 * 30),
    updatedBy: 'user:default/ada',
    updatedAt: ago(60 * 24 * 3),
    version: 2,
    mayManage: true,
  } as const;
  return [
    {
      trigger: {
        ...common,
        id: 'trg_weekly',
        name: 'weekly-lint',
        type: 'schedule',
        title: 'Lint each Monday',
        description: 'Keeps new rules from piling up.',
        owner: 'group:default/team-payments',
        template: 'fix-lint',
        parameters: { rule: 'no-unused-vars' },
        components: ['component:default/payments-api'],
        usage: { tasksLastHour: 0, openTasks: 3 },
        schedule: {
          cron: '0 6 * * 1',
          timeZone: 'Europe/Vienna',
          jitterSeconds: 300,
          missedRuns: 'skip',
          overlap: 'skip',
        },
        nextRunAt: new Date(now + 60 * 5 * minute).toISOString(),
      },
      runs: [
        {
          id: 'trun_3',
          at: ago(40),
          cause: 'schedule',
          outcome: 'skipped',
          reason: '3 of the tasks of an earlier run are not settled.',
        },
        {
          id: 'trun_2',
          at: ago(60 * 24 * 7),
          cause: 'schedule',
          outcome: 'launched',
          campaignId: 'camp_1',
          tasks: 3,
        },
      ],
    },
    {
      trigger: {
        ...common,
        id: 'trg_alert',
        name: 'on-security-alert',
        type: 'webhook',
        title: 'Security alerts',
        owner: 'group:default/team-payments',
        template: 'dependency-bump',
        usage: { tasksLastHour: 1, openTasks: 1 },
        webhook: {
          source: 'github',
          events: ['dependabot_alert'],
          filter:
            "event.action == 'created' && event.alert.security_advisory.severity in ['high', 'critical']",
          parameters: { dependency: 'event.alert.dependency.package.name' },
        },
      },
      runs: [
        {
          id: 'trun_9',
          at: ago(12),
          cause: 'webhook',
          outcome: 'launched',
          campaignId: 'camp_2',
          tasks: 1,
          event: 'dependabot_alert',
          deliveryId: '5b1c',
        },
        {
          id: 'trun_8',
          at: ago(90),
          cause: 'webhook',
          outcome: 'refused',
          reason: 'The event names no repository.',
          event: 'dependabot_alert',
        },
      ],
    },
    {
      trigger: {
        ...common,
        id: 'trg_scan',
        name: 'on-scan',
        type: 'webhook',
        owner: 'group:default/team-payments',
        template: 'fix-lint',
        usage: { tasksLastHour: 0, openTasks: 0 },
        selection: { filter: [{ 'metadata.tags': ['npm', 'java'] }] },
        webhook: {
          source: 'generic',
          secret: 'scanner',
          parameters: { rule: 'event.rule' },
        },
        hookPath: '/hooks/trg_scan',
        paused: {
          reason: 'The scanner is being replaced',
          by: 'user:default/ada',
          since: ago(60 * 24),
        },
      },
      runs: [],
    },
  ];
}
