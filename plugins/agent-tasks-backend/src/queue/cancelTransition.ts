import { isSettled } from '@agent-tasks/plugin-agent-tasks-common';
import { TaskRecord, TaskTransition } from './TaskStore';

/**
 * How a task is cancelled: one that waits is cancelled at once, one that works is stopped first. A sentence says why it
 * cannot be; `undefined`: it is being stopped already.
 */
export function cancelTransition(
  task: Pick<TaskRecord, 'id' | 'state'>,
  options: {
    actor: string;
    at: Date;
    /** As somebody typed it. */
    reason?: string;
  },
): TaskTransition | string | undefined {
  const { actor, at } = options;
  if (task.state === 'cancelling') {
    return undefined;
  }
  if (isSettled(task.state)) {
    return `The task has ended already (${task.state}), so that there is nothing to cancel.`;
  }
  const reason = options.reason?.trim() || undefined;
  const because = reason ? `: ${reason}` : '.';
  const common = { taskId: task.id, at, cancelledBy: actor };
  if (task.state === 'queued' || task.state === 'held') {
    const message = `Cancelled before it started${because}`;
    return {
      ...common,
      to: 'cancelled',
      reason,
      event: { type: 'task.cancelled', actor, message },
    };
  }
  const message = `Asked to cancel${because}`;
  return {
    ...common,
    to: 'cancelling',
    stopDueAt: at,
    event: { type: 'task.cancel_requested', actor, message },
  };
}
