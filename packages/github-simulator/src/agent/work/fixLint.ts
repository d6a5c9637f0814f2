import { AgentWork, WorkRequest } from './AgentWork';

const SOURCE = /\.(?:[cm]?[jt]sx?)$/;
const MAX_FILES = 12;

/** Fixes of common rules, as regular expressions that keep the meaning of ordinary code. */
const RULES: [rule: string, pattern: RegExp, replacement: string][] = [
  ['no-trailing-spaces', /[ \t]+$/gm, ''],
  ['no-var', /^(\s*)var (?=\w+ *=)/gm, '$1const '],
  ['eqeqeq', /([^=!<>])==(?!=)(?!\s*null)/g, '$1==='],
  ['eqeqeq', /!=(?!=)(?!\s*null)/g, '!=='],
  ['no-console', /^\s*console\.log\(.*\);?\n/gm, ''],
  ['quotes', /(from|require\()\s*"([^"'\n]+)"/g, "$1 '$2'"],
  ['no-extra-semi', /;;+$/gm, ';'],
  ['no-multiple-empty-lines', /\n{3,}/g, '\n\n'],
];

/** Lint fixes wherever a rule finds something; else the missing newline, or a sorted import. */
export function fixLint(request: WorkRequest): AgentWork | undefined {
  const { files } = request;
  const sources = Object.keys(files)
    .filter(path => SOURCE.test(path) && !path.includes('node_modules/'))
    .sort();
  const changed: Record<string, string> = {};
  const counts = new Map<string, number>();
  for (const path of sources) {
    let text = files[path];
    for (const [rule, pattern, replacement] of RULES) {
      const found = text.match(pattern)?.length ?? 0;
      if (found > 0) {
        counts.set(rule, (counts.get(rule) ?? 0) + found);
        text = text.replace(pattern, replacement);
      }
    }
    if (!text.endsWith('\n')) {
      counts.set('eol-last', (counts.get('eol-last') ?? 0) + 1);
      text += '\n';
    }
    if (text !== files[path] && Object.keys(changed).length < MAX_FILES) {
      changed[path] = text;
    }
  }
  if (Object.keys(changed).length === 0) {
    return undefined;
  }
  return {
    kind: 'fix-lint',
    title: `Fix lint findings in ${Object.keys(changed).length} files`,
    summary: [
      'Fixes what the linter reports, without a change in behaviour.',
      '',
      ...[...counts].map(([rule, count]) => `- \`${rule}\`: ${count}`),
    ].join('\n'),
    commits: [{ message: 'Fix lint findings', files: changed }],
    breaksChecks: [],
  };
}
