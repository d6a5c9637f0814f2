import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import { AgentTasksApi } from '@agent-tasks/plugin-agent-tasks-common';
import scaffolderAgentTasks from '@agent-tasks/plugin-scaffolder-backend-module-agent-tasks';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
import { stringify } from 'yaml';
import { CatalogRoles } from '../src/permissions/CatalogRoles';
import { RolePolicy } from '../src/permissions/RolePolicy';
import { createCredentials } from './credentials';
import { demoSeed } from './demoOrganization';
import { eventually } from './eventually';
import { Portal, startPortal } from './startPortal';

jest.setTimeout(120_000);

/** The kind of the scaffolder's templates, of which the catalog of the demo knows nothing. */
const templateKind = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'templates-of-the-scaffolder',
  register(env) {
    env.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addProcessor({
          getProcessorName: () => 'TemplatesOfTheScaffolder',
          validateEntityKind: async entity => entity.kind === 'Template',
        });
      },
    });
  },
});

/** The policy of the demo, with which everybody may use the scaffolder. */
const policy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'roles-and-scaffolder',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        policies: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ policies, ...services }) {
        const roles = RolePolicy.create({
          roles: CatalogRoles.create(services),
        });
        policies.setPolicy({
          handle: async (request, user) =>
            request.permission.name.startsWith('scaffolder.')
              ? { result: AuthorizeResult.ALLOW }
              : roles.handle(request, user),
        });
      },
    });
  },
});

const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'lint', title: 'Fix lint' },
  spec: {
    type: 'service',
    owner: 'group:default/team-platform',
    parameters: [
      {
        title: 'What',
        required: ['component'],
        properties: { component: { type: 'string' } },
      },
    ],
    steps: [
      {
        id: 'launch',
        name: 'Launch',
        action: 'agent-tasks:launch',
        input: {
          template: 'fix-lint',
          components: ['${{ parameters.component }}'],
          parameters: { rule: 'no-unused-vars' },
        },
      },
      {
        id: 'wait',
        name: 'Wait',
        action: 'agent-tasks:wait',
        input: {
          campaignId: '${{ steps.launch.output.campaignId }}',
          until: 'in_review',
          timeoutSeconds: 60,
        },
      },
    ],
    output: {
      campaign: '${{ steps.launch.output.campaignId }}',
      states: '${{ steps.wait.output.states }}',
    },
  },
};

describe('a template of the scaffolder', () => {
  const credentials = createCredentials();
  const folder = mkdtempSync(join(tmpdir(), 'agent-tasks-scaffolder-'));
  let simulator: GithubSimulator;
  let portal: Portal;
  let ada: AgentTasksApi;

  beforeAll(async () => {
    const file = join(folder, 'template.yaml');
    writeFileSync(file, stringify(template));
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
      catalogFiles: [file],
      policy,
      features: [scaffolder, scaffolderAgentTasks, templateKind],
    });
    ({ api: ada } = await portal.signIn('ada'));
  });
  afterAll(async () => {
    await portal?.stop();
    await simulator?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function call(
    token: string,
    method: string,
    path: string,
    body?: JsonObject,
  ): Promise<JsonObject & { events?: JsonObject[] }> {
    const response = await fetch(`${portal.url}/api/scaffolder${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${path} was answered with ${response.status}: ${text}`);
    }
    return JSON.parse(text);
  }

  /** Runs the template as somebody until it ends, and says how. */
  async function run(
    persona: string,
    component: string,
  ): Promise<{ status: string; log: string; output: JsonObject }> {
    const { token } = await portal.signIn(persona);
    const { id } = await eventually('the template can be run', () =>
      call(token, 'POST', '/v2/tasks', {
        templateRef: 'template:default/lint',
        values: { component },
      }),
    );
    return eventually(
      'the template has run',
      async () => {
        const { status } = await call(token, 'GET', `/v2/tasks/${id}`);
        if (status !== 'completed' && status !== 'failed') {
          return undefined;
        }
        const events = (await call(
          token,
          'GET',
          `/v2/tasks/${id}/events`,
        )) as unknown as { body: { message: string; output?: JsonObject } }[];
        return {
          status,
          log: events.map(({ body }) => body.message).join('\n'),
          output:
            events.find(({ body }) => body.output)?.body.output ??
            ({} as JsonObject),
        };
      },
      { seconds: 60 },
    );
  }

  it('launches as who runs it, and waits until the change is in review', async () => {
    const { status, log, output } = await run(
      'dana',
      'component:default/payments-api',
    );
    expect(`${log}\n${status}`).toMatch(/completed$/);
    expect(output.states).toEqual({ in_review: 1 });
    expect(log).toContain('1 task, 0 components left out.');
    expect(await ada.getCampaign(output.campaign as string)).toMatchObject({
      requester: 'user:default/dana',
      states: { in_review: 1 },
    });
  });

  it('launches nothing on what the person who runs it may not launch on', async () => {
    const before = (await ada.listCampaigns()).items.length;
    const { status, log } = await run('dana', 'component:default/checkout-api');
    expect(status).toBe('failed');
    expect(log).toContain('Nothing would be launched');
    expect((await ada.listCampaigns()).items).toHaveLength(before);
  });
});
