/**
 * What the simulated GitHub holds. All of it is plain data that survives `JSON.stringify`.
 *
 * Times are milliseconds since 1970. References are by id; `World` has the look-ups.
 */

/** A user, an organisation or a bot. @public */
export interface Account {
  id: number;
  type: 'User' | 'Organization' | 'Bot';
  /** As REST shows it. */
  login: string;
  /** Where GraphQL shows another login than REST: `Copilot` is `copilot-swe-agent` there. */
  graphqlLogin?: string;
  name?: string;
  email: string;
  createdAt: number;
}

/** @public */
export type RepositoryRole = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

/** @public */
export interface Team {
  id: number;
  organizationId: number;
  slug: string;
  name: string;
  memberIds: number[];
}

/** A check that pushes to a pull request start, as a workflow of the repository would. @public */
export interface CiCheck {
  name: string;
  /** Seconds from start to conclusion. */
  durationSeconds: { min: number; max: number };
  /** The share of runs that fail for no reason, 0 to 1. */
  flakiness: number;
}

/** @public */
export interface RequiredCheck {
  /** Name of a check run, or context of a commit status. */
  context: string;
  /** With it the check counts only from this App. */
  appId?: number;
}

/** What protects one branch. @public */
export interface BranchProtection {
  /** The name of the branch, or a pattern with `*`. */
  pattern: string;
  requiredChecks: RequiredCheck[];
  /** 0: no review is needed. */
  requiredApprovals: number;
  requireCodeOwnerReview: boolean;
  /** A push makes earlier approvals void. */
  dismissStaleReviews: boolean;
}

/** What an agent in the repository can read, and may do. @public */
export interface CloudAgentSettings {
  enabled: boolean;
  secrets: string[];
  variables: { name: string; value: string }[];
  organizationSecrets: string[];
  organizationVariables: { name: string; value: string }[];
  firewallEnabled: boolean;
  firewallRecommendedAllowlistEnabled: boolean;
  customAllowlist: string[];
  /** Workflows on the agent's pull requests wait for a person. */
  requireWorkflowApproval: boolean;
  mcpConfiguration?: Record<string, unknown>;
  enabledTools: {
    codeql: boolean;
    copilot_code_review: boolean;
    secret_scanning: boolean;
    dependency_vulnerability_checks: boolean;
  };
}

/** @public */
export interface Label {
  id: number;
  name: string;
  color: string;
  description?: string;
}

/** @public */
export interface Repository {
  id: number;
  ownerId: number;
  name: string;
  description?: string;
  private: boolean;
  archived: boolean;
  defaultBranch: string;
  /** Name of a branch to its head commit. */
  branches: Record<string, string>;
  protections: BranchProtection[];
  labels: Label[];
  /** Login in lower case to role; members of the organisation have its base role beside. */
  collaborators: Record<string, RepositoryRole>;
  ci: CiCheck[];
  agent: CloudAgentSettings;
  autoMergeAllowed: boolean;
  deleteBranchOnMerge: boolean;
  /** Issues and pull requests share it. */
  lastNumber: number;
  createdAt: number;
  updatedAt: number;
  pushedAt: number;
}

/** @public */
export interface GitIdentity {
  name: string;
  email: string;
  date: number;
}

/** @public */
export interface Commit {
  sha: string;
  repositoryId: number;
  parents: string[];
  message: string;
  author: GitIdentity;
  committer: GitIdentity;
  /** The account of the author, where GitHub knows it. */
  authorId?: number;
  /** Path to the sha of the content. */
  tree: Record<string, string>;
  treeSha: string;
  verified: boolean;
  /** Names of CI checks that this commit breaks; `*` breaks all. Only the simulator knows. */
  breaksChecks: string[];
}

/** One file of a comparison. @public */
export interface FileChange {
  path: string;
  previousPath?: string;
  status: 'added' | 'removed' | 'modified' | 'renamed';
  additions: number;
  deletions: number;
  /** Sha of the content, of the old one where the file was removed. */
  sha: string;
  /** Unified hunks without a file header, as GitHub's REST API has them. */
  patch: string;
}

