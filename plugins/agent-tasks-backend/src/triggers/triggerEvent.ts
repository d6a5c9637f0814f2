import { JsonObject } from '@backstage/types';
import { NewEvent } from '../audit/EventStore';
import { requesterOf, StoredTrigger } from './TriggerStore';

/** An event of a trigger, which names it and who answers for it. */
export function triggerEvent(options: {
  trigger: Pick<StoredTrigger, 'id' | 'name' | 'owner'>;
  at: Date;
  /** Such as `trigger.paused`. */
  type: string;
  /** Who did it; default: the trigger itself. */
  actor?: string;
  message: string;
  details?: JsonObject;
}): NewEvent {
  const { trigger, at, type, actor, message, details } = options;
  return {
    at,
    type,
    actor: actor ?? requesterOf(trigger),
    message,
    details: {
      triggerId: trigger.id,
      trigger: trigger.name,
      owner: trigger.owner,
      ...details,
    },
  };
}
