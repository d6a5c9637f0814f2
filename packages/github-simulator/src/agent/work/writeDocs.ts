import { AgentWork, WorkRequest } from './AgentWork';

/** A section in the README about what the sources export. */
export function writeDocs({ files, name }: WorkRequest): AgentWork {
  const path =
    Object.keys(files).find(candidate => /^readme\.md$/i.test(candidate)) ??
    'README.md';
  const exported = Object.entries(files)
    .filter(([file]) => /\.[jt]sx?$/.test(file) && !/\.test\./.test(file))
    .flatMap(([file, text]) =>
      [
        ...text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm),
      ].map(match => `- \`${match[1]}\` in \`${file}\``),
    )
    .slice(0, 12);
  const section = [
    '',
    '## Usage',
    '',
    'Install the dependencies once, then start the service:',
    '',
    '```sh',
    'npm ci',
    'npm start',
    '```',
    ...(exported.length > 0
      ? ['', '### What the sources export', '', ...exported]
      : []),
    '',
  ].join('\n');
  const before = files[path] ?? `# ${name}\n`;
  return {
    kind: 'docs',
    title: 'Document how to install and use the component',
    summary:
      'Adds a usage section to the README, with what the sources export.',
    commits: [
      {
        message: 'Document installation and usage',
        files: { [path]: `${before.replace(/\n*$/, '\n')}${section}` },
      },
    ],
    breaksChecks: [],
  };
}
