import { AgentTasksHintsExtensionPoint } from '@agent-tasks/plugin-agent-tasks-node';
import { EventsService } from '@backstage/plugin-events-node';
import { toHints } from './toHints';

/** Where the events plugin publishes what GitHub posts to `/api/events/http/github`. */
const TOPIC = 'github';

/**
 * Turns GitHub's webhooks into hints, so that a change shows within a second instead of with the next poll. With
 * several replicas each event goes to one of them.
 */
export async function subscribeToWebhooks(options: {
  events: EventsService;
  hints: AgentTasksHintsExtensionPoint;
}): Promise<void> {
  const { events, hints } = options;
  await events.subscribe({
    id: 'agent-tasks-github',
    topics: [TOPIC],
    onEvent: async ({ eventPayload, metadata }) => {
      const header = metadata?.['x-github-event'];
      const event = Array.isArray(header) ? header[0] : header;
      for (const hint of toHints({ event, payload: eventPayload })) {
        hints.hint(hint);
      }
    },
  });
}
