import { SimulatorContext } from '../../SimulatorContext';
import { isoTime } from '../../clock/SimulatorClock';
import { AgentTask, TaskSession } from '../../state';
import { pageUrls } from '../../urls';

/** A task as lists have it: accounts and repositories by id alone, no sessions. */
export function presentTask(context: SimulatorContext, task: AgentTask) {
  const { repositories } = context.world;
  const repository = repositories.require(task.repositoryId);
  return {
    id: task.id,
    url: `${context.urls.api}/agents/repos/${repositories.fullName(
      repository,
    )}/tasks/${task.id}`,
    html_url: pageUrls.task(context, task),
    name: task.name,
    creator: { id: task.creatorId },
    creator_type: 'user',
    owner: { id: repository.ownerId },
    repository: { id: repository.id },
    state: task.state,
    session_count: task.sessions.length,
    artifacts: presentArtifacts(context, task),
    archived_at:
      task.archivedAt === undefined ? null : isoTime(task.archivedAt),
    created_at: isoTime(task.createdAt),
    updated_at: isoTime(task.updatedAt),
    ...(task.customAgent ? { custom_agent: { id: task.customAgent } } : {}),
  };
}

/** A task as the two reads have it, with its sessions. */
export function presentTaskWithSessions(
  context: SimulatorContext,
  task: AgentTask,
) {
  return {
    ...presentTask(context, task),
    sessions: task.sessions.map(session => presentSession(task, session)),
  };

  function presentSession(of: AgentTask, session: TaskSession) {
    const repository = context.world.repositories.require(of.repositoryId);
    return {
      id: session.id,
      name: session.name,
      user: { id: of.creatorId },
      owner: { id: repository.ownerId },
      repository: { id: repository.id },
      task_id: of.id,
      state: session.state,
      created_at: isoTime(session.createdAt),
      updated_at: isoTime(session.updatedAt),
      ...(session.completedAt === undefined
        ? {}
        : { completed_at: isoTime(session.completedAt) }),
      prompt: session.prompt,
      ...(session.headRef ? { head_ref: session.headRef } : {}),
      base_ref: session.baseRef,
      model: session.model,
      ...(session.usage ? { usage: session.usage } : {}),
      ...(session.errorMessage
        ? { error: { message: session.errorMessage } }
        : {}),
    };
  }
}

function presentArtifacts(context: SimulatorContext, task: AgentTask) {
  const artifacts: { provider: string; type: string; data: object }[] = [];
  const pullRequest =
    task.pullRequestId === undefined
      ? undefined
      : context.world.pullRequests.get(task.pullRequestId);
  if (pullRequest) {
    artifacts.push({
      provider: 'github',
      type: 'pull',
      data: { id: pullRequest.id, global_id: pullRequest.nodeId },
    });
  }
  if (task.headRef) {
    artifacts.push({
      provider: 'github',
      type: 'branch',
      data: { head_ref: task.headRef, base_ref: task.baseRef },
    });
  }
  return artifacts;
}
