import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import agentTasks from '@agent-tasks/plugin-agent-tasks-backend';
import agentTasksGithub from '@agent-tasks/plugin-agent-tasks-backend-module-github';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import { stringify } from 'yaml';
import { createCredentials } from './credentials';

jest.setTimeout(60_000);

const credentials = createCredentials();
const starter = { token: credentials.starterToken };
const app = { appId: 1, privateKey: credentials.privateKey };

describe('a setting that is wrong', () => {
  // Each stops the start with its path, and what is said of it holds no secret.
  it.each<[string, JsonObject, string]>([
    [
      'a misspelt section',
      { limts: { running: 5 }, github: { starter, app } },
      'agentTasks.limts is not a setting',
    ],
    [
      'a misspelt key',
      { limits: { runing: 5 }, github: { starter, app } },
      'agentTasks.limits.runing is not a setting',
    ],
    [
      'a word in place of a number',
      { limits: { running: 'five' }, github: { starter, app } },
      'agentTasks.limits.running must be a whole number',
    ],
    [
      'a number out of range',
      { watch: { tasksSeconds: 0 }, github: { starter, app } },
      'agentTasks.watch.tasksSeconds must be at least 1 seconds',
    ],
    ['no section for GitHub', {}, 'agentTasks.github: missing'],
    [
      'a misspelt key in the section for GitHub',
      { github: { starter: { tokn: starter.token }, app } },
      "agentTasks.github.starter.tokn: unknown key, did you mean 'token'?",
    ],
    [
      'a token that is not there',
      { github: { starter: {}, app } },
      'agentTasks.github.starter.token: missing',
    ],
  ])('stops the start: %s', async (_, settings, message) => {
    const error = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({ data: { agentTasks: settings } }),
        catalogServiceMock.factory(),
        agentTasks,
        agentTasksGithub,
      ],
    }).then(
      () => 'It started',
      thrown => `${thrown}`,
    );
    expect(error).toContain(message);
    expect(error).not.toContain(starter.token);
  });

  it('lets the same backend start where it is right', async () => {
    const backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            agentTasks: {
              limits: { running: 5 },
              github: {
                apiBaseUrl: 'http://localhost:9/api/v3',
                starter,
                app,
              },
            },
          },
        }),
        catalogServiceMock.factory(),
        agentTasks,
        agentTasksGithub,
      ],
    });
    await expect(backend.stop()).resolves.toBeUndefined();
  });
});

describe('the process of the backend', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-tasks-e2e-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the backend with the settings of the demo and some over them, until it ends. */
  async function run(
    settings: JsonObject,
  ): Promise<{ exitCode: number; output: string }> {
    const overrides = join(folder, 'overrides.yaml');
    writeFileSync(
      overrides,
      stringify({
        backend: {
          listen: { host: '127.0.0.1', port: 0 },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        ...settings,
      }),
    );
    return new Promise(resolve => {
      execFile(
        process.execPath,
        [
          '-r',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
          'src/index.ts',
          '--config',
          '../../app-config.yaml',
          '--config',
          overrides,
        ],
        {
          cwd: resolvePackagePath('backend'),
          // Where it goes on running, the end comes from here.
          timeout: 45_000,
          killSignal: 'SIGKILL',
          env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'debug' },
        },
        (error, stdout, stderr) =>
          resolve({
            exitCode: error ? Number(error.code ?? -1) : 0,
            output: `${stdout}${stderr}`,
          }),
      );
    });
  }

  it('ends with the path of what is wrong in its last line', async () => {
    const { exitCode, output } = await run({
      agentTasks: { limts: { running: 5 } },
    });
    expect(output.trim().split('\n').at(-1)).toMatch(
      /'agent-tasks' startup failed; .*agentTasks\.limts is not a setting/,
    );
    expect(exitCode).toBe(1);
    expect(output).toContain('debug');
    expect(output).not.toContain('github_pat_demo_starter');
  });
});
