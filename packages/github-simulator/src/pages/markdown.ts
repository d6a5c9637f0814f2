import { Html, html } from './html';

const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>)]+)/g;

/** Code, bold words and links in a line; everything else is text. */
function inline(text: string): Html {
  const parts: (Html | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, bold, label, target, bare] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) {
      parts.push(html`<code class="mono">${code}</code>`);
    } else if (bold !== undefined) {
      parts.push(html`<strong>${bold}</strong>`);
    } else {
      // Only http addresses get here: a link never runs a script.
      parts.push(
        html`<a href="${target ?? bare}" rel="noreferrer">${label ?? bare}</a>`,
      );
    }
  }
  parts.push(text.slice(end));
  return html`${parts}`;
}

/** Takes the lines from the start that fit, without what marks them. */
function takeWhile(lines: string[], pattern: RegExp): string[] {
  const taken: string[] = [];
  while (lines.length > 0 && pattern.test(lines[0])) {
    taken.push(lines.shift()!.replace(pattern, ''));
  }
  return taken;
}

/** Takes the lines up to the one that closes, and that one. */
function takeUntil(lines: string[], closing: RegExp): string[] {
  const taken: string[] = [];
  while (lines.length > 0 && !closing.test(lines[0])) {
    taken.push(lines.shift()!);
  }
  lines.shift();
  return taken;
}

const HEADING = /^#{1,6}\s+/;
const ITEM = /^\s*[-*]\s+/;
const QUOTE = /^>\s?/;
const FENCE = /^\s*```/;
const DETAILS = /^<details>\s*$/;
const SPECIAL = [HEADING, ITEM, QUOTE, FENCE, DETAILS, /^\s*$/, /^<!--/];

/**
 * The part of GitHub's Markdown that descriptions of pull requests use. No HTML passes but `<details>` with its
 * `<summary>`; any other stands there as text.
 */
export function markdown(text: string): Html {
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  const blocks: Html[] = [];
  while (lines.length > 0) {
    const [line] = lines;
    if (/^\s*$/.test(line)) {
      lines.shift();
    } else if (/^<!--.*-->\s*$/.test(line)) {
      lines.shift();
    } else if (HEADING.test(line)) {
      blocks.push(
        html`<h3>${inline(lines.shift()!.replace(HEADING, ''))}</h3>`,
      );
    } else if (ITEM.test(line)) {
      const items = takeWhile(lines, ITEM);
      blocks.push(
        html`<ul>
          ${items.map(item => html`<li>${inline(item)}</li>`)}
        </ul>`,
      );
    } else if (QUOTE.test(line)) {
      const quoted = takeWhile(lines, QUOTE);
      blocks.push(
        html`<blockquote>${markdown(quoted.join('\n'))}</blockquote>`,
      );
    } else if (FENCE.test(line)) {
      lines.shift();
      blocks.push(
        html`<pre class="text mono">
${takeUntil(lines, FENCE).join('\n')}</pre>`,
      );
    } else if (DETAILS.test(line)) {
      lines.shift();
      const inner = takeUntil(lines, /^<\/details>\s*$/);
      const [, summary] =
        /^<summary>(.*)<\/summary>\s*$/.exec(inner[0] ?? '') ?? [];
      if (summary !== undefined) {
        inner.shift();
      }
      blocks.push(
        html`<details>
          <summary>${inline(summary ?? 'Details')}</summary>
          ${markdown(inner.join('\n'))}
        </details>`,
      );
    } else {
      const paragraph = [lines.shift()!];
      while (
        lines.length > 0 &&
        !SPECIAL.some(pattern => pattern.test(lines[0]))
      ) {
        paragraph.push(lines.shift()!);
      }
      blocks.push(html`<p>${inline(paragraph.join('\n'))}</p>`);
    }
  }
  return html`${blocks}`;
}
