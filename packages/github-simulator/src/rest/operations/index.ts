import { RestOperation } from '../RestOperation';
import { agentTaskOperations } from './agentTasks';
import { appOperations } from './apps';
import { pullRequestOperations } from './pullRequests';
import { userOperations } from './users';

/** All that is served below `/api/v3`. */
export const operations: RestOperation[] = [
  ...agentTaskOperations,
  ...appOperations,
  ...pullRequestOperations,
  ...userOperations,
];
