import { AgentTasksClient, Task } from '@agent-tasks/plugin-agent-tasks-common';
import { FinalTask } from './judgeStarts';

const PAGE = 100;

/** All tasks that the API shows. */
export async function listAllTasks(client: AgentTasksClient): Promise<Task[]> {
  const tasks: Task[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTasks({
      limit: PAGE,
      ...(cursor && { cursor }),
    });
    tasks.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return tasks;
}

/** All tasks with their attempts, and how many start requests left for them, as the API tells. */
export async function readTasks(
  client: AgentTasksClient,
): Promise<{ tasks: FinalTask[]; requests: number; found: number }> {
  const tasks: FinalTask[] = [];
  let requests = 0;
  let found = 0;
  for (const { id, campaignId, state } of await listAllTasks(client)) {
    const { attempts } = await client.getTask(id);
    const { items: events } = await client.listTaskEvents(id, { limit: PAGE });
    tasks.push({
      id,
      campaignId,
      state,
      attempts: attempts.map(attempt => attempt.id),
    });
    requests += attempts.reduce((sum, one) => sum + (one.requests ?? 0), 0);
    found += events.filter(event => event.type === 'start.found').length;
  }
  return { tasks, requests, found };
}
