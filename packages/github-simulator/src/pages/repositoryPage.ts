import { Repository, SETTLED_TASK_STATES } from '../state';
import { Html, html } from './html';
import { PageRequest } from './PageRequest';
import { pullRequestPill } from './pills';
import { taskRows } from './taskRows';
import { timeView } from './time';

const MAX_PULL_REQUESTS = 100;
const MAX_COMMITS = 10;

/** A repository: pull requests, files, last commits, and the rules of its default branch. */
export function repositoryPage(
  request: PageRequest,
  repository: Repository,
): Html {
  const { world, clock } = request.simulator;
  const fullName = world.repositories.fullName(repository);
  const now = clock.now();
  const pullRequests = world.pullRequests
    .list({ repository })
    .sort(
      (a, b) => Number(a.state === 'closed') - Number(b.state === 'closed'),
    );
  const sha = repository.branches[repository.defaultBranch];
  const head = world.repositories.requireCommit({ repository, sha });
  const tasks = world.tasks
    .listAll()
    .filter(
      task =>
        task.repositoryId === repository.id &&
        !SETTLED_TASK_STATES.has(task.state),
    );
  const protection = world.repositories.protectionOf({
    repository,
    branch: repository.defaultBranch,
  });
  return html`<nav class="crumbs" aria-label="Breadcrumb">
      <a href="/">Repositories</a> /
    </nav>
    <h1>
      ${fullName}
      ${repository.archived && html`<span class="pill grey">archived</span>`}
    </h1>
    <p class="muted">${repository.description}</p>
    <div class="columns">
      <div class="stack">
        <section
          class="card"
          id="pulls"
          data-live
          aria-labelledby="pulls-title"
        >
          <header>
            <h2 id="pulls-title">Pull requests</h2>
            <span class="muted end">${pullRequests.length}</span>
          </header>
          ${
            pullRequests.length === 0 &&
            html`<p class="empty">There is none yet.</p>`
          }
          <ul class="rows">
            ${pullRequests.slice(0, MAX_PULL_REQUESTS).map(
              pullRequest =>
                html`<li>
                  ${pullRequestPill(pullRequest)}
                  <span class="grow">
                    <a href="/${fullName}/pull/${pullRequest.number}"
                      >${pullRequest.title}</a
                    >
                    <span class="muted small"
                      >#${pullRequest.number} by
                      ${world.accounts.require(pullRequest.authorId).login},
                      ${timeView({ at: pullRequest.updatedAt, now })}</span
                    >
                  </span>
                  <span class="end small"
                    ><span class="green">+${pullRequest.additions}</span>
                    <span class="red">−${pullRequest.deletions}</span></span
                  >
                </li>`,
            )}
          </ul>
        </section>
        <section class="card" aria-labelledby="files-title">
          <header>
            <h2 id="files-title">Files</h2>
            <span class="muted end mono">${repository.defaultBranch}</span>
          </header>
          <ul class="rows">
            ${Object.keys(head.tree)
              .sort()
              .map(
                path =>
                  html`<li>
                    <a
                      class="grow mono"
                      href="/${fullName}/blob/${repository.defaultBranch}/${path}"
                      >${path}</a
                    >
                  </li>`,
              )}
          </ul>
        </section>
      </div>
      <div class="stack">
        ${
          tasks.length > 0 &&
          html`<section class="card" aria-labelledby="tasks-title">
            <header><h2 id="tasks-title">Running tasks</h2></header>
            ${taskRows(request, tasks)}
          </section>`
        }
        <section class="card" aria-labelledby="rules-title">
          <header>
            <h2 id="rules-title">Rules of ${repository.defaultBranch}</h2>
          </header>
          <div class="body">
            <dl class="facts">
              <dt>Approvals</dt>
              <dd>${protection?.requiredApprovals ?? 0}</dd>
              <dt>Code owners</dt>
              <dd>
                ${
                  protection?.requireCodeOwnerReview
                    ? 'have to approve'
                    : 'are asked'
                }
              </dd>
              <dt>Required checks</dt>
              <dd>
                ${
                  protection?.requiredChecks
                    .map(({ context }) => context)
                    .join(', ') || 'none'
                }
              </dd>
            </dl>
          </div>
        </section>
        <section class="card" aria-labelledby="commits-title">
          <header><h2 id="commits-title">Last commits</h2></header>
          <ul class="rows">
            ${world.repositories
              .history({ repository, sha, limit: MAX_COMMITS })
              .map(
                commit =>
                  html`<li>
                    <span class="grow">
                      <a href="/${fullName}/commit/${commit.sha}"
                        >${commit.message.split('\n')[0]}</a
                      >
                      <span class="muted small"
                        >${commit.author.name},
                        ${timeView({ at: commit.author.date, now })}</span
                      >
                    </span>
                    <span class="end mono muted"
                      >${commit.sha.slice(0, 7)}</span
                    >
                  </li>`,
              )}
          </ul>
        </section>
      </div>
    </div>`;
}
