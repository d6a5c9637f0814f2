import {
  isSettled,
  type TaskDetails,
  type TaskEvent,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { agentTasksApiRef } from '../api';
import { type LiveResource, useLiveResource } from '../live/useLiveResource';

const EVENTS_PER_PAGE = 500;

/** A task has some dozens of events; one with more than this has gone astray, and its page must still open. */
const MOST_EVENT_PAGES = 6;

/** A task with all that happened to it. */
export interface TaskStory {
  details: TaskDetails;
  events: TaskEvent[];
  /** There are more events than were read. */
  isTruncated: boolean;
}

/** Reads a task and its events together and keeps them current. */
export function useTask(taskId: string): LiveResource<TaskStory> {
  const api = useApi(agentTasksApiRef);
  return useLiveResource({
    key: taskId,
    load: async signal => {
      const [details, { events, isTruncated }] = await Promise.all([
        api.getTask(taskId, { signal }),
        readEvents(cursor =>
          api.listTaskEvents(
            taskId,
            { limit: EVENTS_PER_PAGE, ...(cursor && { cursor }) },
            { signal },
          ),
        ),
      ]);
      return { details, events, isTruncated };
    },
    // A hold names other tasks and a place in line: both change when any task does.
    isConcerned: (taskIds, story) =>
      taskIds.includes(taskId) || story?.details.hold !== undefined,
    isUnsettled: story => !isSettled(story.details.task.state),
  });
}

async function readEvents(
  readPage: (
    cursor: string | undefined,
  ) => Promise<{ items: TaskEvent[]; nextCursor?: string }>,
): Promise<{ events: TaskEvent[]; isTruncated: boolean }> {
  const events: TaskEvent[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_EVENT_PAGES; page++) {
    const { items, nextCursor } = await readPage(cursor);
    events.push(...items);
    if (!nextCursor) {
      return { events, isTruncated: false };
    }
    cursor = nextCursor;
  }
  return { events, isTruncated: true };
}
