import {
  findScheduleProblem,
  type Trigger,
  type TriggerRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import type { JsonObject } from '@backstage/types';

/** How the components of a trigger are chosen. */
export const componentChoices = [
  'list',
  'filter',
  'event',
  'expression',
] as const;

/** What stands in the editor, as it is typed. */
export interface TriggerDraft {
  type: TriggerRequest['type'];
  name: string;
  title: string;
  owner: string;
  template: string;
  parameters: JsonObject;
  /** Expressions, by the parameter. */
  expressions: Record<string, string>;
  choice: (typeof componentChoices)[number];
  list: string;
  filterLines: string;
  componentsExpression: string;
  scope: TriggerRequest['scope'];
  tasksPerHour: string;
  openAtOnce: string;
  cron: string;
  timeZone: string;
  jitterSeconds: string;
  missedRuns: 'skip' | 'run-once';
  overlap: 'skip' | 'allow';
  source: 'github' | 'generic';
  events: string[];
  secret: string;
  filter: string;
  subject: string;
  /** What the draft was made from, beyond what the editor shows. */
  kept: Pick<TriggerRequest, 'description' | 'rollout'>;
}

/** What can still be said to be missing or wrong, by the field. */
export type DraftField =
  | 'name'
  | 'owner'
  | 'template'
  | 'cron'
  | 'jitter'
  | 'events'
  | 'secret'
  | 'list'
  | 'filterLines'
  | 'componentsExpression'
  | 'tasksPerHour'
  | 'openAtOnce';

/** The kinds of events of GitHub that triggers take. */
export const eventChoices = [
  'dependabot_alert',
  'repository_vulnerability_alert',
  'push',
  'workflow_run',
  'deployment_status',
] as const;

/** An empty draft: a schedule each Monday morning, where the reader is. */
export function newDraft(): TriggerDraft {
  return {
    type: 'schedule',
    name: '',
    title: '',
    owner: '',
    template: '',
    parameters: {},
    expressions: {},
    choice: 'list',
    list: '',
    filterLines: '',
    componentsExpression: '',
    scope: 'owned',
    tasksPerHour: '20',
    openAtOnce: '20',
    cron: '0 6 * * 1',
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    jitterSeconds: '0',
    missedRuns: 'skip',
    overlap: 'skip',
    source: 'github',
    events: ['dependabot_alert'],
    secret: '',
    filter: '',
    subject: '',
    kept: {},
  };
}

/** A trigger as a draft. */
export function toDraft(trigger: Trigger): TriggerDraft {
  const { schedule, webhook, components, selection } = trigger;
  const choice = (() => {
    if (components) {
      return 'list';
    }
    if (selection) {
      return 'filter';
    }
    return webhook?.components === undefined ? 'event' : 'expression';
  })();
  return {
    ...newDraft(),
    type: trigger.type,
    name: trigger.name,
    title: trigger.title ?? '',
    owner: trigger.owner,
    template: trigger.template,
    parameters: trigger.parameters as JsonObject,
    expressions: { ...webhook?.parameters },
    choice,
    list: (components ?? []).join('\n'),
    filterLines: Object.entries(selection?.filter?.[0] ?? {})
      .flatMap(([key, values]) => values.map(value => `${key}=${value}`))
      .join('\n'),
    componentsExpression: webhook?.components ?? '',
    scope: trigger.scope,
    tasksPerHour: String(trigger.caps.tasksPerHour),
    openAtOnce: String(trigger.caps.openAtOnce),
    ...(schedule && {
      cron: schedule.cron,
      timeZone: schedule.timeZone,
      jitterSeconds: String(schedule.jitterSeconds),
      missedRuns: schedule.missedRuns,
      overlap: schedule.overlap,
    }),
    ...(webhook && {
      source: webhook.source,
      events: webhook.events ?? [],
      secret: webhook.secret ?? '',
      filter: webhook.filter ?? '',
      subject: webhook.subject ?? '',
    }),
    kept: {
      ...(trigger.description !== undefined && {
        description: trigger.description,
      }),
      ...(trigger.rollout && { rollout: trigger.rollout }),
    },
  };
}

/** The fields that are missing or wrong. */
export function findMissing(draft: TriggerDraft): DraftField[] {
  const isWebhook = draft.type === 'webhook';
  const wrong: [DraftField, boolean][] = [
    ['name', !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(draft.name)],
    ['owner', !draft.owner.trim()],
    ['template', !draft.template],
    [
      'cron',
      !isWebhook &&
        findScheduleProblem({
          cron: draft.cron,
          timeZone: draft.timeZone,
          jitterSeconds: Number(draft.jitterSeconds) || 0,
        }) !== undefined,
    ],
    ['jitter', !isWebhook && !isWhole(draft.jitterSeconds, 0, 3600)],
    ['events', isWebhook && draft.source === 'github' && !draft.events.length],
    ['secret', isWebhook && draft.source === 'generic' && !draft.secret],
    ['list', draft.choice === 'list' && !toLines(draft.list).length],
    [
      'filterLines',
      draft.choice === 'filter' &&
        Object.keys(toFilter(draft.filterLines)).length === 0,
    ],
    [
      'componentsExpression',
      draft.choice === 'expression' && !draft.componentsExpression.trim(),
    ],
    ['tasksPerHour', !isWhole(draft.tasksPerHour, 1, 50_000)],
    ['openAtOnce', !isWhole(draft.openAtOnce, 1, 50_000)],
  ];
  return wrong.filter(([, is]) => is).map(([field]) => field);
}

/** What the backend makes a trigger from. */
export function toRequest(
  draft: TriggerDraft,
  expectedVersion?: number,
): TriggerRequest {
  const { choice, type } = draft;
  const expressions = Object.fromEntries(
    Object.entries(draft.expressions).filter(([, text]) => text.trim()),
  );
  return {
    ...draft.kept,
    name: draft.name,
    type,
    ...(draft.title.trim() && { title: draft.title.trim() }),
    owner: draft.owner.trim(),
    template: draft.template,
    parameters:
      type === 'schedule'
        ? draft.parameters
        : Object.fromEntries(
            Object.entries(draft.parameters).filter(
              ([name]) => !Object.hasOwn(expressions, name),
            ),
          ),
    ...(choice === 'list' && { components: toLines(draft.list) }),
    ...(choice === 'filter' && {
      selection: { filter: [toFilter(draft.filterLines)] },
    }),
    scope: draft.scope,
    caps: {
      tasksPerHour: Number(draft.tasksPerHour),
      openAtOnce: Number(draft.openAtOnce),
    },
    ...(type === 'schedule'
      ? {
          schedule: {
            cron: draft.cron.trim(),
            timeZone: draft.timeZone.trim(),
            jitterSeconds: Number(draft.jitterSeconds),
            missedRuns: draft.missedRuns,
            overlap: draft.overlap,
          },
        }
      : {
          webhook: {
            source: draft.source,
            ...(draft.source === 'github' && { events: draft.events }),
            ...(draft.secret && { secret: draft.secret }),
            ...(draft.filter.trim() && { filter: draft.filter.trim() }),
            ...(draft.subject.trim() && { subject: draft.subject.trim() }),
            parameters: expressions,
            ...(choice === 'expression' && {
              components: draft.componentsExpression.trim(),
            }),
          },
        }),
    ...(expectedVersion !== undefined && { expectedVersion }),
  };
}

/** The ways to choose components that make sense. */
export function choicesFor(
  draft: Pick<TriggerDraft, 'type' | 'source'>,
): TriggerDraft['choice'][] {
  return componentChoices.filter(choice => {
    switch (choice) {
      case 'event':
        return draft.type === 'webhook' && draft.source === 'github';
      case 'expression':
        return draft.type === 'webhook';
      default:
        return true;
    }
  });
}

function isWhole(text: string, min: number, max: number): boolean {
  const value = Number(text);
  return (
    text.trim() !== '' &&
    Number.isInteger(value) &&
    value >= min &&
    value <= max
  );
}

function toLines(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map(line => line.trim())
    .filter(Boolean);
}

function toFilter(text: string): Record<string, string[]> {
  const filter: Record<string, string[]> = {};
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    const key = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    if (at > 0 && key && value) {
      filter[key] = [...(filter[key] ?? []), value];
    }
  }
  return filter;
}
