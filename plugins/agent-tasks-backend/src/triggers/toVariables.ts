import { JsonValue } from '@backstage/types';
import { ExpressionVariables } from './Expression';
import { readGithubEvent } from './githubEvents';
import { StoredTrigger } from './TriggerStore';

/** What the expressions of a trigger know of an event. */
export function toVariables(options: {
  trigger: Pick<StoredTrigger, 'webhook'>;
  kind: string;
  payload: unknown;
}): ExpressionVariables {
  const { trigger, kind, payload } = options;
  const { repository = '' } =
    trigger.webhook?.source === 'github'
      ? readGithubEvent({ kind, payload })
      : {};
  return { event: payload as JsonValue, kind, repository };
}
