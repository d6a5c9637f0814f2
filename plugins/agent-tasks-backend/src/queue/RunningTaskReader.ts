import { RunningTaskList } from '@agent-tasks/plugin-agent-tasks-common';
import { TaskFilter } from './TaskFilter';

/** Reads what is at work. */
export interface RunningTaskReader {
  /**
   * One page of the tasks that hold a run slot, the oldest first.
   *
   * @param options.permitted - what the reader may see; `undefined`: everything
   * @throws InputError where the cursor is none
   */
  list(options: {
    limit: number;
    cursor?: string;
    permitted: TaskFilter | undefined;
  }): Promise<RunningTaskList>;
}
