import fc from 'fast-check';
import { markdown } from './markdown';

function render(text: string): string {
  return markdown(text)
    .toString()
    .replace(/\s*\n\s*/g, '');
}

describe('markdown', () => {
  it('shows the blocks that descriptions have', () => {
    expect(
      render(
        '## What\nIt **bumps** `axios`.\n\n- one\n- two\n\n> quoted\n\n```\n<b>\n```\n<details>\n<summary>More</summary>\n\nHidden\n</details>',
      ),
    ).toBe(
      '<h3>What</h3><p>It <strong>bumps</strong> <code class="mono">axios</code>.</p>' +
        '<ul><li>one</li><li>two</li></ul><blockquote><p>quoted</p></blockquote>' +
        '<pre class="text mono">&lt;b&gt;</pre>' +
        '<details><summary>More</summary><p>Hidden</p></details>',
    );
  });

  it('links http addresses and nothing else', () => {
    expect(render('[a](https://example.com/?a=1&b=2)')).toBe(
      '<p><a href="https://example.com/?a=1&amp;b=2" rel="noreferrer">a</a></p>',
    );
    expect(render('[a](javascript:alert(1))')).not.toContain('<a');
    expect(render('https://e.com/"onmouseover=x')).not.toMatch(/<a[^>]*"o/);
  });

  it('shows HTML as text', () => {
    expect(render('<script>alert(1)</script>')).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    );
  });

  it('ends for any text, and makes no element of its own from it', () => {
    const known =
      /<\/?(?:p|h3|ul|li|blockquote|details|summary|strong)>|<pre class="text mono">|<\/pre>|<code class="mono">|<\/code>|<a href="https?:[^"<>]*" rel="noreferrer">|<\/a>/g;
    const piece = fc.constantFrom(
      '<details>\n',
      '</details>\n',
      '<summary>',
      '```\n',
      '> ',
      '- ',
      '# ',
      '`',
      '**',
      '[a](https://e.com)',
      'https://e.com/"x',
      '\n',
      '<img src=x onerror=y>',
      'word ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        const rest = markdown(pieces.join('')).toString().replace(known, '');
        expect(rest).not.toMatch(/[<>]/);
      }),
    );
  });
});
