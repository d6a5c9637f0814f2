/** Something that happened at GitHub, as the simulator writes it down, a line of JSON each. */
export type Truth =
  /** A task came to its end, or asks for something. */
  | { at: number; type: 'task'; id: string; state: string }
  /** A commit came to a pull request. */
  | { at: number; type: 'push'; id: string; head: string }
  /** A pull request of a task was opened. */
  | {
      at: number;
      type: 'opened';
      id: string;
      taskId: string;
      repository: string;
      number: number;
    };
