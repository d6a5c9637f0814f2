import { AgentTask } from '../state';
import { Html, html } from './html';
import { PageRequest } from './PageRequest';
import { taskPill } from './pills';
import { timeView } from './time';

/** Tasks as rows, with where they work and what came of it. */
export function taskRows(request: PageRequest, tasks: AgentTask[]): Html {
  const { world, clock } = request.simulator;
  return html`<ul class="rows">
    ${tasks.map(task => {
      const repository = world.repositories.require(task.repositoryId);
      const fullName = world.repositories.fullName(repository);
      const pullRequest =
        task.pullRequestId === undefined
          ? undefined
          : world.pullRequests.get(task.pullRequestId);
      return html`<li>
        ${taskPill(task)}
        <span class="grow">
          <a href="/${fullName}/copilot/tasks/${task.id}">${task.name}</a>
          <span class="muted small"
            ><a href="/${fullName}">${fullName}</a>${
              pullRequest &&
              html`,
                <a href="/${fullName}/pull/${pullRequest.number}"
                  >#${pullRequest.number}</a
                >`
            },
            ${timeView({ at: task.updatedAt, now: clock.now() })}</span
          >
        </span>
      </li>`;
    })}
  </ul>`;
}
