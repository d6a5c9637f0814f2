import { Html, html } from './html';

/** Somebody that one can be on the pages. */
export interface Persona {
  login: string;
  name?: string;
}

/** What every page shows around its content. */
export interface PageFrame {
  title: string;
  /** Who the visitor is at present. */
  persona?: Persona;
  personas: Persona[];
  /** Where to come back to after another person was chosen. */
  path: string;
  notice?: { text: string; bad: boolean };
}

/** A whole page. */
export function layout(frame: PageFrame, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${frame.title} · GitHub simulator</title>
        <link rel="stylesheet" href="/_assets/style.css" />
        <link rel="icon" href="data:," />
        <script src="/_assets/live.js" defer></script>
      </head>
      <body>
        <div class="bar">
          <div>
            <a class="brand" href="/">GitHub simulator</a>
            <nav aria-label="Pages">
              <a href="/">Repositories</a> · <a href="/tasks">Agent tasks</a>
            </nav>
            <form method="post" action="/_be">
              <input type="hidden" name="back" value="${frame.path}" />
              <label for="be">You are</label>
              <select id="be" name="login">
                ${frame.personas.map(
                  ({ login, name }) =>
                    html`<option
                      value="${login}"
                      ${frame.persona?.login === login && new Html('selected')}
                    >
                      ${name ? `${name} (${login})` : login}
                    </option>`,
                )}
              </select>
              <button type="submit">Change</button>
            </form>
          </div>
        </div>
        <main>
          ${
            frame.notice &&
            html`<div
              class="notice ${frame.notice.bad ? 'bad' : ''}"
              role="status"
            >
              ${frame.notice.text}
            </div>`
          }
          ${content}
        </main>
      </body>
    </html>`;
}
