import { Trigger, TriggerRun } from '@agent-tasks/plugin-agent-tasks-common';
import { TriggerUsage } from '../policy/triggerCaps';
import { TemplateRevision } from '../templates/TemplateStore';
import { StoredTrigger } from './TriggerStore';

/** A trigger as the API shows it. */
export function toApiTrigger(options: {
  trigger: StoredTrigger;
  usage: TriggerUsage;
  lastRun: TriggerRun | undefined;
  /** `undefined`: there is none that could be launched. */
  template: TemplateRevision | undefined;
  /** The names of the secrets that there are. */
  secrets: readonly string[];
  mayManage: boolean;
}): Trigger {
  const { trigger, usage, lastRun, template, secrets, mayManage } = options;
  const { paused, next, createdAt, updatedAt, ...rest } = trigger;
  const secret = trigger.webhook?.secret;
  const problems = [
    ...(template
      ? []
      : [
          `There is no template '${trigger.template}' any more, so nothing is launched. Choose another one.`,
        ]),
    ...(secret === undefined || secrets.includes(secret)
      ? []
      : [
          `The secret '${secret}' is not in the configuration, so everything its sender posts is refused.`,
        ]),
  ];
  return {
    ...rest,
    usage,
    ...(secret !== undefined && { hookPath: `/hooks/${trigger.id}` }),
    ...(paused && {
      paused: { ...paused, since: paused.since.toISOString() },
    }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...(next && { nextRunAt: next.runAt.toISOString() }),
    ...(lastRun && { lastRun }),
    ...(problems.length && { problem: problems.join(' ') }),
    mayManage,
  };
}
