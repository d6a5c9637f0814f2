import { RestOperation } from '../RestOperation';
import { agentSettingsOperations } from './agentSettings';
import { agentTaskOperations } from './agentTasks';
import { appOperations } from './apps';
import { checkOperations } from './checks';
import { conversationOperations } from './conversations';
import { pullRequestOperations } from './pullRequests';
import { repositoryOperations } from './repositories';
import { userOperations } from './users';

/** All that is served below `/api/v3`. */
export const operations: RestOperation[] = [
  ...agentTaskOperations,
  ...agentSettingsOperations,
  ...repositoryOperations,
  ...pullRequestOperations,
  ...conversationOperations,
  ...checkOperations,
  ...appOperations,
  ...userOperations,
];
