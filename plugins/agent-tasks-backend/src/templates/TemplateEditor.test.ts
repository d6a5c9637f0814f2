import {
  mockCredentials,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { createStages } from '../__testUtils__/createStages';
import { ManualClock } from '../__testUtils__/ManualClock';
import { policyOf } from '../__testUtils__/policyOf';
import { templateText as text } from '../__testUtils__/templateText';
import { DatabaseEventStore } from '../audit/DatabaseEventStore';
import { Wakeups } from '../loops/Wakeups';
import { BrakeService } from '../queue/BrakeService';
import { DatabaseBrakeStore } from '../queue/DatabaseBrakeStore';
import { DatabaseTaskStore } from '../queue/DatabaseTaskStore';
import { DatabaseTemplateStore } from './DatabaseTemplateStore';
import { readTemplate, TemplateEditor } from './TemplateEditor';
import { TemplatePreviews } from './TemplatePreviews';
import { TemplateService } from './TemplateService';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ada = {
  credentials: mockCredentials.user('user:default/ada'),
  actor: 'user:default/ada',
};
const eve = {
  credentials: mockCredentials.user('user:default/eve'),
  actor: 'user:default/eve',
};
const { credentials } = ada;

describe.each(databases.eachSupportedId())(
  'TemplateEditor on %p',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;
    let stages: Awaited<ReturnType<typeof createStages>>;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      stages = await createStages({ knex });
      await stages.round('templates');
    });

    const events = async () =>
      (
        await knex('events')
          .where('type', 'like', 'template.%')
          .where('actor', '<>', 'system')
          .orderBy('sequence')
      ).map(({ type, actor, details }) => ({
        type,
        actor,
        ...JSON.parse(details),
      }));

    const numbersOf = async (name: string) =>
      (await stages.templates.listRevisions({ credentials, name })).items.map(
        ({ number, draft, current }) =>
          `${number}${draft ? ' draft' : ''}${current ? ' current' : ''}`,
      );

    it('adds a template, that everybody can launch then, as it was written', async () => {
      const { templateEditor, templates } = stages;
      const yaml = text();
      expect(await templateEditor.create(ada, yaml)).toEqual({
        template: 'tidy-up',
        number: 1,
        createdAt: '2026-03-02T08:00:00.000Z',
        createdBy: 'user:default/ada',
        draft: false,
        current: true,
        statistics: { tasks: 0, merged: 0, closed: 0, failed: 0 },
        title: 'Tidy up',
        parameters: expect.objectContaining({ required: ['folder'] }),
        prompt: 'Tidy ${{ repository.name }}.',
        yaml,
      });
      expect(await templates.get({ credentials, name: 'tidy-up' })).toEqual(
        expect.objectContaining({
          name: 'tidy-up',
          origin: 'portal',
          owner: 'group:default/shop',
          revision: 1,
          updatedAt: '2026-03-02T08:00:00.000Z',
          updatedBy: 'user:default/ada',
          review: { estimatedMinutes: 5 },
        }),
      );
      expect(
        (await templates.list({ credentials })).items.map(({ name }) => name),
      ).toEqual(['bump', 'tidy', 'tidy-up']);
      expect(await events()).toEqual([
        {
          type: 'template.created',
          actor: 'user:default/ada',
          template: 'tidy-up',
          revision: 1,
          origin: 'portal',
        },
      ]);
    });

    it('keeps it when the catalog, which does not have it, is read again', async () => {
      await stages.templateEditor.create(ada, text());
      await stages.round('templates');
      expect(await numbersOf('tidy-up')).toEqual(['1 current']);
      await stages.templates.get({ credentials, name: 'tidy-up' });
    });

    it('refuses a name that there is, and a namespace', async () => {
      const { templateEditor } = stages;
      await expect(
        templateEditor.create(ada, text('Tidy.', 'bump')),
      ).rejects.toThrow(
        "There is a template 'bump' already, from the catalog. Choose another name.",
      );
      await templateEditor.create(ada, text());
      await expect(templateEditor.create(eve, text())).rejects.toThrow(
        "There is a template 'tidy-up' already, of the portal. Choose another name.",
      );
      await templateEditor.setArchived(ada, 'tidy-up', true);
      await expect(templateEditor.create(eve, text())).rejects.toThrow(
        "There is an archived template 'tidy-up'. Restore it and revise it, or choose another name.",
      );
      await expect(
        templateEditor.create(
          ada,
          text().replace('name: tidy-up', 'name: x\n  namespace: other'),
        ),
      ).rejects.toThrow(
        "A template of the portal has no namespace; this one is in 'other'. Remove metadata.namespace.",
      );
    });

    it('refuses a text with errors, and says where they are', async () => {
      await expect(
        stages.templateEditor.create(
          ada,
          text().replace('type: cleanup', 'typ: cleanup'),
        ),
      ).rejects.toThrow(
        "The template has 2 problems. Line 8:1: spec.type is missing. Add it. Line 9:3: spec.typ is not a field of a template. Did you mean 'type'?",
      );
      expect(await events()).toEqual([]);
    });

    it('lets one of two who add the same name at once have it', async () => {
      const results = await Promise.allSettled([
        stages.templateEditor.create(ada, text('One.')),
        stages.templateEditor.create(eve, text('Two.')),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      expect(await numbersOf('tidy-up')).toEqual(['1 current']);
    });

    it('revises: the old revision stays as it was, and what was launched from it', async () => {
      const { templateEditor, templates } = stages;
      await templateEditor.create(ada, text('One.'));
      stages.clock.advance(60);
      const second = await templateEditor.revise(eve, 'tidy-up', {
        yaml: text('Two.'),
        expectedRevision: 1,
      });
      expect(second).toMatchObject({
        number: 2,
        current: true,
        createdBy: 'user:default/eve',
        prompt: 'Two.',
      });
      expect(await numbersOf('tidy-up')).toEqual(['2 current', '1']);
      expect(
        await templates.getRevision({
          credentials,
          name: 'tidy-up',
          number: 1,
        }),
      ).toMatchObject({ prompt: 'One.', yaml: text('One.'), current: false });
      await expect(
        templates.getRevision({ credentials, name: 'tidy-up', number: 3 }),
      ).rejects.toThrow(
        "The template 'tidy-up' has no revision 3; the current one is 2.",
      );
      expect((await events()).at(-1)).toEqual({
        type: 'template.revised',
        actor: 'user:default/eve',
        template: 'tidy-up',
        revision: 2,
        after: 1,
        draft: false,
        origin: 'portal',
      });
    });

    it('refuses a revision of what somebody else has changed, and says who', async () => {
      const { templateEditor } = stages;
      await templateEditor.create(ada, text('One.'));
      await templateEditor.revise(eve, 'tidy-up', {
        yaml: text('Two.'),
        expectedRevision: 1,
      });
      await expect(
        templateEditor.revise(ada, 'tidy-up', {
          yaml: text('Three.'),
          expectedRevision: 1,
        }),
      ).rejects.toThrow(
        "The template 'tidy-up' was revised in the meantime: revision 2 was written by user:default/eve at 2026-03-02T08:00:00.000Z, and yours was made from revision 1. Load it, compare, and save again.",
      );
      expect(await numbersOf('tidy-up')).toEqual(['2 current', '1']);
    });

    it('takes one of several revisions that are written at once', async () => {
      const { templateEditor } = stages;
      await templateEditor.create(ada, text('One.'));
      const results = await Promise.allSettled(
        ['Two.', 'Three.', 'Four.'].map(prompt =>
          templateEditor.revise(ada, 'tidy-up', {
            yaml: text(prompt),
            expectedRevision: 1,
          }),
        ),
      );
      expect(
        results.filter(({ status }) => status === 'fulfilled'),
      ).toHaveLength(1);
      expect(await numbersOf('tidy-up')).toEqual(['2 current', '1']);
    });

    it('writes nothing where nothing changed, and keeps a changed comment', async () => {
      const { templateEditor } = stages;
      await templateEditor.create(ada, text());
      const revise = (yaml: string, expectedRevision: number) =>
        templateEditor.revise(ada, 'tidy-up', { yaml, expectedRevision });
      expect(await revise(text(), 1)).toMatchObject({ number: 1 });
      expect(
        await revise(text().replace('it is due', 'it helps'), 1),
      ).toMatchObject({ number: 2, yaml: expect.stringContaining('helps') });
      expect(await numbersOf('tidy-up')).toEqual(['2 current', '1']);
    });

    it('keeps drafts beside the current revision', async () => {
      const { templateEditor, templates } = stages;
      await templateEditor.create(ada, text('One.'));
      expect(
        await templateEditor.revise(ada, 'tidy-up', {
          yaml: text('Tried.'),
          expectedRevision: 1,
          draft: true,
        }),
      ).toMatchObject({ number: 2, draft: true, current: false });
      expect(
        await templates.get({ credentials, name: 'tidy-up' }),
      ).toMatchObject({ revision: 1, prompt: 'One.' });
      // The text was made from the current revision, which the draft is not.
      await templateEditor.revise(ada, 'tidy-up', {
        yaml: text('Tried.'),
        expectedRevision: 1,
      });
      expect(await numbersOf('tidy-up')).toEqual(['3 current', '2 draft', '1']);
      expect((await events()).map(({ type }) => type)).toEqual([
        'template.created',
        'template.drafted',
        'template.revised',
      ]);
    });

    it('lets a draft be launched by its number, and counts it by itself', async () => {
      const { templateEditor, templates, launches } = stages;
      await templateEditor.create(ada, text('One of ${{ team }}.'));
      await templateEditor.revise(ada, 'tidy-up', {
        yaml: text('Tried.'),
        expectedRevision: 1,
        draft: true,
      });
      const launch = async (revision?: number) => {
        const { campaign } = await launches.launch({
          caller: { credentials, requester: 'user:default/ada' },
          request: {
            template: 'tidy-up',
            components: ['component:default/shop-1'],
            parameters: { folder: 'src' },
            ...(revision && { revision }),
          },
          idempotencyKey: `key-of-${revision ?? 'current'}`,
        });
        const { task, prompt } = await stages.tasks.get({
          credentials,
          id: campaign.tasks[0],
        });
        return [task.template.revision, prompt.text];
      };
      expect(await launch()).toEqual([1, 'One of group:default/shop.']);
      expect(await launch(2)).toEqual([2, 'Tried.']);
      await templateEditor.revise(ada, 'tidy-up', {
        yaml: text('Three.'),
        expectedRevision: 1,
      });
      // What was launched stays what it was.
      expect(await launch()).toEqual([1, 'One of group:default/shop.']);
      const { items } = await templates.listRevisions({
        credentials,
        name: 'tidy-up',
      });
      expect(
        items.map(({ number, statistics }) => [number, statistics.tasks]),
      ).toEqual([
        [3, 0],
        [2, 1],
        [1, 1],
      ]);
    });

    it('refuses another name in a revision, and a template that there is not', async () => {
      const { templateEditor } = stages;
      await templateEditor.create(ada, text());
      await expect(
        templateEditor.revise(ada, 'tidy-up', {
          yaml: text('Tidy.', 'tidier'),
          expectedRevision: 1,
        }),
      ).rejects.toThrow(
        "The text is of a template 'tidier'. A template keeps its name: write metadata.name: tidy-up, or save it as a new template.",
      );
      await expect(
        templateEditor.revise(ada, 'tidier', {
          yaml: text('Tidy.', 'tidier'),
          expectedRevision: 1,
        }),
      ).rejects.toThrow("There is no template 'tidier'.");
    });

    it('leaves templates of the catalog to the catalog, but pauses them', async () => {
      const { templateEditor, templates } = stages;
      const yaml = text('Bump.', 'bump');
      const readOnly =
        "The template 'bump' comes from the catalog and is read-only here. Change it at its source. It can be paused here.";
      await expect(
        templateEditor.revise(ada, 'bump', { yaml, expectedRevision: 1 }),
      ).rejects.toThrow(readOnly);
      await expect(
        templateEditor.setArchived(ada, 'bump', true),
      ).rejects.toThrow(readOnly);
      await knex('templates')
        .where({ name: 'bump' })
        .update({ source_url: 'https://git.example/bump.yaml' });
      await expect(
        templateEditor.setArchived(ada, 'bump', true),
      ).rejects.toThrow('at its source, https://git.example/bump.yaml.');
      expect(
        await templateEditor.pause(ada, 'bump', { reason: 'It loops.' }),
      ).toMatchObject({
        origin: 'catalog',
        sourceUrl: 'https://git.example/bump.yaml',
        paused: { reason: 'It loops.', by: 'user:default/ada' },
      });
      // The text of one from the catalog is made of what the catalog holds, and is a good template again.
      const { yaml: made } = await templates.getRevision({
        credentials,
        name: 'bump',
        number: 1,
      });
      expect(
        (await templates.validate({ credentials, yaml: made })).problems,
      ).toEqual([]);
      expect(made).toContain('prompt: Bump left-pad to');
    });

    it('pauses and resumes by the brake: the newest reason holds, and none is left over', async () => {
      const { templateEditor, brakes } = stages;
      await templateEditor.create(ada, text());
      await templateEditor.pause(ada, 'tidy-up', { reason: 'It loops.' });
      const paused = await templateEditor.pause(eve, 'tidy-up', {
        reason: 'Until the weekend is over.',
        until: '2026-03-03T08:00:00.000Z',
      });
      expect(paused.paused).toEqual({
        reason: 'Until the weekend is over.',
        by: 'user:default/eve',
        since: '2026-03-02T08:00:00.000Z',
        until: '2026-03-03T08:00:00.000Z',
      });
      expect(
        (await brakes.list(credentials)).items.map(
          ({ scope, subject, reason }) => [scope, subject, reason],
        ),
      ).toEqual([['template', 'tidy-up', 'Until the weekend is over.']]);
      const { paused: none } = await templateEditor.resume(ada, 'tidy-up');
      expect(none).toBeUndefined();
      expect((await brakes.list(credentials)).items).toEqual([]);
      await expect(
        templateEditor.pause(ada, 'tidy', { reason: ' ' }),
      ).rejects.toThrow("'reason' is empty");
      await expect(
        templateEditor.pause(ada, 'nothing', { reason: 'x' }),
      ).rejects.toThrow("'subject' must name a template");
      await expect(templateEditor.resume(ada, 'nothing')).rejects.toThrow(
        "There is no template 'nothing'.",
      );
    });

    it('is not paused any more when the time is over', async () => {
      const { templateEditor, templates, clock } = stages;
      await templateEditor.pause(ada, 'tidy', {
        reason: 'x',
        until: '2026-03-02T09:00:00.000Z',
      });
      clock.advance(3601);
      const { paused } = await templates.get({ credentials, name: 'tidy' });
      expect(paused).toBeUndefined();
    });

    it('archives and restores, once each', async () => {
      const { templateEditor, templates } = stages;
      await templateEditor.create(ada, text());
      const listed = async (archived: boolean) =>
        (await templates.list({ credentials, archived })).items.map(
          ({ name }) => name,
        );
      for (let times = 0; times < 2; times += 1) {
        expect(
          await templateEditor.setArchived(ada, 'tidy-up', true),
        ).toMatchObject({ archivedAt: '2026-03-02T08:00:00.000Z' });
      }
      expect(await listed(false)).toEqual(['bump', 'tidy']);
      expect(await listed(true)).toEqual(['bump', 'tidy', 'tidy-up']);
      await expect(
        templateEditor.revise(ada, 'tidy-up', {
          yaml: text('Two.'),
          expectedRevision: 1,
        }),
      ).rejects.toThrow(
        "The template 'tidy-up' is archived. Restore it before you revise it.",
      );
      await stages.round('templates');
      expect(
        (await templateEditor.setArchived(ada, 'tidy-up', false)).archivedAt,
      ).toBeUndefined();
      expect(await listed(false)).toEqual(['bump', 'tidy', 'tidy-up']);
      expect((await events()).map(({ type }) => type)).toEqual([
        'template.created',
        'template.archived',
        'template.restored',
      ]);
    });

    it('gives the name of an archived template to the catalog, and no other', async () => {
      const { templateEditor, templates } = stages;
      await templateEditor.create(ada, text());
      const store = DatabaseTemplateStore.create({ knex });
      const { content } = readTemplate(text('Of the catalog.'));
      const source = {
        at: stages.clock.now(),
        templates: [
          {
            name: 'tidy-up',
            entityRef: 'agenttasktemplate:default/tidy-up',
            content,
            sourceUrl: 'https://git.example/tidy.yaml',
          },
        ],
      };
      expect((await store.provision(source)).taken).toEqual(['tidy-up']);
      await templateEditor.setArchived(ada, 'tidy-up', true);
      expect(await store.provision(source)).toEqual({
        changed: expect.arrayContaining(['tidy-up']),
        taken: [],
      });
      expect(
        await templates.get({ credentials, name: 'tidy-up' }),
      ).toMatchObject({
        origin: 'catalog',
        sourceUrl: 'https://git.example/tidy.yaml',
        revision: 2,
      });
    });

    it('lets who writes templates pause them, and nothing else', async () => {
      const log = DatabaseEventStore.create({ knex });
      const brakesFor = (decisions: Parameters<typeof policyOf>[0]) =>
        BrakeService.create({
          brakes: DatabaseBrakeStore.create({ knex }),
          tasks: DatabaseTaskStore.create({ knex, events: log }),
          templates: DatabaseTemplateStore.create({ knex }),
          campaigns: {} as never,
          remotes: { providers: [] } as never,
          events: log,
          permissions: policyOf(decisions),
          clock: stages.clock,
          feed: {} as never,
          wakeups: new Wakeups(),
        });
      const denied = { result: AuthorizeResult.DENY } as const;
      const writer = brakesFor({ 'agent-tasks.brake.manage': denied });
      const neither = brakesFor({
        'agent-tasks.brake.manage': denied,
        'agent-tasks.template.manage': denied,
      });
      const target = {
        scope: 'template',
        subject: 'bump',
        reason: 'It loops.',
      } as const;
      expect(await writer.pull(ada, target)).toMatchObject({
        mayRelease: true,
      });
      for (const attempt of [
        neither.pull(eve, target),
        neither.releaseAll(eve, target),
        writer.pull(ada, { scope: 'portal', reason: 'x' }),
        writer.pull(ada, {
          scope: 'team',
          subject: 'group:default/shop',
          reason: 'x',
        }),
      ]) {
        await expect(attempt).rejects.toMatchObject({
          name: 'NotAllowedError',
        });
      }
      const { items, mayPull } = await writer.list(credentials);
      expect(items.map(({ mayRelease }) => mayRelease)).toEqual([true]);
      expect(mayPull.everything).toBe(false);
      await writer.releaseAll(ada, target);
      expect((await writer.list(credentials)).items).toEqual([]);
    });
  },
);

