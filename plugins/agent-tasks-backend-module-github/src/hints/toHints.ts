import { AgentTasksHint } from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';
import { AGENT_BRANCH_PREFIX, AGENT_WORKFLOW_PATH } from '../agentTraces';

const NODE_ID = /^[A-Za-z0-9_=+/-]{1,200}$/;
const FULL_NAME = /^([A-Za-z0-9_.-]{1,100})\/([A-Za-z0-9_.-]{1,100})$/;

const changeSchema = z.object({
  pull_request: z.object({ node_id: z.string().regex(NODE_ID) }),
});

const repositorySchema = z.object({
  repository: z.object({ full_name: z.string().regex(FULL_NAME) }),
});

const branchSchema = z.string().min(1).max(255);

/** The branches that an event is about, where it names them. */
const branchesSchema = z.union([
  z.object({ check_suite: z.object({ head_branch: branchSchema }) }),
  z.object({
    check_run: z.object({
      check_suite: z.object({ head_branch: branchSchema }),
    }),
  }),
  z.object({ workflow_run: z.object({ head_branch: branchSchema }) }),
  z.object({
    branches: z
      .array(z.object({ name: branchSchema }))
      .min(1)
      .max(20),
  }),
]);

const runSchema = z.object({
  workflow_run: z.object({ path: z.unknown(), head_branch: z.unknown() }),
});

/** Events that come with a pull request as a whole. */
const OF_A_CHANGE = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
];

/** Events that name pull requests by number or not at all: those of their branch are read, or of the repository. */
const OF_A_REPOSITORY = ['check_run', 'check_suite', 'status'];

/** Events of workflows, of which one is that in which the agent works. */
const OF_A_RUN = ['workflow_run'];

/** The values of `X-GitHub-Event` that are a reason to read something. */
export const HINTING_EVENTS = [...OF_A_CHANGE, ...OF_A_REPOSITORY, ...OF_A_RUN];

function hintOfChange(payload: unknown): AgentTasksHint[] {
  const parsed = changeSchema.safeParse(payload);
  return parsed.success
    ? [{ type: 'change', globalId: parsed.data.pull_request.node_id }]
    : [];
}

function hintOfRepository(host: string, payload: unknown): AgentTasksHint[] {
  const parsed = repositorySchema.safeParse(payload);
  const [, owner, name] =
    (parsed.success && FULL_NAME.exec(parsed.data.repository.full_name)) || [];
  const headBranches = branchesOf(payload);
  return owner && name
    ? [
        {
          type: 'changes',
          repository: { host, owner, name },
          ...(headBranches && { headBranches }),
        },
      ]
    : [];
}

function branchesOf(payload: unknown): string[] | undefined {
  const { data } = branchesSchema.safeParse(payload);
  if (!data) {
    return undefined;
  }
  if ('check_suite' in data) {
    return [data.check_suite.head_branch];
  }
  if ('check_run' in data) {
    return [data.check_run.check_suite.head_branch];
  }
  return 'workflow_run' in data
    ? [data.workflow_run.head_branch]
    : data.branches.map(({ name }) => name);
}

/** A repository's own workflows run with every push, and say nothing of the agent's tasks. */
function hintOfRun(payload: unknown): AgentTasksHint[] {
  const { data } = runSchema.safeParse(payload);
  const { path, head_branch: branch } = data?.workflow_run ?? {};
  return path === AGENT_WORKFLOW_PATH ||
    (typeof branch === 'string' && branch.startsWith(AGENT_BRANCH_PREFIX))
    ? [{ type: 'tasks' }]
    : [];
}

/**
 * What an event of GitHub is a reason to read. Nothing in an event is believed: a forged one costs a read.
 */
export function toHints(options: {
  /** The value of `X-GitHub-Event`. */
  event: string;
  payload: unknown;
  /** The host of the repositories, such as `github.com`. */
  host: string;
}): AgentTasksHint[] {
  const { event, payload, host } = options;
  if (OF_A_CHANGE.includes(event)) {
    return hintOfChange(payload);
  }
  if (OF_A_REPOSITORY.includes(event)) {
    return hintOfRepository(host, payload);
  }
  return OF_A_RUN.includes(event)
    ? [...hintOfRun(payload), ...hintOfRepository(host, payload)]
    : [];
}
