import type { FakeAgentTasksApi } from './FakeAgentTasksApi';
import { exampleTemplates } from './exampleData';
import { writeTemplate } from './FakeTemplates';

const MINUTE_MS = 60_000;

const ago = (minutes: number) =>
  new Date(Date.now() - minutes * MINUTE_MS).toISOString();

/** Gives the fake a template of the portal with four revisions, one of the catalog, a paused and an archived one. */
export function addExampleTemplates(api: FakeAgentTasksApi): void {
  const [bump, lint] = exampleTemplates;
  const portal = {
    ...bump,
    origin: 'portal' as const,
    updatedAt: ago(120),
    updatedBy: 'user:default/ada',
    execution: { timeoutSeconds: 3600, maxAttempts: 2 },
    review: { estimatedMinutes: 20 },
    rollout: { waves: [1, 5, '25%', '100%'], stopOn: { failedPercent: 20 } },
    statistics: {
      tasks: 1204,
      merged: 980,
      closed: 122,
      failed: 60,
      successRate: 0.95,
      mergeRate: 0.889,
      medianRunSeconds: 744,
      medianReviewSeconds: 5400,
      reviewMinutes: 2410,
      aiCredits: 612.5,
    },
  };
  api.templates = [
    portal,
    {
      ...lint,
      sourceUrl:
        'https://github.example.com/acme/templates/blob/main/fix-lint.yaml',
    },
    {
      ...lint,
      name: 'raise-coverage',
      title: 'Raise test coverage',
      type: 'tests',
      origin: 'portal',
      revision: 2,
      paused: {
        reason: 'Its tests were flaky.',
        by: 'user:default/lee',
        since: ago(300),
      },
      statistics: {
        tasks: 41,
        merged: 20,
        closed: 15,
        failed: 6,
        successRate: 0.85,
        mergeRate: 0.571,
        medianRunSeconds: 1300,
        reviewMinutes: 700,
      },
    },
    {
      ...lint,
      name: 'old-migration',
      title: 'Migrate to the old API',
      type: 'migration',
      origin: 'portal',
      archivedAt: ago(20_000),
    },
  ];
  const text = writeTemplate(portal);
  const figures = (tasks: number, mergeRate: number, aiCredits: number) => ({
    tasks,
    merged: Math.round(tasks * mergeRate),
    closed: tasks - Math.round(tasks * mergeRate),
    failed: 0,
    successRate: 0.9,
    mergeRate,
    medianRunSeconds: 700,
    reviewMinutes: tasks * 2,
    aiCredits,
  });
  api.recipes.setRevisions(portal.name, [
    {
      number: 4,
      draft: true,
      yaml: text.replace('maxAttempts: 2', 'maxAttempts: 3'),
      createdAt: ago(30),
      createdBy: 'user:default/ada',
    },
    {
      number: 3,
      yaml: text,
      createdAt: ago(120),
      createdBy: 'user:default/ada',
      statistics: figures(204, 0.91, 90),
    },
    {
      number: 2,
      yaml: text
        .replace('timeoutSeconds: 3600', 'timeoutSeconds: 1800')
        .replace('estimatedMinutes: 20', 'estimatedMinutes: 30'),
      createdAt: ago(9_000),
      createdBy: 'user:default/lee',
      statistics: figures(700, 0.83, 420),
    },
    {
      number: 1,
      yaml: text.replace('Update `', 'Bump `'),
      createdAt: ago(40_000),
      createdBy: 'user:default/lee',
      statistics: figures(300, 0.61, 250),
    },
  ]);
}