describe('Templates', () => {
  it('can be neither seen, written nor tried without the permission', async () => {
    const denied = { result: AuthorizeResult.DENY } as const;
    const options = (decisions: Parameters<typeof policyOf>[0]) => ({
      templates: {} as never,
      brakes: {} as never,
      planner: {} as never,
      views: {} as never,
      events: {} as never,
      permissions: policyOf(decisions),
      clock: new ManualClock(),
    });
    const writers = options({ 'agent-tasks.template.manage': denied });
    const editor = TemplateEditor.create(writers);
    const mayNot = {
      name: 'NotAllowedError',
      message:
        'You may not write templates. A platform admin can, or can grant the permission agent-tasks.template.manage.',
    };
    for (const attempt of [
      editor.create(eve, text()),
      editor.revise(eve, 'bump', { yaml: text(), expectedRevision: 1 }),
      editor.setArchived(eve, 'bump', true),
      editor.setArchived(eve, 'bump', false),
      TemplatePreviews.create(writers).preview({
        credentials: eve.credentials,
        request: { yaml: text(), component: 'x', parameters: {} },
      }),
    ]) {
      await expect(attempt).rejects.toMatchObject(mayNot);
    }

    const readers = TemplateService.create(
      options({ 'agent-tasks.template.read': denied }),
    );
    for (const attempt of [
      readers.list({ credentials }),
      readers.get({ credentials, name: 'bump' }),
      readers.listRevisions({ credentials, name: 'bump' }),
      readers.getRevision({ credentials, name: 'bump', number: 1 }),
      readers.validate({ credentials, yaml: '' }),
    ]) {
      await expect(attempt).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    }
  });
});
