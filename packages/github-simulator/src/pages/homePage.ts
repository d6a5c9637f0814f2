import { SETTLED_TASK_STATES } from '../state';
import { Html, html } from './html';
import { PageRequest } from './PageRequest';
import { pullRequestPill } from './pills';
import { taskRows } from './taskRows';
import { timeView } from './time';

const RECENT = 12;

/** Repositories, and what goes on in them. */
export function homePage(request: PageRequest): Html {
  const { world, clock } = request.simulator;
  const tasks = world.tasks
    .listAll()
    .filter(task => !SETTLED_TASK_STATES.has(task.state))
    .reverse();
  const pullRequests = world.pullRequests
    .listAll()
    .filter(pullRequest => pullRequest.state === 'open');
  const openByRepository = new Map<number, number>();
  for (const { repositoryId } of pullRequests) {
    openByRepository.set(
      repositoryId,
      (openByRepository.get(repositoryId) ?? 0) + 1,
    );
  }
  const repositories = world.repositories
    .list()
    .sort(
      (a, b) =>
        (openByRepository.get(b.id) ?? 0) - (openByRepository.get(a.id) ?? 0) ||
        (a.name < b.name ? -1 : 1),
    );
  const now = clock.now();
  return html`<h1>Repositories and running tasks</h1>
    <div class="columns">
      <div class="stack" id="repositories" data-live>
        <section class="card" aria-labelledby="repositories-title">
          <header>
            <h2 id="repositories-title">Repositories</h2>
            <span class="muted end">${repositories.length}</span>
          </header>
          <ul class="rows">
            ${repositories.map(repository => {
              const open = openByRepository.get(repository.id) ?? 0;
              const fullName = world.repositories.fullName(repository);
              return html`<li>
                <span class="grow">
                  <a href="/${fullName}">${fullName}</a>
                  ${
                    repository.archived &&
                    html`<span class="pill grey">archived</span>`
                  }
                  <span class="muted small">${repository.description}</span>
                </span>
                ${
                  open > 0 &&
                  html`<span class="end small"
                    >${open} open pull request${open > 1 && 's'}</span
                  >`
                }
              </li>`;
            })}
          </ul>
        </section>
      </div>
      <div class="stack first" id="activity" data-live>
        <section class="card" aria-labelledby="tasks-title">
          <header>
            <h2 id="tasks-title">Running tasks</h2>
            <a class="end small" href="/tasks">All tasks</a>
          </header>
          ${
            tasks.length === 0
              ? html`<p class="empty">No task is running.</p>`
              : taskRows(request, tasks.slice(0, RECENT))
          }
        </section>
        <section class="card" aria-labelledby="pulls-title">
          <header>
            <h2 id="pulls-title">Open pull requests</h2>
            <span class="muted end">${pullRequests.length}</span>
          </header>
          ${
            pullRequests.length === 0 &&
            html`<p class="empty">None is open.</p>`
          }
          <ul class="rows">
            ${pullRequests
              .sort((a, b) => b.updatedAt - a.updatedAt)
              .slice(0, RECENT)
              .map(pullRequest => {
                const fullName = world.repositories.fullName(
                  world.pullRequests.repositoryOf(pullRequest),
                );
                return html`<li>
                  ${pullRequestPill(pullRequest)}
                  <span class="grow">
                    <a href="/${fullName}/pull/${pullRequest.number}"
                      >${pullRequest.title}</a
                    >
                    <span class="muted small"
                      >${fullName} #${pullRequest.number},
                      ${timeView({ at: pullRequest.updatedAt, now })}</span
                    >
                  </span>
                </li>`;
              })}
          </ul>
        </section>
      </div>
    </div>`;
}
