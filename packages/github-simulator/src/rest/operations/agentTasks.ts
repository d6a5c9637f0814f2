import { GitHubError } from '../../errors';
import { AgentTask, Permissions, TaskState } from '../../state';
import { pageOf } from '../pagination';
import { presentTask, presentTaskWithSessions } from '../present/tasks';
import { RestOperation, RestRequest, RestResponse } from '../RestOperation';

const READ: Permissions[] = [{ agent_tasks: 'read' }];
const WRITE: Permissions[] = [{ agent_tasks: 'write' }];

const STATES: TaskState[] = [
  'queued',
  'in_progress',
  'completed',
  'failed',
  'idle',
  'waiting_for_user',
  'timed_out',
  'cancelled',
];

/** Starting and reading agent tasks. There is nothing else: no cancel, no archive, no steering. */
export const agentTaskOperations: RestOperation[] = [
  {
    method: 'POST',
    path: '/agents/repos/{owner}/{repo}/tasks',
    access: 'repository',
    anyOf: WRITE,
    usersOnly: true,
    createsContent: true,
    handle({ context, repository, principal, body }) {
      const task = context.agent.startTask({
        repository,
        creator: principal.account,
        prompt: String(body.prompt),
        model: body.model as string | undefined,
        customAgent: body.custom_agent as string | undefined,
        createPullRequest: body.create_pull_request as boolean | undefined,
        baseRef: body.base_ref as string | undefined,
        headRef: body.head_ref as string | undefined,
      });
      return { status: 201, body: presentTask(context, task) };
    },
  },
  {
    method: 'GET',
    path: '/agents/repos/{owner}/{repo}/tasks',
    access: 'repository',
    anyOf: READ,
    usersOnly: true,
    handle: request =>
      listTasks(
        request,
        request.context.world.tasks.list({
          ...listOptions(request),
          repository: request.repository,
          creatorIds: request.query.creator_id as number[] | undefined,
        }),
        request.context.world.tasks.count({ repository: request.repository }),
      ),
  },
  {
    method: 'GET',
    path: '/agents/repos/{owner}/{repo}/tasks/{task_id}',
    access: 'repository',
    anyOf: READ,
    usersOnly: true,
    handle({ context, repository, params }) {
      const task = context.world.tasks.get(params.task_id);
      if (!task || task.repositoryId !== repository.id) {
        throw GitHubError.notFound();
      }
      return { status: 200, body: presentTaskWithSessions(context, task) };
    },
  },
  {
    method: 'GET',
    path: '/agents/tasks',
    access: 'user',
    anyOf: READ,
    handle: request => {
      const { world } = request.context;
      const creator = request.principal.account;
      return listTasks(
        request,
        visible(
          request,
          world.tasks.list({ ...listOptions(request), creator }),
        ),
        world.tasks.count({ creator }),
      );
    },
  },
  {
    method: 'GET',
    path: '/agents/tasks/{task_id}',
    access: 'user',
    anyOf: READ,
    handle(request) {
      const { context, params } = request;
      const task = context.world.tasks.get(params.task_id);
      if (!task || !isVisible(request, task)) {
        throw GitHubError.notFound();
      }
      return { status: 200, body: presentTaskWithSessions(context, task) };
    },
  },
];

function listOptions(request: RestRequest) {
  const { query } = request;
  const states = (query.state as string | undefined)?.split(',');
  const unknown = states?.find(state => !STATES.includes(state as TaskState));
  if (unknown !== undefined) {
    throw GitHubError.validation('Validation Failed', [
      { code: 'invalid', field: 'state' },
    ]);
  }
  return {
    states: states as TaskState[] | undefined,
    archived: query.is_archived as boolean | undefined,
    since:
      query.since === undefined ? undefined : Date.parse(String(query.since)),
    sort: query.sort as 'updated_at' | 'created_at' | undefined,
    direction: query.direction as 'asc' | 'desc' | undefined,
  };
}

function listTasks(
  request: RestRequest,
  tasks: Iterable<AgentTask>,
  counts: { active: number; archived: number },
): RestResponse {
  const { items, headers } = pageOf({ request, items: tasks, withLast: false });
  return {
    status: 200,
    body: {
      tasks: items.map(task => presentTask(request.context, task)),
      total_active_count: counts.active,
      total_archived_count: counts.archived,
    },
    headers,
  };
}

function* visible(
  request: RestRequest,
  tasks: Iterable<AgentTask>,
): Generator<AgentTask> {
  for (const task of tasks) {
    if (isVisible(request, task)) {
      yield task;
    }
  }
}

function isVisible({ context, principal }: RestRequest, task: AgentTask) {
  return context.auth.canAccess({
    principal,
    repository: context.world.repositories.require(task.repositoryId),
    permission: 'agent_tasks',
    level: 'read',
  });
}
