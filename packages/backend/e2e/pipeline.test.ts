import { execFile, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import { AgentTasksApi } from '@agent-tasks/plugin-agent-tasks-common';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';
import { createCredentials } from './credentials';
import { demoSeed } from './demoOrganization';
import { createClient, Portal, startPortal } from './startPortal';

jest.setTimeout(120_000);

const root = join(resolvePackagePath('backend'), '../..');
const script = join(root, 'docs/examples/launch-and-wait.sh');
const workflow = join(root, 'docs/examples/launch-agent-tasks.yml');

const token = randomBytes(24).toString('hex');
const parameters = JSON.stringify({ rule: 'no-unused-vars' });
const component = 'component:default/payments-api';

/** The example is for machines of pipelines, which have both. */
const missing = ['curl', 'jq'].filter(
  tool => spawnSync(tool, ['--version']).status !== 0,
);
const describeWithTools = missing.length ? describe.skip : describe;

describeWithTools('the example of a pipeline', () => {
  const credentials = createCredentials();
  let simulator: GithubSimulator;
  let portal: Portal;
  let ci: AgentTasksApi;

  beforeAll(async () => {
    simulator = await GithubSimulator.start({
      seed: demoSeed({ credentials }),
      agent: {
        outcomes: { completed: 1 },
        realChanges: false,
        queueSeconds: { min: 0, max: 0 },
        durationSeconds: { min: 0.2, max: 0.2 },
        pullRequestAfterSeconds: 0.1,
      },
    });
    portal = await startPortal({
      credentials,
      apiBaseUrl: simulator.apiUrl,
      backend: {
        database: { client: 'better-sqlite3', connection: ':memory:' },
        auth: {
          // As docs/pipelines.md has it.
          externalAccess: [
            {
              type: 'static',
              options: { token, subject: 'ci-release' },
              accessRestrictions: [
                {
                  plugin: 'agent-tasks',
                  permission: [
                    'agent-tasks.task.create',
                    'agent-tasks.task.read',
                    'agent-tasks.template.read',
                  ],
                },
              ],
            },
          ],
        },
      },
    });
    ci = createClient({ url: portal.url, token });
  });
  afterAll(async () => {
    await portal?.stop();
    await simulator?.close();
  });

  async function run(
    environment: Record<string, string>,
    args: string[] = ['fix-lint', parameters, component],
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise(resolve => {
      execFile(
        'sh',
        [script, ...args],
        {
          env: {
            PATH: process.env.PATH,
            AGENT_TASKS_URL: portal.url,
            AGENT_TASKS_TOKEN: token,
            AGENT_TASKS_KEY: randomUUID(),
            AGENT_TASKS_POLL_SECONDS: '1',
            AGENT_TASKS_TIMEOUT_SECONDS: '60',
            ...environment,
          },
        },
        (error, stdout, stderr) =>
          resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  }

  it('launches as the service, once for its key, and waits for the reviews', async () => {
    const key = randomUUID();
    const environment = {
      AGENT_TASKS_KEY: key,
      AGENT_TASKS_UNTIL: 'in_review',
    };
    const first = await run(environment);
    expect(first).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Launched 1 tasks'),
    });
    const again = await run(environment);
    expect(again).toMatchObject({ code: 0, stdout: first.stdout });
    const campaign = await ci.getCampaign(first.stdout.trim());
    expect(campaign).toMatchObject({
      requester: 'external:ci-release',
      states: { in_review: 1 },
    });
  });

  it('ends in vain when a task will not be merged', async () => {
    const { api: ada } = await portal.signIn('ada');
    const key = randomUUID();
    await run({ AGENT_TASKS_KEY: key, AGENT_TASKS_UNTIL: 'in_review' });
    const waiting = run({ AGENT_TASKS_KEY: key, AGENT_TASKS_UNTIL: 'merged' });
    const campaign = await ci.launch(
      {
        template: 'fix-lint',
        parameters: { rule: 'no-unused-vars' },
        components: [component],
      },
      key,
    );
    await ada.cancelTask(campaign.tasks[0]);
    await expect(waiting).resolves.toMatchObject({
      code: 1,
      stdout: `${campaign.id}\n`,
      stderr: expect.stringContaining('will not get there: 1 cancelled'),
    });
  });

  it('ends when the time is over, and says that the campaign goes on', async () => {
    const { code, stderr } = await run({
      AGENT_TASKS_UNTIL: 'merged',
      AGENT_TASKS_TIMEOUT_SECONDS: '1',
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(/the campaign camp_\w+ goes on: 1 \w+/);
  });

  it.each<[string, Record<string, string>, string[] | undefined, string]>([
    [
      'a token that nobody has',
      { AGENT_TASKS_TOKEN: 'nonsense' },
      undefined,
      'answered with 401: ',
    ],
    [
      'a template that is not there',
      {},
      ['no-such-template', parameters, component],
      "answered with 404: There is no template 'no-such-template'",
    ],
    [
      'a component that is not there',
      {},
      ['fix-lint', parameters, 'component:default/nothing'],
      'answered with 400: Nothing would be launched',
    ],
    [
      'parameters that are no JSON',
      {},
      ['fix-lint', 'rule=x', component],
      'PARAMETERS must be a JSON object.',
    ],
    [
      'a goal that is not there',
      { AGENT_TASKS_UNTIL: 'done' },
      undefined,
      "AGENT_TASKS_UNTIL is 'done'",
    ],
    ['no key', { AGENT_TASKS_KEY: '' }, undefined, 'AGENT_TASKS_KEY'],
    ['nothing to launch on', {}, ['fix-lint', parameters], 'Usage:'],
  ])('says what is wrong: %s', async (_, environment, args, message) => {
    await expect(run(environment, args)).resolves.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });

  it('has a token that opens nothing else', async () => {
    const campaign = await ci.launch(
      {
        template: 'fix-lint',
        parameters: { rule: 'no-unused-vars' },
        components: ['component:default/billing-api'],
      },
      randomUUID(),
    );
    await expect(ci.cancelTask(campaign.tasks[0])).rejects.toMatchObject({
      statusCode: 403,
    });
    await expect(ci.listEvents()).rejects.toMatchObject({ statusCode: 403 });
    const catalog = await fetch(`${portal.url}/api/catalog/entities`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(catalog.status).toBe(403);
  });

  it('is called by the workflow as its usage says', () => {
    const { jobs } = parse(readFileSync(workflow, 'utf8'));
    const [, step] = jobs.launch.steps;
    expect(step.run).toContain('docs/examples/launch-and-wait.sh');
    expect(Object.keys(step.env)).toEqual(
      expect.arrayContaining([
        'AGENT_TASKS_URL',
        'AGENT_TASKS_TOKEN',
        'AGENT_TASKS_KEY',
      ]),
    );
    // Nothing from outside is put into the text of the script.
    expect(step.run).not.toContain('${{');
  });
});
