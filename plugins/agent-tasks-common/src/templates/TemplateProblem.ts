/**
 * Something that is wrong with the text of a template, and where.
 *
 * @public
 */
export interface TemplateProblem {
  /** 1 is the first. */
  line: number;
  /** 1 is the first, counted in UTF-16 code units as editors do. */
  column: number;
  /** JSON Pointer to what is wrong, such as `/spec/prompt`; empty for the whole. */
  path: string;
  /** What is wrong, and what to do. */
  message: string;
  /** A template with an error cannot be saved; with a warning it can. */
  severity: 'error' | 'warning';
}

/** A problem of a value, before it is known where in a text the value stands. */
export interface Finding {
  /** JSON Pointer. */
  path: string;
  message: string;
  severity: 'error' | 'warning';
  /** The key itself is wrong and not the value below it. */
  atKey?: boolean;
  /** The part of a text that is wrong, such as `${{ parameters.x }}`. */
  part?: string;
}

/** The pointer to a key or an item of what another pointer points to. */
export function pointTo(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The keys and items on the way that a pointer goes. */
export function keysOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A pointer as people write it: `spec.appliesTo[0]["spec.type"]`. */
export function toName(path: string): string {
  return keysOf(path).reduce((name, key) => {
    if (/^\d+$/.test(key)) {
      return `${name}[${key}]`;
    }
    // Keys of catalog filters hold dots themselves.
    return /^[\w$:-]+$/.test(key)
      ? [name, key].filter(Boolean).join('.')
      : `${name}[${JSON.stringify(key)}]`;
  }, '');
}
