import fc from 'fast-check';
import { escapeHtml, html } from './html';

describe('html', () => {
  it('escapes texts, in elements and in attributes', () => {
    expect(
      html`<p title="${'"><script>'}">${"<b>it's</b> & more"}</p>`.toString(),
    ).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;it&#39;s&lt;/b&gt; &amp; more</p>',
    );
  });

  it('nests markup and lists, and shows nothing for what is absent', () => {
    const items = ['<1>', '2'].map(item => html`<li>${item}</li>`);
    expect(
      html`<ul>
        ${items}${undefined}${false}${0}
      </ul>`
        .toString()
        .replace(/\s+/g, ''),
    ).toBe('<ul><li>&lt;1&gt;</li><li>2</li>0</ul>');
  });

  it('lets no text end an element or attribute', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      }),
    );
  });
});
