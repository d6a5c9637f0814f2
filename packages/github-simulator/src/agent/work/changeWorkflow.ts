import { AgentWork, WorkRequest } from './AgentWork';

/** Newer actions in a CI workflow; a new workflow where there is none. */
export function changeWorkflow({ files }: WorkRequest): AgentWork {
  const path =
    Object.keys(files).find(candidate =>
      /^\.github\/workflows\/[^/]+\.ya?ml$/.test(candidate),
    ) ?? '.github/workflows/ci.yml';
  const before = files[path];
  const bumped = before?.replace(
    /(uses:\s*[\w.-]+\/[\w./-]+@v)(\d+)/g,
    (_match, prefix: string, major: string) => `${prefix}${Number(major) + 1}`,
  );
  const after =
    bumped !== undefined && bumped !== before
      ? bumped
      : `${before ?? 'name: CI\non: [push, pull_request]\njobs:\n'}  audit:\n    runs-on: ubuntu-latest\n    permissions:\n      contents: read\n    steps:\n      - uses: actions/checkout@v5\n      - run: npm audit --omit=dev\n`;
  return {
    kind: 'workflow',
    title: `Update ${path}`,
    summary: `Changes \`${path}\`: actions at their newest major version.`,
    commits: [{ message: `Update ${path}`, files: { [path]: after } }],
    breaksChecks: [],
  };
}
