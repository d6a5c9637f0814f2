import { AgentTasksHintsExtensionPoint } from '@agent-tasks/plugin-agent-tasks-node';
import { EventsService } from '@backstage/plugin-events-node';
import { HINTING_EVENTS, toHints } from './toHints';

/**
 * Where the events plugin's GitHub module publishes what GitHub posts to `/api/events/http/github`: a topic for each
 * kind of event. The kind is read from the topic, since the headers do not travel between replicas.
 */
const TOPIC_PREFIX = 'github.';

/**
 * Turns GitHub's webhooks into hints, so that a change shows within a second instead of with the next poll. With
 * several replicas each event goes to one of them.
 */
export async function subscribeToWebhooks(options: {
  events: EventsService;
  hints: AgentTasksHintsExtensionPoint;
  /** The host of the repositories, such as `github.com`. */
  host: string;
}): Promise<void> {
  const { events, hints, host } = options;
  await events.subscribe({
    id: 'agent-tasks-github',
    topics: HINTING_EVENTS.map(event => `${TOPIC_PREFIX}${event}`),
    onEvent: async ({ topic, eventPayload }) => {
      const event = topic.slice(TOPIC_PREFIX.length);
      for (const hint of toHints({ event, payload: eventPayload, host })) {
        hints.hint(hint);
      }
    },
  });
}
