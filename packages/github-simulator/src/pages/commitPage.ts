import { Commit, Repository } from '../state';
import { diffLines, filesView } from './diffView';
import { Html, html } from './html';
import { PageRequest } from './PageRequest';
import { checkPill, statusPill } from './pills';
import { timeView } from './time';

/** A commit: its message, its checks and what it changed. */
export function commitPage(
  request: PageRequest,
  repository: Repository,
  commit: Commit,
): Html {
  const { world, clock } = request.simulator;
  const fullName = world.repositories.fullName(repository);
  const at = { repository, sha: commit.sha };
  const parent: string | undefined = commit.parents[0];
  const runs = world.checks.latestRuns(at);
  const statuses = world.checks.latestStatuses(at);
  return html`<nav class="crumbs" aria-label="Breadcrumb">
      <a href="/${fullName}">${fullName}</a> / commit
    </nav>
    <h1>${commit.message.split('\n')[0]}</h1>
    <p class="muted">
      <span class="mono">${commit.sha}</span> by ${commit.author.name},
      ${timeView({ at: commit.author.date, now: clock.now() })}
    </p>
    <div class="stack">
      <section class="card" id="checks" data-live aria-label="Checks">
        ${
          runs.length + statuses.length === 0 &&
          html`<p class="empty">No check reported on this commit.</p>`
        }
        <ul class="rows">
          ${runs.map(
            run =>
              html`<li>
                <span class="grow">${run.name}</span>${checkPill(run)}
              </li>`,
          )}
          ${statuses.map(
            status =>
              html`<li>
                <span class="grow"
                  >${status.context}
                  <span class="muted small">${status.description}</span></span
                >${statusPill(status)}
              </li>`,
          )}
        </ul>
      </section>
      ${
        parent !== undefined &&
        filesView(
          world.repositories.compare({
            repository,
            base: parent,
            head: commit.sha,
          }),
        )
      }
    </div>`;
}

/** A file as it is on a branch or at a commit. */
export function filePage(options: {
  fullName: string;
  ref: string;
  path: string;
  content: string;
}): Html {
  const { fullName, ref, path, content } = options;
  const lines = diffLines(
    content
      .replace(/\n$/, '')
      .split('\n')
      .map(line => ` ${line}`)
      .join('\n'),
  );
  return html`<nav class="crumbs" aria-label="Breadcrumb">
      <a href="/${fullName}">${fullName}</a> / <span class="mono">${ref}</span>
    </nav>
    <h1>${path}</h1>
    <div class="card scroll" tabindex="0" role="region" aria-label="${path}">
      <table class="diff">
        ${lines.map(
          (line, index) =>
            html`<tr>
              <td class="n">${index + 1}</td>
              <td>${line.text.slice(1)}</td>
            </tr>`,
        )}
      </table>
    </div>`;
}
