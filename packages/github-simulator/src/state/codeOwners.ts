/** Where GitHub looks for the file, first one first. */
export const CODEOWNERS_PATHS = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

/** One rule: a pattern and its owners, such as `@octo/team` or `@login`. */
export interface CodeOwnersRule {
  matches: (path: string) => boolean;
  owners: string[];
}

/** The rules of a CODEOWNERS file, in their order. */
export function parseCodeOwners(text: string): CodeOwnersRule[] {
  return text
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean)
    .map(line => {
      const [pattern, ...owners] = line.split(/\s+/);
      const regexp = patternToRegExp(pattern);
      return { matches: (path: string) => regexp.test(path), owners };
    });
}

/** The owners of a path: those of the last rule that fits. */
export function ownersOf(options: {
  rules: CodeOwnersRule[];
  path: string;
}): string[] {
  const { rules, path } = options;
  return [...rules].reverse().find(rule => rule.matches(path))?.owners ?? [];
}

const WILDCARDS: Record<string, string> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
};

function patternToRegExp(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const body = pattern
    .replace(/^\//, '')
    .replace(/\/$/, '/**')
    .split(/(\*\*\/|\*\*|\*)/)
    .map(part => WILDCARDS[part] ?? part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('');
  // With a wildcard in its last part a pattern names files; without one, a file or a whole folder.
  const below = /\*[^/]*$/.test(pattern) ? '' : '(?:/.*)?';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${body}${below}$`);
}
