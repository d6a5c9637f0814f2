/** How the agent of a bench behaves that needs no GitHub: it is part of the backend's process, and always succeeds. */
export interface InstantSetup {
  /** How long a start takes to be answered, in milliseconds; without it, it is answered at once. */
  answerMs?: { min: number; max: number };
  /** A file that takes a line for each start: when its request arrived, in milliseconds since 1970. */
  startsFile?: string;
}

/** Who may see a part of the tasks alone. */
export interface InstantReader {
  token: string;
  /** As the API names the caller. */
  subject: string;
  teams: string[];
  requesters: string[];
}
