import { OrganizationFile, FileRepository } from './OrganizationFile';
import { packageFiles, packageLock, PackageDescription } from './packageFiles';

const TOP_KIND = {
  'node-workspace': 'node-service',
  'web-workspace': 'web-app',
  'node-monorepo': 'node-library',
} as const;

const ESLINT_CONFIG = `import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  eslint.configs.recommended,
  tseslint.configs.recommended,
  { ignores: ['dist'] },
);
`;

/**
 * The contents of a repository on its first day: path to content. The same description always makes the same files.
 *
 * @public
 */
export function repositoryFiles(options: {
  organization: OrganizationFile['organization'];
  repository: FileRepository;
  /** Names of the jobs of its workflow. */
  jobs: string[];
}): Record<string, string> {
  const { organization, repository, jobs } = options;
  const files: Record<string, string> = {
    'README.md': readme(organization, repository),
    '.gitignore': 'node_modules\ndist\ncoverage\n',
  };
  if (repository.team !== undefined) {
    const owner = `@${organization.login}/${repository.team}`;
    files['.github/CODEOWNERS'] =
      `# Whoever stands last for a path is asked to review it.\n*        ${owner}\n/.github/ ${owner}\n`;
  }
  if (repository.kind === 'docs') {
    Object.assign(files, documents(repository));
  } else {
    Object.assign(files, code(organization, repository));
    files['.github/workflows/ci.yml'] = workflow(jobs);
    files['eslint.config.mjs'] = ESLINT_CONFIG;
  }
  return { ...files, ...repository.files };
}

function code(
  organization: OrganizationFile['organization'],
  repository: FileRepository,
): Record<string, string> {
  const { kind } = repository;
  const packages: Record<string, PackageDescription> = {};
  const files: Record<string, string> = {};
  for (const { path, ...written } of repository.packages ?? []) {
    const description: PackageDescription = {
      ...written,
      dependencies: written.dependencies ?? {},
      modules: written.modules ?? [],
    };
    packages[path] = description;
    for (const [name, content] of Object.entries(packageFiles(description))) {
      files[`${path}/${name}`] = content;
    }
  }
  const top: PackageDescription = {
    name: `@${organization.login}/${repository.name}`,
    version: repository.version ?? '0.0.0',
    kind:
      kind in TOP_KIND
        ? TOP_KIND[kind as keyof typeof TOP_KIND]
        : (kind as PackageDescription['kind']),
    description: repository.description,
    dependencies: repository.dependencies ?? {},
    modules: repository.modules ?? [],
    workspaces: Object.keys(packages).length > 0 ? packages : undefined,
  };
  const topFiles = packageFiles(top);
  if (kind === 'node-monorepo') {
    delete topFiles['src/index.ts'];
  }
  return { ...files, ...topFiles, 'package-lock.json': packageLock(top) };
}

function documents(repository: FileRepository): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of repository.modules ?? []) {
    files[`models/${name}.sql`] =
      `-- One row for each of ${name}, as of the last load.\nselect *\nfrom raw.${name}\nwhere loaded_at = (select max(loaded_at) from raw.${name})\n`;
    files[`docs/${name}.md`] =
      `# ${name}\n\nOne row for each of ${name}. Loaded every hour.\n\n| Column | Meaning |\n| --- | --- |\n| \`id\` | As the service has it |\n| \`loaded_at\` | When the row came in |\n`;
  }
  return files;
}

function readme(
  organization: OrganizationFile['organization'],
  repository: FileRepository,
): string {
  const packages = repository.packages ?? [];
  const lines = [`# ${repository.name}`, ''];
  if (repository.description) {
    lines.push(`${repository.description}.`, '');
  }
  if (packages.length > 0) {
    lines.push('## Packages', '');
    lines.push(...packages.map(({ name, path }) => `- \`${name}\` in ${path}`));
    lines.push('');
  }
  if (repository.kind !== 'docs') {
    lines.push('## Development', '', '```sh', 'npm ci', 'npm test', '```', '');
  }
  if (repository.team !== undefined) {
    lines.push(
      `Questions go to @${organization.login}/${repository.team}.`,
      '',
    );
  }
  return lines.join('\n');
}

function workflow(jobs: string[]): string {
  const steps = jobs
    .map(
      job => `  ${job}:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npm ${job === 'test' ? 'test' : `run ${job}`}
`,
    )
    .join('');
  return `name: CI
on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
${steps}`;
}
