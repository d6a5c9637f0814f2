import { PullRequest } from '../state';
import { actionPath } from './actionPath';
import { Html, html } from './html';
import { PageRequest } from './PageRequest';

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

/** What stands between a pull request and its merge, and what to do with it as a whole. */
export function mergeCard(
  request: PageRequest,
  pullRequest: PullRequest,
): Html {
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
                >${actionButton({ action: `${action}/revert`, label: 'Revert' })}`
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
