import { createHash } from 'crypto';
import { PackageKind } from './OrganizationFile';
import { reactModule, typeScriptModule } from './moduleSource';

/** What a package's files are made from. */
export interface PackageDescription {
  name: string;
  version: string;
  kind: PackageKind;
  description?: string;
  dependencies: Record<string, string>;
  modules: string[];
  /** Further packages below it, as npm workspaces: path to package. */
  workspaces?: Record<string, PackageDescription>;
}

const TOOLS: Record<string, string> = {
  '@types/node': '22.5.0',
  eslint: '9.9.1',
  jest: '29.7.0',
  'ts-jest': '29.2.5',
  typescript: '5.5.4',
  'typescript-eslint': '8.3.0',
};

const WEB_TOOLS: Record<string, string> = {
  ...TOOLS,
  '@testing-library/react': '16.0.0',
  '@types/react': '18.3.4',
};

/** What the well-known packages need themselves, so that a lockfile has its second level. */
const TRANSITIVE: Record<string, Record<string, string>> = {
  axios: {
    'follow-redirects': '1.15.6',
    'form-data': '4.0.0',
    'proxy-from-env': '1.1.0',
  },
  'form-data': {
    asynckit: '0.4.0',
    'combined-stream': '1.0.8',
    'mime-types': '2.1.35',
  },
  'combined-stream': { 'delayed-stream': '1.0.0' },
  'mime-types': { 'mime-db': '1.52.0' },
  express: {
    'body-parser': '1.20.2',
    cookie: '0.6.0',
    debug: '2.6.9',
    'path-to-regexp': '0.1.7',
    qs: '6.11.0',
    send: '0.18.0',
  },
  'body-parser': { bytes: '3.1.2', 'iconv-lite': '0.4.24' },
  'iconv-lite': { 'safer-buffer': '2.1.2' },
  debug: { ms: '2.0.0' },
  qs: { 'side-channel': '1.0.6' },
  pino: {
    'atomic-sleep': '1.0.0',
    'pino-abstract-transport': '1.2.0',
    'sonic-boom': '4.0.1',
  },
  pg: { 'pg-pool': '3.6.2', 'pg-protocol': '1.6.1', 'pg-types': '2.2.0' },
  react: { 'loose-envify': '1.4.0' },
  'loose-envify': { 'js-tokens': '4.0.0' },
  'react-dom': { scheduler: '0.23.2' },
  jsonwebtoken: { jws: '3.2.2', semver: '7.6.3' },
  jws: { jwa: '1.4.1', 'safe-buffer': '5.2.1' },
};

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function isWeb(kind: PackageKind): boolean {
  return kind === 'web-app' || kind === 'web-library';
}

function carets(versions: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(versions)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, version]) => [name, `^${version}`]),
  );
}

function toolsOf(kind: PackageKind): Record<string, string> {
  return isWeb(kind) ? WEB_TOOLS : TOOLS;
}

function packageJson(description: PackageDescription): string {
  const workspaces = Object.keys(description.workspaces ?? {});
  return json({
    name: description.name,
    version: description.version,
    description: description.description,
    private: description.kind === 'node-service' || isWeb(description.kind),
    main: 'dist/index.js',
    types: 'dist/index.d.ts',
    workspaces: workspaces.length > 0 ? workspaces : undefined,
    scripts: {
      build: 'tsc -p .',
      lint: 'eslint .',
      test: 'jest',
      ...(description.kind === 'node-service'
        ? { start: 'node dist/index.js' }
        : {}),
    },
    dependencies: carets(description.dependencies),
    devDependencies: carets(toolsOf(description.kind)),
  });
}

/** Of the form that npm's are; no such package was ever packed. */
function integrity(name: string, version: string): string {
  const hash = createHash('sha512').update(`${name}@${version}`);
  return `sha512-${hash.digest('base64')}`;
}

/** A lockfile of version 3 as npm writes it, without addresses (`omit-lockfile-registry-resolved`). */
export function packageLock(description: PackageDescription): string {
  const packages: Record<string, unknown> = {};
  const root = (of: PackageDescription) => ({
    name: of.name,
    version: of.version,
    workspaces: of.workspaces && Object.keys(of.workspaces),
    dependencies: carets(of.dependencies),
    devDependencies: carets(toolsOf(of.kind)),
  });
  packages[''] = root(description);
  const installed = new Map<string, { version: string; dev: boolean }>();
  const install = (versions: Record<string, string>, dev: boolean) => {
    for (const [name, version] of Object.entries(versions)) {
      const known = installed.get(name);
      if (!known || (known.dev && !dev)) {
        installed.set(name, { version: known?.version ?? version, dev });
        install(TRANSITIVE[name] ?? {}, dev);
      }
    }
  };
  const all = Object.entries(description.workspaces ?? {});
  for (const [path, workspace] of all) {
    packages[path] = root(workspace);
    packages[`node_modules/${workspace.name}`] = {
      resolved: path,
      link: true,
    };
  }
  for (const each of [description, ...all.map(([, workspace]) => workspace)]) {
    install(each.dependencies, false);
  }
  for (const each of [description, ...all.map(([, workspace]) => workspace)]) {
    install(toolsOf(each.kind), true);
  }
  for (const [name, { version, dev }] of [...installed].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    packages[`node_modules/${name}`] = {
      version,
      integrity: integrity(name, version),
      dev: dev || undefined,
      license: 'MIT',
      dependencies: TRANSITIVE[name] && carets(TRANSITIVE[name]),
    };
  }
  return json({
    name: description.name,
    version: description.version,
    lockfileVersion: 3,
    requires: true,
    packages,
  });
}

/** The files of one package, but for its lockfile: path in the package to content. */
export function packageFiles(
  description: PackageDescription,
): Record<string, string> {
  const files: Record<string, string> = {
    'package.json': packageJson(description),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'ES2022',
        module: 'NodeNext',
        strict: true,
        declaration: true,
        outDir: 'dist',
        rootDir: 'src',
        ...(isWeb(description.kind) ? { jsx: 'react-jsx' } : {}),
      },
      include: ['src'],
    }),
  };
  const dependencies = new Set(Object.keys(description.dependencies));
  const web = isWeb(description.kind);
  const extension = web ? 'tsx' : 'ts';
  for (const name of description.modules) {
    const { source, test } = web
      ? reactModule({ name, dependencies })
      : typeScriptModule({ name, dependencies });
    files[`src/${name}.${extension}`] = source;
    files[`test/${name}.test.${extension}`] = test;
  }
  files[`src/index.ts`] = indexSource(description);
  return files;
}

function indexSource(description: PackageDescription): string {
  const exports = description.modules
    .map(name => `export * from './${name}';\n`)
    .join('');
  if (
    description.kind !== 'node-service' ||
    description.dependencies.express === undefined
  ) {
    return exports;
  }
  const logger = description.dependencies.pino !== undefined;
  return `import express from 'express';
${logger ? "import pino from 'pino';\n" : ''}
${exports}
${logger ? `const logger = pino({ name: '${description.name}' });\n` : ''}const app = express();
const port = process.env.PORT || 8080;

app.get('/health', (req, res) => {
  res.json({ status: 'ok' });
});

app.listen(port, () => ${
    logger ? 'logger.info({ port }, ' : 'console.log('
  }'listening'));
`;
}
