import { PullRequest } from '../state';
import { Html, html } from './html';
import { PageRequest } from './PageRequest';
import { checkPill, statusPill } from './pills';

/** The checks and statuses on the head of a pull request, with a button to decide each of them. */
export function checksCard(
  request: PageRequest,
  pullRequest: PullRequest,
): Html {
  const { world } = request.simulator;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const at = { repository, sha: pullRequest.headSha };
  const runs = world.checks.latestRuns(at);
  const statuses = world.checks.latestStatuses(at);
  const waiting = world.workflowRuns
    .list(repository)
    .filter(
      run =>
        run.headSha === pullRequest.headSha &&
        run.conclusion === 'action_required',
    );
  const required = new Set(
    world.repositories
      .protectionOf({ repository, branch: pullRequest.baseRef })
      ?.requiredChecks.map(({ context }) => context),
  );
  const reported = new Set([
    ...runs.map(run => run.name),
    ...statuses.map(status => status.context),
  ]);
  const missing = [...required].filter(context => !reported.has(context));
  const fullName = world.repositories.fullName(repository);
  const action = `/${fullName}/pull/${pullRequest.number}/checks`;
  const open = pullRequest.state === 'open';
  return html`<section class="card" aria-labelledby="checks-title">
    <header><h2 id="checks-title">Checks</h2></header>
    ${
      waiting.length > 0 &&
      html`<form
        class="body"
        method="post"
        action="/${fullName}/pull/${pullRequest.number}/approve-workflows"
      >
        <p class="small">
          Workflows wait for a person, since an agent made this change.
        </p>
        <button type="submit">Approve and run workflows</button>
      </form>`
    }
    ${
      runs.length + statuses.length + missing.length === 0 &&
      html`<p class="empty">Nothing reports on this commit.</p>`
    }
    <ul class="rows">
      ${runs.map(
        run =>
          html`<li>
            <span class="grow"
              >${run.name}
              ${
                required.has(run.name) &&
                html`<span class="muted small">required</span>`
              }</span
            >
            ${checkPill(run)} ${open && decisionForm(action, run.name)}
          </li>`,
      )}
      ${statuses.map(
        status =>
          html`<li>
            <span class="grow"
              >${status.context}
              ${
                required.has(status.context) &&
                html`<span class="muted small">required</span>`
              } <span class="muted small">${status.description}</span></span
            >
            ${statusPill(status)}
          </li>`,
      )}
      ${missing.map(
        context =>
          html`<li>
            <span class="grow"
              >${context} <span class="muted small">required</span></span
            >
            <span class="pill grey">expected</span>
            ${open && decisionForm(action, context)}
          </li>`,
      )}
    </ul>
  </section>`;
}

function decisionForm(action: string, name: string): Html {
  return html`<form method="post" action="${action}" class="actions">
    <input type="hidden" name="name" value="${name}" />
    <button
      type="submit"
      name="conclusion"
      value="success"
      aria-label="Pass ${name}"
    >
      Pass
    </button>
    <button
      type="submit"
      name="conclusion"
      value="failure"
      aria-label="Fail ${name}"
      class="danger"
    >
      Fail
    </button>
  </form>`;
}
