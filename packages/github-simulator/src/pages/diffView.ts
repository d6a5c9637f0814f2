import { FileChange } from '../state';
import { Html, html } from './html';

interface DiffLine {
  kind: 'hunk' | 'add' | 'del' | 'same';
  before?: number;
  after?: number;
  text: string;
}

/** The lines of a patch with their numbers on both sides. */
export function diffLines(patch: string): DiffLine[] {
  let before = 0;
  let after = 0;
  return (patch === '' ? [] : patch.split('\n')).map(line => {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      return { kind: 'hunk', text: line };
    }
    const text = line.slice(1);
    switch (line[0]) {
      case '+':
        return { kind: 'add', after: after++, text: `+${text}` };
      case '-':
        return { kind: 'del', before: before++, text: `-${text}` };
      case '\\':
        return { kind: 'same', text: line };
      default:
        return {
          kind: 'same',
          before: before++,
          after: after++,
          text: ` ${text}`,
        };
    }
  });
}

/** Beyond this a file is folded, and its patch cut: a lockfile may have tens of thousands of lines. */
const OPEN_UP_TO = 400;
const SHOW_UP_TO = 2_000;

function fileView(file: FileChange, index: number): Html {
  const lines = diffLines(file.patch);
  return html`<details
    class="card"
    id="file-${index}"
    ${lines.length <= OPEN_UP_TO && new Html('open')}
  >
    <summary>
      <span class="mono"
        >${file.previousPath !== undefined && `${file.previousPath} → `}${file.path}</span
      >
      <span class="green">+${file.additions}</span>
      <span class="red">−${file.deletions}</span>
      ${
        file.status !== 'modified' &&
        html`<span class="pill grey">${file.status}</span>`
      }
    </summary>
    <div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label="Changes of ${file.path}"
    >
      <table class="diff">
        ${lines.slice(0, SHOW_UP_TO).map(
          line =>
            html`<tr class="${line.kind}">
              <td class="n">${line.before}</td>
              <td class="n">${line.after}</td>
              <td>${line.text}</td>
            </tr>`,
        )}
      </table>
    </div>
    ${
      lines.length > SHOW_UP_TO &&
      html`<p class="empty">
        ${lines.length - SHOW_UP_TO} more lines are not shown.
      </p>`
    }
  </details>`;
}

/** All files of a change. */
export function filesView(files: FileChange[]): Html {
  if (files.length === 0) {
    return html`<div class="card">
      <p class="empty">No files are changed.</p>
    </div>`;
  }
  return html`${files.map(fileView)}`;
}
