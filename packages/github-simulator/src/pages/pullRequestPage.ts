import { PullRequest, Review } from '../state';
import { checksCard } from './checksCard';
import { filesView } from './diffView';
import { Html, html } from './html';
import { markdown } from './markdown';
import { PageRequest } from './PageRequest';
import { pullRequestPill } from './pills';
import { reviewRefusal } from './pullRequestActions';
import { timeView } from './time';

const VERDICTS: Record<Review['state'], [word: string, color: string]> = {
  APPROVED: ['approved', 'green'],
  CHANGES_REQUESTED: ['requested changes', 'red'],
  COMMENTED: ['commented', 'grey'],
  DISMISSED: ['review dismissed', 'grey'],
};

/** A pull request, and all that a person at GitHub may do with it. */
export function pullRequestPage(
  request: PageRequest,
  pullRequest: PullRequest,
): Html {
  const { world } = request.simulator;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const fullName = world.repositories.fullName(repository);
  const files = world.pullRequests.files(pullRequest);
  return html`<nav class="crumbs" aria-label="Breadcrumb">
      <a href="/${fullName}">${fullName}</a> / pull requests
    </nav>
    <div id="heading" data-live>${heading(request, pullRequest)}</div>
    <div class="columns">
      <div class="stack">
        <section class="card" aria-labelledby="description-title">
          <header><h2 id="description-title">Description</h2></header>
          <div class="body">
            ${
              pullRequest.body
                ? html`<div class="markdown">
                    ${markdown(pullRequest.body)}
                  </div>`
                : html`<p class="muted">There is none.</p>`
            }
          </div>
        </section>
        ${conversation(request, pullRequest)}
        ${pullRequest.state === 'open' && reviewForm(request, pullRequest)}
        ${commits(request, pullRequest)}
        <h2>
          ${files.length} file${files.length === 1 ? '' : 's'} changed,
          <span class="green">+${pullRequest.additions}</span>
          <span class="red">−${pullRequest.deletions}</span>
        </h2>
        ${filesView(files)}
      </div>
      <div class="stack first" id="side" data-live>
        ${mergeCard(request, pullRequest)} ${checksCard(request, pullRequest)}
        ${peopleCard(request, pullRequest)}
      </div>
    </div>`;
}

function heading(request: PageRequest, pullRequest: PullRequest): Html {
  const { world, clock } = request.simulator;
  const author = world.accounts.require(pullRequest.authorId);
  const requester =
    pullRequest.agentRequesterId === undefined
      ? undefined
      : world.accounts.require(pullRequest.agentRequesterId);
  const merger =
    pullRequest.mergedById === undefined
      ? undefined
      : world.accounts.require(pullRequest.mergedById);
  return html`<h1>
      ${pullRequest.title} <span class="muted">#${pullRequest.number}</span>
    </h1>
    <p class="muted">
      ${pullRequestPill(pullRequest)} ${author.login} wants to merge
      <span class="mono">${pullRequest.headRef}</span> into
      <span class="mono">${pullRequest.baseRef}</span>, opened
      ${timeView({ at: pullRequest.createdAt, now: clock.now() })}${
        requester && ` on behalf of ${requester.login}`
      }${merger && `, merged by ${merger.login}`}.
    </p>`;
}

/** A form of one button. */
function actionButton(options: {
  action: string;
  label: string;
  fields?: Record<string, string>;
  kind?: 'primary' | 'danger';
  /** Why it cannot be pressed. */
  disabledBy?: string;
}): Html {
  const { action, label, fields = {}, kind, disabledBy } = options;
  return html`<form method="post" action="${action}">
    ${Object.entries(fields).map(
      ([name, value]) =>
        html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <button
      type="submit"
      class="${kind}"
      ${disabledBy !== undefined && html`disabled title="${disabledBy}"`}
    >
      ${label}
    </button>
  </form>`;
}

function mergeCard(request: PageRequest, pullRequest: PullRequest): Html {
  const { pullRequests } = request.simulator.world;
  const action = actionPath(request, pullRequest);
  const { state, blockedBy } = pullRequests.mergeability(pullRequest);
  if (pullRequest.state === 'closed') {
    return html`<section class="card" aria-labelledby="merge-title">
      <header>
        <h2 id="merge-title">${pullRequest.merged ? 'Merged' : 'Closed'}</h2>
      </header>
      <div class="body actions">
        ${
          pullRequest.merged
            ? html`<span class="muted"
                >As commit
                <span class="mono"
                  >${pullRequest.mergeCommitSha?.slice(0, 7)}</span
                >.</span
              >`
            : actionButton({ action: `${action}/reopen`, label: 'Reopen' })
        }
      </div>
    </section>`;
  }
  const mergeable = state === 'clean' || state === 'unstable';
  const reasons =
    state === 'draft'
      ? ['It is still a draft.', ...blockedBy.slice(1)]
      : blockedBy;
  return html`<section class="card" aria-labelledby="merge-title">
    <header>
      <h2 id="merge-title">Merge</h2>
      <span class="end small ${mergeable ? 'green' : 'amber'}"
        >${mergeable ? 'ready' : 'not yet'}</span
      >
    </header>
    <div class="body">
      ${reasons.map(reason => html`<p class="small">${reason}</p>`)}
      ${
        state === 'unstable' &&
        html`<p class="small">A check that is not required has not passed.</p>`
      }
      <div class="actions">
        ${actionButton({
          action: `${action}/merge`,
          label: 'Merge pull request',
          kind: 'primary',
          fields: { sha: pullRequest.headSha },
          disabledBy: mergeable
            ? undefined
            : reasons.join(' ') || 'It cannot be merged now.',
        })}
        ${
          pullRequest.draft
            ? actionButton({
                action: `${action}/ready`,
                label: 'Ready for review',
              })
            : actionButton({
                action: `${action}/draft`,
                label: 'Convert to draft',
              })
        }
        ${actionButton({
          action: `${action}/close`,
          label: 'Close pull request',
          kind: 'danger',
        })}
        ${actionButton({ action: `${action}/push`, label: 'Push a commit' })}
      </div>
    </div>
  </section>`;
}

