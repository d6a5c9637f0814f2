import { AgentTask, SETTLED_TASK_STATES } from '../state';
import { Html, html } from './html';
import { PageRequest } from './PageRequest';
import { taskPill } from './pills';
import { taskRows } from './taskRows';
import { timeView } from './time';

const MAX_TASKS = 100;

/** The newest agent tasks. */
export function tasksPage(request: PageRequest): Html {
  const { tasks } = request.simulator.world;
  const all = tasks.listAll();
  const running = all.filter(task => !SETTLED_TASK_STATES.has(task.state));
  const newest = all.slice(-MAX_TASKS).reverse();
  return html`<h1>Agent tasks</h1>
    <section class="card" id="tasks" data-live aria-label="Agent tasks">
      <header>
        <span class="muted"
          >${running.length} running, ${all.length} in
          all${all.length > MAX_TASKS && `, the newest ${MAX_TASKS} shown`}</span
        >
      </header>
      ${
        all.length === 0
          ? html`<p class="empty">
              No task was started yet. One starts with
              <span class="mono">POST /agents/repos/{owner}/{repo}/tasks</span>.
            </p>`
          : taskRows(request, newest)
      }
    </section>`;
}

/** One agent task: its prompt, its sessions, its pull request. */
export function taskPage(request: PageRequest, task: AgentTask): Html {
  const { world, clock } = request.simulator;
  const repository = world.repositories.require(task.repositoryId);
  const fullName = world.repositories.fullName(repository);
  const creator = world.accounts.require(task.creatorId);
  const pullRequest =
    task.pullRequestId === undefined
      ? undefined
      : world.pullRequests.get(task.pullRequestId);
  const now = clock.now();
  return html`<nav class="crumbs" aria-label="Breadcrumb">
      <a href="/tasks">Agent tasks</a> /
      <a href="/${fullName}">${fullName}</a>
    </nav>
    <h1>${task.name}</h1>
    <div class="columns">
      <div class="stack">
        <section class="card" aria-labelledby="prompt-title">
          <header><h2 id="prompt-title">Prompt</h2></header>
          <div class="body"><pre class="text mono">${task.prompt}</pre></div>
        </section>
        <section
          class="card"
          id="sessions"
          data-live
          aria-labelledby="sessions-title"
        >
          <header><h2 id="sessions-title">Sessions</h2></header>
          <ul class="rows">
            ${task.sessions.map(
              session =>
                html`<li>
                  <span class="grow"
                    >${session.name}${
                      session.errorMessage !== undefined &&
                      html`<br /><span class="red"
                          >${session.errorMessage}</span
                        >`
                    }</span
                  >
                  <span class="end small muted"
                    >${session.state.replace(/_/g, ' ')}, ${session.model},
                    ${timeView({ at: session.updatedAt, now })}</span
                  >
                </li>`,
            )}
          </ul>
        </section>
      </div>
      <aside
        class="card"
        id="task-facts"
        data-live
        aria-label="About this task"
      >
        <div class="body">
          <dl class="facts">
            <dt>State</dt>
            <dd>${taskPill(task)}</dd>
            <dt>Asked by</dt>
            <dd>${creator.login}</dd>
            <dt>Pull request</dt>
            <dd>
              ${
                pullRequest
                  ? html`<a href="/${fullName}/pull/${pullRequest.number}"
                      >#${pullRequest.number} ${pullRequest.title}</a
                    >`
                  : 'none yet'
              }
            </dd>
            <dt>Branch</dt>
            <dd class="mono">${task.headRef ?? 'none yet'}</dd>
            <dt>Created</dt>
            <dd>${timeView({ at: task.createdAt, now })}</dd>
            <dt>Updated</dt>
            <dd>${timeView({ at: task.updatedAt, now })}</dd>
            <dt>Id</dt>
            <dd class="mono">${task.id}</dd>
          </dl>
        </div>
      </aside>
    </div>`;
}
