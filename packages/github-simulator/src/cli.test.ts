import { ChildProcess, spawn } from 'child_process';
import { createPrivateKey } from 'crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** As it is started in development. */
const COMMAND = [
  '-r',
  require.resolve('@backstage/cli/config/nodeTransform.cjs'),
  join(__dirname, 'cli.ts'),
];

const SEED = `
organization: { login: acme }
users: [{ login: dana }, { login: robot }]
tokens:
  - { token: t, user: robot, repositories: [acme/*], permissions: { agent_tasks: write } }
apps:
  - { id: 1, slug: app, name: App, installationId: 2, clientId: c, clientSecret: s, permissions: { contents: read } }
repositories:
  - { name: api, kind: node-service, dependencies: { axios: 1.7.4 }, modules: [order] }
`;

describe('the command', () => {
  let folder: string;
  let child: ChildProcess | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    writeFileSync(join(folder, 'seed.yaml'), SEED);
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Resolves with the first line of output, or with the error output when there is none. */
  async function run(...args: string[]): Promise<string> {
    const started = spawn(process.execPath, [...COMMAND, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: folder,
    });
    child = started;
    return new Promise(resolve => {
      let errors = '';
      started.stderr.on('data', chunk => {
        errors += chunk;
      });
      started.stdout.once('data', chunk => resolve(String(chunk).trim()));
      started.once('close', () => resolve(errors.trim()));
    });
  }

  async function stop(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child!;
    const code = new Promise<number | null>(resolve => {
      ending.once('close', resolve);
    });
    ending.kill(signal);
    return code;
  }

  it('starts, keeps its state, and ends cleanly', async () => {
    const args = [
      ...['--port', '0'],
      ...['--seed', 'seed.yaml'],
      ...['--data', 'data/world.json'],
      ...['--app-key-file', 'data/app.pem'],
    ];
    const line = await run(...args);
    expect(line).toMatch(/^GitHub simulator at http:\/\/localhost:\d+$/);
    const key = readFileSync(join(folder, 'data/app.pem'), 'utf8');
    expect(createPrivateKey(key).asymmetricKeyType).toBe('rsa');
    const url = line.replace('GitHub simulator at ', '');
    const created = await fetch(`${url}/api/v3/agents/repos/acme/api/tasks`, {
      method: 'POST',
      headers: { authorization: 'Bearer t' },
      body: JSON.stringify({ prompt: 'Bump axios to 1.12.2' }),
    });
    expect(created.status).toBe(201);
    const { id } = (await created.json()) as { id: string };
    expect(await stop('SIGTERM')).toBe(0);

    const again = (await run(...args)).replace('GitHub simulator at ', '');
    const found = await fetch(`${again}/api/v3/agents/tasks/${id}`, {
      headers: { authorization: 'Bearer t' },
    });
    expect(found.status).toBe(200);
    expect(readFileSync(join(folder, 'data/app.pem'), 'utf8')).toBe(key);
    expect(await stop('SIGINT')).toBe(0);
  }, 30_000);

  it.each([
    [['--port', 'many'], '--port is no whole number'],
    [['--seed', 'nothing.yaml'], 'nothing.yaml: ENOENT'],
    [['--help'], 'Usage: github-simulator'],
  ])(
    'answers %j',
    async (args, message) => {
      expect(await run(...args)).toContain(message);
    },
    30_000,
  );
});