function peopleCard(request: PageRequest, pullRequest: PullRequest): Html {
  const { world } = request.simulator;
  const reviewers = [
    ...pullRequest.requestedReviewerIds.map(
      id => world.accounts.require(id).login,
    ),
    ...pullRequest.requestedTeamIds.map(
      id => world.accounts.getTeam(id)?.slug ?? '',
    ),
  ];
  const labels = world.conversations
    .labels(pullRequest)
    .map(label => label.name);
  return html`<section class="card" aria-label="People and labels">
    <div class="body">
      <dl class="facts">
        <dt>Review asked of</dt>
        <dd>${reviewers.join(', ') || 'nobody'}</dd>
        <dt>Labels</dt>
        <dd>${labels.join(', ') || 'none'}</dd>
        <dt>Auto-merge</dt>
        <dd>${pullRequest.autoMerge ? 'on' : 'off'}</dd>
        <dt>Head</dt>
        <dd class="mono">${pullRequest.headSha.slice(0, 7)}</dd>
      </dl>
    </div>
  </section>`;
}

function conversation(request: PageRequest, pullRequest: PullRequest): Html {
  const { world, clock } = request.simulator;
  const now = clock.now();
  const entries = [
    ...world.reviews.list(pullRequest).map(review => ({
      at: review.submittedAt,
      view: () => {
        const [word, color] = VERDICTS[review.state];
        return html`<strong
            >${world.accounts.require(review.userId).login}</strong
          >
          <span class="${color}">${word}</span>
          <span class="mono muted">${review.commitSha.slice(0, 7)}</span>
          ${review.body && html`<div class="markdown">${markdown(review.body)}</div>`}`;
      },
    })),
    ...world.conversations.listComments(pullRequest).map(comment => ({
      at: comment.createdAt,
      view: () =>
        html`<strong>${world.accounts.require(comment.userId).login}</strong>
          <div class="markdown">${markdown(comment.body)}</div>`,
    })),
  ].sort((a, b) => a.at - b.at);
  return html`<section
    class="card"
    id="conversation"
    data-live
    aria-labelledby="conversation-title"
  >
    <header><h2 id="conversation-title">Reviews and comments</h2></header>
    ${
      entries.length === 0 &&
      html`<p class="empty">Nobody has said anything yet.</p>`
    }
    <ul class="rows">
      ${entries.map(
        ({ at, view }) =>
          html`<li>
            <span class="grow">${view()}</span>
            <span class="end small muted">${timeView({ at, now })}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function reviewForm(request: PageRequest, pullRequest: PullRequest): Html {
  const { persona } = request;
  const refusal = persona && reviewRefusal(request, pullRequest, persona);
  return html`<section class="card" aria-labelledby="review-title">
    <header>
      <h2 id="review-title">Review</h2>
      <span class="muted small">as ${persona?.login ?? 'nobody'}</span>
    </header>
    <form
      class="body"
      method="post"
      action="${actionPath(request, pullRequest)}/review"
    >
      <label class="block"
        >What you have to say
        <textarea name="body"></textarea>
      </label>
      <div class="actions">
        <button
          class="primary"
          type="submit"
          name="state"
          value="APPROVED"
          ${refusal !== undefined && html`disabled title="${refusal}"`}
        >
          Approve
        </button>
        <button
          class="danger"
          type="submit"
          name="state"
          value="CHANGES_REQUESTED"
          ${refusal !== undefined && html`disabled title="${refusal}"`}
        >
          Request changes
        </button>
        <button type="submit" name="state" value="COMMENTED">Comment</button>
      </div>
      ${refusal !== undefined && html`<p class="small muted">${refusal}</p>`}
    </form>
  </section>`;
}

function commits(request: PageRequest, pullRequest: PullRequest): Html {
  const { world, clock } = request.simulator;
  const repository = world.pullRequests.repositoryOf(pullRequest);
  const fullName = world.repositories.fullName(repository);
  const list = world.pullRequests.commits(pullRequest);
  return html`<section
    class="card"
    id="commits"
    data-live
    aria-labelledby="commits-title"
  >
    <header>
      <h2 id="commits-title">Commits</h2>
      <span class="muted end">${list.length}</span>
    </header>
    <ul class="rows">
      ${list.map(
        commit =>
          html`<li>
            <span class="grow"
              ><a href="/${fullName}/commit/${commit.sha}"
                >${commit.message.split('\n')[0]}</a
              >
              <span class="muted small">${commit.author.name}</span></span
            >
            <span class="end small muted">
              ${timeView({ at: commit.author.date, now: clock.now() })}
              <span class="mono">${commit.sha.slice(0, 7)}</span>
            </span>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Below which all actions of a pull request are. */
export function actionPath(
  request: PageRequest,
  pullRequest: PullRequest,
): string {
  const { pullRequests, repositories } = request.simulator.world;
  const repository = pullRequests.repositoryOf(pullRequest);
  return `/${repositories.fullName(repository)}/pull/${pullRequest.number}`;
}
