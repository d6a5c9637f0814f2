/** What a loop is told that asks for each task and each pull request. */
export interface PollingSetup {
  apiUrl: string;
  token: string;
  pollSeconds: number;
  /** Of the tasks at work: `owner/name`, the task's id, and the number of its pull request. */
  tasks: { repository: string; id: string; number: number }[];
}