/** @public */
export interface PullRequest {
  /** The database id; beyond 32 bits. */
  id: number;
  nodeId: string;
  repositoryId: number;
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  draft: boolean;
  merged: boolean;
  mergedAt?: number;
  mergedById?: number;
  mergeCommitSha?: string;
  closedAt?: number;
  closedById?: number;
  authorId: number;
  /** Whoever asked the agent for it: this person's approval does not count. */
  agentRequesterId?: number;
  headRef: string;
  headSha: string;
  baseRef: string;
  /** Head of the base branch when the pull request was opened or last updated. */
  baseSha: string;
  /** Where head and base parted, as of the last push; the diff starts there. */
  mergeBaseSha: string;
  additions: number;
  deletions: number;
  changedFiles: number;
  labelIds: number[];
  assigneeIds: number[];
  requestedReviewerIds: number[];
  requestedTeamIds: number[];
  autoMerge?: {
    enabledById: number;
    method: MergeMethod;
    expectedHeadSha?: string;
    enabledAt: number;
  };
  createdAt: number;
  updatedAt: number;
}

/** @public */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** @public */
export type ReviewState =
  'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';

/** @public */
export interface Review {
  id: number;
  nodeId: string;
  pullRequestId: number;
  userId: number;
  state: ReviewState;
  body: string;
  commitSha: string;
  submittedAt: number;
}

/** A comment in the conversation of a pull request. @public */
export interface IssueComment {
  id: number;
  nodeId: string;
  pullRequestId: number;
  userId: number;
  body: string;
  createdAt: number;
  updatedAt: number;
}

/** @public */
export type CheckStatus = 'queued' | 'in_progress' | 'completed';

/** @public */
export type CheckConclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required';

/** @public */
export interface CheckSuite {
  id: number;
  nodeId: string;
  repositoryId: number;
  headSha: string;
  headBranch: string;
  appId: number;
  status: CheckStatus;
  conclusion?: CheckConclusion;
  createdAt: number;
  updatedAt: number;
}

/** @public */
export interface CheckRun {
  id: number;
  nodeId: string;
  repositoryId: number;
  suiteId: number;
  headSha: string;
  appId: number;
  name: string;
  status: CheckStatus;
  conclusion?: CheckConclusion;
  title?: string;
  summary?: string;
  detailsUrl?: string;
  startedAt: number;
  completedAt?: number;
  /** When and how the simulated CI will conclude it. */
  planned?: { at: number; conclusion: CheckConclusion };
}

/** @public */
export type CommitStatusState = 'error' | 'failure' | 'pending' | 'success';

/** @public */
export interface CommitStatus {
  id: number;
  nodeId: string;
  repositoryId: number;
  sha: string;
  state: CommitStatusState;
  context: string;
  description?: string;
  targetUrl?: string;
  creatorId: number;
  /** The App whose token set it. */
  appId?: number;
  createdAt: number;
  updatedAt: number;
}

/** @public */
export interface WorkflowRun {
  id: number;
  nodeId: string;
  repositoryId: number;
  name: string;
  path: string;
  event: string;
  headBranch: string;
  headSha: string;
  status: CheckStatus;
  conclusion?: CheckConclusion;
  actorId: number;
  runNumber: number;
  suiteId: number;
  /** The agent task that runs in it. */
  taskId?: string;
  createdAt: number;
  updatedAt: number;
}

/** @public */
export type TaskState =
  | 'queued'
  | 'in_progress'
  | 'completed'
  | 'failed'
  | 'idle'
  | 'waiting_for_user'
  | 'timed_out'
  | 'cancelled';

/** @public */
export interface TaskSession {
  id: string;
  name: string;
  state: TaskState;
  prompt: string;
  headRef?: string;
  baseRef: string;
  model: string;
  createdAt: number;
  updatedAt: number;
  completedAt?: number;
  errorMessage?: string;
  usage?: { type: 'ai_credits' | 'premium_requests'; amount: number };
}

