/** The one style sheet of the pages. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: #f6f8fa; --surface: #ffffff; --text: #1f2328; --muted: #59636e; --line: #d1d9e0;
  --accent: #0969da; --green: #1a7f37; --red: #cf222e; --amber: #9a6700; --purple: #8250df;
  --add: #dafbe1; --del: #ffebe9; --hunk: #ddf4ff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0d1117; --surface: #151b23; --text: #f0f6fc; --muted: #9198a1; --line: #3d444d;
    --accent: #4493f8; --green: #3fb950; --red: #f85149; --amber: #d29922; --purple: #ab7df8;
    --add: #12361f; --del: #3c1a1d; --hunk: #14283d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1 { font-size: 24px; line-height: 1.25; font-weight: 600; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 16px; font-weight: 600; margin: 0; }
p { margin: 0 0 8px; }
.bar { background: #1f2328; color: #f0f6fc; }
.bar > div { max-width: 1180px; margin: 0 auto; padding: 10px 16px; display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; }
.bar a { color: #f0f6fc; }
.bar .brand { font-weight: 600; }
.bar form { margin-left: auto; display: flex; gap: 8px; align-items: center; }
.bar label { font-size: 13px; color: #b7bdc8; }
main { max-width: 1180px; margin: 0 auto; padding: 20px 16px 64px; }
.muted { color: var(--muted); }
.small { font-size: 13px; }
.crumbs { margin-bottom: 12px; color: var(--muted); overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 24px; align-items: start; }
.stack { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.card > header { padding: 10px 16px; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; }
.card > header .end { margin-left: auto; }
.card > .body { padding: 12px 16px; }
.rows { list-style: none; margin: 0; padding: 0; }
.rows > li { padding: 8px 16px; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
.rows > li:first-child { border-top: 0; }
.rows .grow { flex: 1 1 160px; min-width: 0; overflow-wrap: anywhere; }
.rows .end { margin-left: auto; font-variant-numeric: tabular-nums; }
.pill { display: inline-block; border-radius: 999px; padding: 1px 10px; font-size: 13px; font-weight: 500; border: 1px solid currentColor; white-space: nowrap; }
.green { color: var(--green); } .red { color: var(--red); } .amber { color: var(--amber); } .purple { color: var(--purple); } .grey { color: var(--muted); } .blue { color: var(--accent); }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.actions form { margin: 0; }
button { font: inherit; font-size: 14px; font-weight: 500; padding: 5px 14px; border-radius: 6px; border: 1px solid var(--line); background: var(--bg); color: var(--text); cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--muted); }
button.primary { background: #1a7f37; border-color: #1a7f37; color: #fff; }
button.danger { color: var(--red); }
button:disabled { opacity: 0.55; cursor: not-allowed; }
input, select, textarea { font: inherit; font-size: 14px; padding: 5px 8px; border-radius: 6px; border: 1px solid var(--line); background: var(--surface); color: var(--text); max-width: 100%; }
textarea { width: 100%; min-height: 72px; resize: vertical; }
label.block { display: block; font-size: 13px; color: var(--muted); margin-bottom: 8px; }
label.block > textarea, label.block > select, label.block > input { display: block; margin-top: 4px; color: var(--text); width: 100%; }
.notice { padding: 8px 16px; border-radius: 8px; border: 1px solid var(--line); background: var(--surface); margin-bottom: 16px; border-left: 4px solid var(--accent); overflow-wrap: anywhere; }
.notice.bad { border-left-color: var(--red); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0; }
.mono, .text.mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12.5px; }
.diff { border-collapse: collapse; width: 100%; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12.5px; line-height: 1.5; }
.scroll { overflow-x: auto; }
.diff td { padding: 0 10px; white-space: pre; }
.diff td.n { width: 1%; min-width: 44px; text-align: right; color: var(--muted); user-select: none; }
.diff tr.add { background: var(--add); } .diff tr.del { background: var(--del); } .diff tr.hunk { background: var(--hunk); color: var(--muted); }
details > summary { cursor: pointer; padding: 10px 16px; overflow-wrap: anywhere; }
details[open] > summary { border-bottom: 1px solid var(--line); }
dl.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 12px; margin: 0; font-size: 14px; }
dl.facts dt { color: var(--muted); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.markdown { overflow-wrap: anywhere; }
.markdown > :last-child { margin-bottom: 0; }
.markdown h3 { font-size: 15px; margin: 8px 0 4px; }
.markdown ul { margin: 0 0 8px; padding-left: 20px; }
.markdown p { white-space: pre-line; }
.markdown code { background: var(--bg); padding: 1px 4px; border-radius: 4px; }
.markdown pre { background: var(--bg); padding: 8px 12px; border-radius: 6px; margin-bottom: 8px; }
.markdown blockquote { margin: 0 0 8px; padding-left: 12px; border-left: 3px solid var(--line); color: var(--muted); }
.markdown details > summary, .markdown details[open] > summary { padding: 0 0 4px; border: 0; }
.empty { padding: 16px; color: var(--muted); }
@media (max-width: 820px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .columns > .first { order: -1; }
  .bar form { margin-left: 0; width: 100%; }
  .bar select { flex: 1; min-width: 0; }
  h1 { font-size: 20px; }
  button { padding: 8px 14px; }
}
`;

/**
 * Keeps a page current: asks for it again every two seconds and exchanges the parts with `data-live` that changed,
 * unless somebody is at work in them.
 */
export const LIVE_SCRIPT = `
'use strict';
(() => {
  const busy = part =>
    part.contains(document.activeElement) && document.activeElement !== document.body ||
    [...part.querySelectorAll('textarea, input:not([type=hidden])')].some(field => field.value !== field.defaultValue);
  const refresh = async () => {
    if (document.hidden || !document.querySelector('[data-live]')) return;
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.getElementById(part.id);
      if (next && !busy(part) && next.outerHTML !== part.dataset.source) {
        if (part.dataset.source === undefined && next.outerHTML === part.outerHTML) continue;
        const open = new Set([...part.querySelectorAll('details[open]')].map(each => each.id));
        const source = next.outerHTML;
        next.querySelectorAll('details').forEach(each => { if (open.has(each.id)) each.open = true; });
        part.replaceWith(next);
        next.dataset.source = source;
      }
    }
  };
  const loop = () => setTimeout(() => refresh().catch(() => undefined).then(loop), 2000);
  loop();
})();
`;
