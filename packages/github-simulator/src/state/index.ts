export * from './entities';
export * from './DependabotAlert';
export * from './events';
export { nodeId, parseNodeId } from './nodeId';
export type { NodeKind } from './nodeId';
export { World } from './World';
export type { SequenceName, WorldData } from './World';
export type { AccountStore, AccountStoreData } from './AccountStore';
export type { AppStore, AppStoreData } from './AppStore';
export type {
  CheckOutcome,
  CheckStore,
  CheckStoreData,
  RollupState,
} from './CheckStore';
export type {
  ConversationStore,
  ConversationStoreData,
} from './ConversationStore';
export type { DeploymentStore, DeploymentStoreData } from './DeploymentStore';
export type { Mergeability, MergeableState } from './MergeRules';
export type {
  PullRequestStore,
  PullRequestStoreData,
} from './PullRequestStore';
export type { CommitStore, CommitStoreData } from './CommitStore';
export { NO_COMMIT } from './RepositoryStore';
export type { RepositoryStore, RepositoryStoreData } from './RepositoryStore';
export type {
  ReviewDecision,
  ReviewStore,
  ReviewStoreData,
} from './ReviewStore';
export { SETTLED_TASK_STATES } from './TaskStore';
export type { TaskListOptions, TaskStore, TaskStoreData } from './TaskStore';
export type {
  NewInstallationToken,
  TokenStore,
  TokenStoreData,
} from './TokenStore';
export { AGENT_WORKFLOW_PATH } from './WorkflowRunStore';
export type {
  WorkflowRunStore,
  WorkflowRunStoreData,
} from './WorkflowRunStore';
