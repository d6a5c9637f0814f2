import { AgentWork, WorkRequest } from './AgentWork';

/** A small function beside the code that is there, with its test. What the agent does when it recognises nothing else. */
export function changeCode(request: WorkRequest): AgentWork {
  const { files, name } = request;
  const source =
    Object.keys(files).find(
      path => /(^|\/)src\/.*\.[jt]s$/.test(path) && !/\.test\./.test(path),
    ) ??
    Object.keys(files).find(path => /\.[jt]s$/.test(path)) ??
    'src/index.js';
  const typed = source.endsWith('.ts');
  const before = files[source] ?? '';
  let index = 1;
  while (before.includes(`normalizeInput${index}`)) {
    index++;
  }
  const fn = `normalizeInput${index}`;
  const code = `${before.replace(/\n*$/, before ? '\n' : '')}
/** ${name} */
export function ${fn}(value${typed ? ': string' : ''})${typed ? ': string' : ''} {
  return value.trim().toLowerCase();
}
`;
  const test = source.replace(/\.([jt]s)$/, `.${fn}.test.$1`);
  const module = source.replace(/^.*\//, '').replace(/\.[jt]s$/, '');
  return {
    kind: 'code',
    title: name,
    summary: `Adds \`${fn}\` to \`${source}\`, with a test.`,
    commits: [
      { message: `Add ${fn}`, files: { [source]: code.replace(/^\n/, '') } },
      {
        message: `Test ${fn}`,
        files: {
          [test]: `import { ${fn} } from './${module}';\n\ntest('normalizes', () => {\n  expect(${fn}('  A ')).toBe('a');\n});\n`,
        },
      },
    ],
    breaksChecks: [],
  };
}

/** The same, but its tests do not pass. */
export function breakTests(request: WorkRequest): AgentWork {
  const work = changeCode(request);
  return {
    ...work,
    kind: 'break-tests',
    commits: work.commits.map(commit => ({
      ...commit,
      files: Object.fromEntries(
        Object.entries(commit.files).map(([path, text]) => [
          path,
          text?.replace(
            'return value.trim().toLowerCase();',
            'return value.trim();',
          ),
        ]),
      ),
    })),
    breaksChecks: ['*'],
  };
}
