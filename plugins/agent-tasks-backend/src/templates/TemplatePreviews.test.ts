import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { createStages } from '../__testUtils__/createStages';
import { templateText as text } from '../__testUtils__/templateText';
import { TemplatePreviews } from './TemplatePreviews';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const credentials = mockCredentials.user('user:default/ada');
const ada = { credentials, actor: 'user:default/ada' };

describe.each(databases.eachSupportedId())(
  'TemplatePreviews on %p show what a template would ask for',
  (databaseId: TestDatabaseId) => {
    let stages: Awaited<ReturnType<typeof createStages>>;

    // Previews store nothing: one portal serves for all of them.
    beforeAll(async () => {
      stages = await createStages({ knex: await databases.init(databaseId) });
      await stages.round('templates');
    });

    const component = 'component:default/shop-1';
    const preview = (
      request: Partial<Parameters<TemplatePreviews['preview']>[0]['request']>,
    ) =>
      stages.templatePreviews.preview({
        credentials,
        request: { component, parameters: { folder: 'src' }, ...request },
      });

    it('of a text that is not stored', async () => {
      expect(
        await preview({
          yaml: text('Tidy ${{ parameters.folder }} of ${{ team }}.'),
        }),
      ).toMatchObject({
        prompt: {
          text: expect.stringContaining(
            'Tidy <data name="parameters.folder">src</data> of group:default/shop.',
          ),
        },
        problems: [],
        parameterProblems: [],
        repository: { ref: 'github.com/acme/shop-1' },
        team: 'group:default/shop',
      });
      expect((await stages.templates.list({ credentials })).items).toHaveLength(
        2,
      );
    });

    it('of a text with errors: the errors', async () => {
      expect(
        await preview({ yaml: text().replace('prompt:', 'promt:') }),
      ).toEqual({
        problems: [
          expect.objectContaining({ line: 8, path: '/spec/prompt' }),
          expect.objectContaining({ line: 16, path: '/spec/promt' }),
        ],
        parameterProblems: [],
      });
    });

    it('with parameters that do not fit: why, and of the same template as it is now', async () => {
      const refused = await preview({
        yaml: text(),
        parameters: { folder: 'SRC' },
      });
      expect(refused.prompt).toBeUndefined();
      expect(refused.parameterProblems).toEqual([
        expect.stringContaining("'folder' must match pattern"),
      ]);
      const { parameterProblems } = await preview({
        yaml: text().replace('[a-z/]', '[A-Z/]'),
        parameters: { folder: 'SRC' },
      });
      expect(parameterProblems).toEqual([]);
    });

    it('of a stored revision, and of the current one', async () => {
      const { templateEditor } = stages;
      await templateEditor.create(ada, text('One.'));
      await templateEditor.revise(ada, 'tidy-up', {
        yaml: text('Two.'),
        expectedRevision: 1,
      });
      const textOf = async (revision?: number) =>
        (await preview({ name: 'tidy-up', revision })).prompt?.text;
      expect(await textOf()).toBe('Two.');
      expect(await textOf(1)).toBe('One.');
      await expect(textOf(7)).rejects.toThrow(
        "There is no revision 7 of the template 'tidy-up'.",
      );
      await expect(preview({ name: 'nothing' })).rejects.toThrow(
        "There is no template 'nothing'.",
      );
      await expect(preview({})).rejects.toThrow("Send either 'yaml' or");
      await expect(preview({ name: 'tidy-up', yaml: text() })).rejects.toThrow(
        "Send either 'yaml' or",
      );
    });

    it('for a component that a launch would leave out: why', async () => {
      expect(
        await preview({
          yaml: text(),
          component: 'component:default/nothing',
        }),
      ).toEqual({
        problems: [],
        parameterProblems: [],
        exclusion: expect.objectContaining({ reason: 'unknown-component' }),
      });
    });
  },
);
