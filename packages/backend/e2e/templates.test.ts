import { randomUUID } from 'node:crypto';
import { GithubSimulator } from '@agent-tasks/github-simulator';
import {
  AgentTasksApi,
  parseTemplate,
} from '@agent-tasks/plugin-agent-tasks-common';
import { createCredentials } from './credentials';
import { demoSeed } from './demoOrganization';
import { eventually } from './eventually';
import { Portal, startPortal } from './startPortal';

jest.setTimeout(60_000);

const component = 'component:default/payments-api';

function text(step: string): string {
  return `apiVersion: agent-tasks.io/v1alpha1
kind: AgentTaskTemplate
metadata:
  name: sort-imports
  title: Sort imports
  description: Sorts the imports of a folder.
spec:
  type: cleanup
  owner: group:default/team-platform
  parameters:
    type: object
    required: [folder]
    properties:
      folder: { type: string, pattern: '^[a-z/]+$' }
  prompt: |
    ${step} in \${{ parameters.folder }} of \${{ repository.name }}.
`;
}

describe('templates on the whole portal', () => {
  let simulator: GithubSimulator;
  let portal: Portal;
  let ada: AgentTasksApi;
  let dana: AgentTasksApi;

  beforeAll(async () => {
    const credentials = createCredentials();
    simulator = await GithubSimulator.start({
      seed: demoSeed({ credentials }),
    });
    portal = await startPortal({
      credentials,
      apiBaseUrl: simulator.apiUrl,
      backend: {
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
    });
    ({ api: ada } = await portal.signIn('ada'));
    ({ api: dana } = await portal.signIn('dana'));
  });
  afterAll(async () => {
    await portal?.stop();
    await simulator?.close();
  });

  it('come from the catalog: six, whose text can be the beginning of an own one', async () => {
    const { items } = await dana.listTemplates();
    expect(items.map(({ name, origin }) => [name, origin])).toEqual([
      ['bump-dependency', 'catalog'],
      ['cover-with-tests', 'catalog'],
      ['fix-advisory', 'catalog'],
      ['fix-lint', 'catalog'],
      ['migrate-api', 'catalog'],
      ['write-docs', 'catalog'],
    ]);
    for (const { name } of items) {
      const { yaml } = await dana.getTemplateRevision(name, 1);
      expect(parseTemplate(yaml)).toMatchObject({
        problems: [],
        template: { metadata: { name } },
      });
    }
  });

  it('are written, tried, revised, paused and archived by an admin', async () => {
    const yaml = text('Sort the imports');
    const preview = await ada.previewTemplate({
      yaml,
      component,
      parameters: { folder: 'src' },
    });
    expect(preview).toMatchObject({
      problems: [],
      parameterProblems: [],
      repository: { ref: 'github.com/acme/payments-api' },
      team: 'group:default/team-payments',
    });
    expect(preview.prompt?.text).toMatch(
      /^Sort the imports in <data name="parameters.folder">src<\/data> of payments-api\./,
    );

    await ada.createTemplate({ yaml });
    const draft = await ada.reviseTemplate('sort-imports', {
      yaml: text('Sort and merge the imports'),
      expectedRevision: 1,
      draft: true,
    });
    const launch = (api: AgentTasksApi, revision?: number) =>
      api.launch(
        {
          template: 'sort-imports',
          components: [component],
          parameters: { folder: 'src' },
          ...(revision && { revision }),
        },
        randomUUID(),
      );
    await expect(launch(dana, draft.number)).rejects.toMatchObject({
      statusCode: 403,
    });
    const tried = await launch(ada, draft.number);
    const { prompt, task } = await ada.getTask(tried.tasks[0]);
    expect(task.template.revision).toBe(2);
    expect(prompt.text).toContain('Sort and merge the imports');

    await ada.pauseTemplate('sort-imports', { reason: 'It loops.' });
    const held = await launch(dana);
    await eventually('its tasks wait for the brake', async () => {
      const details = await dana.getTask(held.tasks[0]);
      return details.hold?.limit === 'brake';
    });
    expect((await dana.getTemplate('sort-imports')).paused).toMatchObject({
      reason: 'It loops.',
      by: 'user:default/ada',
    });
    await ada.resumeTemplate('sort-imports');

    await ada.archiveTemplate('sort-imports');
    await expect(launch(dana)).rejects.toMatchObject({ statusCode: 404 });
    expect((await dana.getTask(held.tasks[0])).task.template.revision).toBe(1);
  });

  it('are no business of a developer', async () => {
    const yaml = text('Sort');
    for (const attempt of [
      dana.createTemplate({ yaml }),
      dana.reviseTemplate('fix-lint', { yaml, expectedRevision: 1 }),
      dana.previewTemplate({ yaml, component, parameters: {} }),
      dana.pauseTemplate('fix-lint', { reason: 'x' }),
      dana.resumeTemplate('fix-lint'),
      dana.archiveTemplate('fix-lint'),
      dana.restoreTemplate('fix-lint'),
    ]) {
      await expect(attempt).rejects.toMatchObject({ statusCode: 403 });
    }
    expect((await dana.validateTemplate('a: b')).problems).not.toEqual([]);
  });
});
