import { randomUUID } from 'node:crypto';
import {
  AgentTasksApi,
  TaskDetails,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import { eventually } from './eventually';

/** Launches `fix-lint` on one component and returns the id of its task. */
export async function launchTask(options: {
  api: AgentTasksApi;
  /** Name of a component of the demo organisation. */
  component: string;
  paths?: string;
}): Promise<string> {
  const { api, component, paths } = options;
  const { tasks } = await api.launch(
    {
      template: 'fix-lint',
      components: [`component:default/${component}`],
      parameters: { rule: 'no-unused-vars', ...(paths && { paths }) },
    },
    randomUUID(),
  );
  return tasks[0];
}

/** Waits until a task is in a state. */
export async function untilState(options: {
  api: AgentTasksApi;
  taskId: string;
  state: TaskState;
  seconds?: number;
}): Promise<TaskDetails> {
  const { api, taskId, state, seconds } = options;
  let last: string = 'unknown';
  return eventually(
    `${taskId} is ${state}`,
    async () => {
      const details = await api.getTask(taskId);
      last = `${details.task.state}: ${details.task.stateReason}`;
      if (details.task.state !== state) {
        throw new Error(`it is ${last}`);
      }
      return details;
    },
    { seconds },
  );
}

/** Waits until people can review the pull request of a task: the agent is done, and it is no draft any more. */
export async function untilReviewable(options: {
  api: AgentTasksApi;
  taskId: string;
  seconds?: number;
}): Promise<TaskDetails> {
  const { api, taskId, seconds } = options;
  return eventually(
    `the pull request of ${taskId} can be reviewed`,
    async () => {
      const details = await api.getTask(taskId);
      const { state, change } = details.task;
      return (
        state === 'in_review' &&
        change?.state === 'open' &&
        !change.draft &&
        details
      );
    },
    { seconds },
  );
}
