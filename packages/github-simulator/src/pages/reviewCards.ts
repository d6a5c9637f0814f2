import { PullRequest, Review } from '../state';
import { actionPath } from './actionPath';
import { Html, html } from './html';
import { markdown } from './markdown';
import { PageRequest } from './PageRequest';
import { reviewRefusal } from './pullRequestActions';
import { timeView } from './time';

const VERDICTS: Record<Review['state'], [word: string, color: string]> = {
  APPROVED: ['approved', 'green'],
  CHANGES_REQUESTED: ['requested changes', 'red'],
  COMMENTED: ['commented', 'grey'],
  DISMISSED: ['review dismissed', 'grey'],
};

/** Reviews and comments, oldest first. */
export function conversationCard(
  request: PageRequest,
  pullRequest: PullRequest,
): Html {
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

/** The form for a review by the visitor. */
export function reviewCard(
  request: PageRequest,
  pullRequest: PullRequest,
): Html {
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
