import { PullRequest } from '../state';
import { checksCard } from './checksCard';
import { filesView } from './diffView';
import { Html, html } from './html';
import { markdown } from './markdown';
import { mergeCard } from './mergeCard';
import { PageRequest } from './PageRequest';
import { pullRequestPill } from './pills';
import { conversationCard, reviewCard } from './reviewCards';
import { timeView } from './time';

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
        <section
          class="card"
          id="description"
          data-live
          aria-labelledby="description-title"
        >
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
        ${conversationCard(request, pullRequest)}
        ${pullRequest.state === 'open' && reviewCard(request, pullRequest)}
        ${commits(request, pullRequest)}
        <div class="stack" id="changes" data-live>
          <h2>
            ${files.length} file${files.length === 1 ? '' : 's'} changed,
            <span class="green">+${pullRequest.additions}</span>
            <span class="red">−${pullRequest.deletions}</span>
          </h2>
          ${filesView(files)}
        </div>
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
