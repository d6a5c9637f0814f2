import {
  Attempt,
  Task,
  TaskListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import { TaskFilter } from './TaskFilter';

/** Tasks as the API shows them. */
export interface TaskReader {
  /**
   * One page, the newest first.
   *
   * @throws InputError where the cursor is not one of this list's.
   */
  list(options: {
    query: Omit<TaskListQuery, 'limit'> & { limit: number };
    /** What the caller may see; `undefined`: everything. */
    permitted: TaskFilter | undefined;
  }): Promise<{ tasks: Task[]; next?: string; previous?: string }>;

  get(id: string): Promise<
    | {
        task: Task;
        attempts: Attempt[];
      }
    | undefined
  >;
}