/** @public */
export interface AgentTask {
  id: string;
  repositoryId: number;
  creatorId: number;
  name: string;
  prompt: string;
  state: TaskState;
  model: string;
  customAgent?: string;
  createPullRequest: boolean;
  baseRef: string;
  /** The branch it works on, once there is one. */
  headRef?: string;
  pullRequestId?: number;
  sessions: TaskSession[];
  createdAt: number;
  updatedAt: number;
  archivedAt?: number;
  workflowRunId?: number;
  /** What the agent does next, and when. Only the simulator knows. */
  plan?: AgentPlan;
}

/** @public */
export type AgentOutcome =
  | 'completed'
  | 'failed'
  | 'timed_out'
  | 'waiting_for_user'
  | 'stuck'
  | 'no_change';

/** @public */
export interface AgentPlan {
  phase: 'queued' | 'starting' | 'working' | 'waiting' | 'cancelling' | 'done';
  outcome: AgentOutcome;
  /** Seconds of work. */
  durationSeconds: number;
  /** When the next phase begins. */
  nextAt: number;
  /** The recognised kind of work. */
  kind: string;
}

/** GitHub's permission names, such as `pull_requests`. @public */
export type Permissions = Record<string, 'read' | 'write' | 'admin'>;

/** @public */
export interface GitHubApp {
  id: number;
  nodeId: string;
  slug: string;
  name: string;
  ownerId: number;
  /** The account that its installation tokens act as. */
  botId: number;
  clientId: string;
  clientSecret: string;
  /** SPKI PEM, against which App JWTs are verified. */
  publicKeyPem?: string;
  webhookSecret?: string;
  webhookUrl?: string;
  permissions: Permissions;
  events: string[];
  createdAt: number;
}

/** @public */
export interface Installation {
  id: number;
  appId: number;
  accountId: number;
  /** `undefined`: all repositories of the account. */
  repositoryIds?: number[];
  permissions: Permissions;
  events: string[];
  createdAt: number;
  suspendedAt?: number;
}

/** @public */
export type AccessToken =
  | {
      kind: 'fine_grained';
      token: string;
      userId: number;
      /** `owner/name` or `owner/*`. */
      repositories: string[];
      permissions: Permissions;
      expiresAt?: number;
    }
  | {
      kind: 'classic';
      token: string;
      userId: number;
      scopes: string[];
      expiresAt?: number;
    }
  | {
      kind: 'app_user';
      token: string;
      userId: number;
      appId: number;
      refreshToken: string;
      refreshTokenExpiresAt: number;
      expiresAt: number;
    }
  | {
      kind: 'installation';
      token: string;
      installationId: number;
      /** `undefined`: all that the installation covers. */
      repositoryIds?: number[];
      permissions: Permissions;
      expiresAt: number;
    };

/** One delivery of a webhook, successful or not. @public */
export interface WebhookDelivery {
  id: number;
  guid: string;
  appId: number;
  installationId?: number;
  repositoryId?: number;
  event: string;
  action?: string;
  /** When it was sent. */
  deliveredAt: number;
  redelivery: boolean;
  /** Seconds that the receiver took. */
  durationSeconds: number;
  /** `OK`, or why it was not. */
  status: string;
  /** 0 when there was no answer. */
  statusCode: number;
  url: string;
  requestHeaders: Record<string, string>;
  /** The exact body that was signed. */
  requestBody: string;
  responseHeaders?: Record<string, string>;
  responseBody?: string;
}

/** @public */
export interface Deployment {
  id: number;
  nodeId: string;
  repositoryId: number;
  sha: string;
  ref: string;
  environment: string;
  creatorId: number;
  createdAt: number;
  updatedAt: number;
  statuses: {
    id: number;
    state:
      | 'error'
      | 'failure'
      | 'inactive'
      | 'pending'
      | 'success'
      | 'queued'
      | 'in_progress';
    createdAt: number;
  }[];
}
