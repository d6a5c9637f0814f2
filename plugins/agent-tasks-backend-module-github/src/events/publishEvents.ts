import { AgentTasksEventsExtensionPoint } from '@agent-tasks/plugin-agent-tasks-node';
import { EventsService } from '@backstage/plugin-events-node';

/** Where the events plugin publishes what it has verified, a topic for each kind of event. */
const TOPIC_PREFIX = 'github.';

/** The values of `X-GitHub-Event` that tasks can be launched on. */
export const LAUNCHING_EVENTS = [
  'dependabot_alert',
  'deployment_status',
  'push',
  'repository_vulnerability_alert',
  'workflow_run',
];

/**
 * Passes on the events of GitHub that tasks can be launched on. The events plugin takes none in unless it is signed with
 * the secret of its configuration. With several replicas each event goes to one of them.
 */
export async function publishEvents(options: {
  events: EventsService;
  launches: AgentTasksEventsExtensionPoint;
  /** The host of the repositories, such as `github.com`. */
  host: string;
}): Promise<void> {
  const { events, launches, host } = options;
  await events.subscribe({
    id: 'agent-tasks-github-triggers',
    topics: LAUNCHING_EVENTS.map(event => `${TOPIC_PREFIX}${event}`),
    onEvent: async ({ topic, eventPayload }) => {
      await launches.publish({
        source: 'github',
        kind: topic.slice(TOPIC_PREFIX.length),
        host,
        payload: eventPayload,
      });
    },
  });
}
