import {
  isSettled,
  type TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import type { FakeAgentTasksApi } from './FakeAgentTasksApi';
import { exampleChange } from './exampleData';

const STEP_MS = 4_000;

/** Lets tasks that were launched in the test app go their way, one step every few seconds. */
export function playAgents(api: FakeAgentTasksApi): void {
  const played = new Set<string>();
  const listener = api.onChanged;
  api.onChanged = taskIds => {
    listener(taskIds);
    for (const taskId of taskIds) {
      if (taskId.startsWith('task_new') && !played.has(taskId)) {
        played.add(taskId);
        setTimeout(() => step(api, taskId), STEP_MS);
      }
    }
  };
}

function step(api: FakeAgentTasksApi, taskId: string): void {
  const state: TaskState = api.stateOf(taskId);
  if (isSettled(state)) {
    return;
  }
  const change = exampleChange({
    id: `chg_${taskId}`,
    number: 431,
    draft: true,
    checks: 'pending',
    review: 'none',
    openedAt: new Date().toISOString(),
  });
  switch (state) {
    case 'queued':
      api.change(taskId, {
        task: { state: 'starting' },
        details: { hold: undefined },
        event: { message: 'Admitted: 2 of 5 run slots were taken.' },
      });
      break;
    case 'starting':
      api.change(taskId, {
        task: { state: 'running', change },
        event: {
          message: 'The agent has started.',
          actor: 'provider:github-copilot',
        },
      });
      break;
    case 'running':
      api.change(taskId, {
        task: {
          state: 'in_review',
          change: {
            ...change,
            draft: false,
            checks: 'passed',
            review: 'required',
          },
        },
        event: {
          message: 'The agent has finished; the change waits for review.',
          actor: 'provider:github-copilot',
        },
      });
      break;
    default:
      api.change(taskId, {
        task: {
          state: 'merged',
          settledAt: new Date().toISOString(),
          change: { ...change, draft: false, state: 'merged', mergedBy: 'ada' },
        },
        event: {
          message: 'Pull request #431 was merged.',
          actor: 'host:github',
        },
      });
  }
  setTimeout(() => step(api, taskId), STEP_MS);
}
