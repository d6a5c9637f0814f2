/** Markup that is known to be safe, since every text in it was escaped. */
export class Html {
  readonly #markup: string;

  /** Only for markup from a literal of this package; for everything else there is `html`. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What can stand between the braces of `html`. Falsy values but 0 show nothing, so that `condition && html` works. */
export type HtmlValue =
  Html | string | number | false | undefined | readonly HtmlValue[];

/** Text as it may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) {
    return '';
  }
  if (value instanceof Html) {
    return value.toString();
  }
  if (typeof value === 'string' || typeof value === 'number') {
    return escapeHtml(String(value));
  }
  return value.map(markupOf).join('');
}

/** A template tag that escapes every value which is not markup itself. Attributes must be quoted. */
export function html(
  strings: TemplateStringsArray,
  ...values: HtmlValue[]
): Html {
  return new Html(
    strings.reduce(
      (markup, literal, index) =>
        markup +
        literal +
        (index < values.length ? markupOf(values[index]) : ''),
      '',
    ),
  );
}
