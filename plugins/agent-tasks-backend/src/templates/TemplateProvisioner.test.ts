import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { ManualClock } from '../__testUtils__/ManualClock';
import { TemplateProvisioner } from './TemplateProvisioner';
import { TemplateStore } from './TemplateStore';

function template(change: {
  metadata?: Partial<Entity['metadata']>;
  spec?: object;
  apiVersion?: string;
  relations?: Entity['relations'];
}): Entity {
  return {
    apiVersion: change.apiVersion ?? 'agent-tasks.io/v1alpha1',
    kind: 'AgentTaskTemplate',
    metadata: {
      name: 'bump',
      title: 'Bump',
      description: 'Raises it.',
      ...change.metadata,
    },
    spec: {
      type: 'dependency',
      owner: 'shop',
      parameters: { type: 'object', properties: {} },
      prompt: 'Bump all of ${{ repository.name }}.',
      ...change.spec,
    },
    relations: change.relations,
  };
}

function setUp(...entities: Entity[]) {
  const catalog = catalogServiceMock({ entities });
  const logger = mockServices.logger.mock();
  const provision = jest.fn<
    ReturnType<TemplateStore['provision']>,
    Parameters<TemplateStore['provision']>
  >(async () => ({ changed: [], taken: [] }));
  const append = jest.fn<Promise<void>, Parameters<EventStore['append']>>(
    async () => {},
  );
  const provisioner = TemplateProvisioner.create({
    catalog,
    auth: mockServices.auth(),
    templates: { provision },
    events: { append },
    clock: new ManualClock(),
    logger,
  });
  return { append, catalog, logger, provision, provisioner };
}

describe('TemplateProvisioner', () => {
  it('takes templates over as the catalog holds them, and nothing else', async () => {
    const { provision, provisioner, logger } = setUp(
      template({
        metadata: {
          tags: ['npm'],
          annotations: {
            'backstage.io/managed-by-location':
              'url:https://github.com/acme/recipes/blob/main/bump.yaml',
          },
        },
        spec: {
          agent: { model: 'large' },
          execution: { timeoutSeconds: 600, queueTimeoutSeconds: 3600 },
          review: { autoMerge: true, estimatedMinutes: 5 },
          appliesTo: [{ kind: 'Component' }],
        },
        relations: [{ type: 'ownedBy', targetRef: 'group:default/platform' }],
      }),
      { ...template({}), kind: 'Component' },
    );
    await provisioner.round();
    expect(provision).toHaveBeenCalledWith({
      at: new Date('2026-03-02T08:00:00.000Z'),
      record: expect.any(Function),
      templates: [
        {
          name: 'bump',
          sourceUrl: 'https://github.com/acme/recipes/blob/main/bump.yaml',
          entityRef: 'agenttasktemplate:default/bump',
          content: {
            title: 'Bump',
            description: 'Raises it.',
            type: 'dependency',
            owner: 'group:default/platform',
            tags: ['npm'],
            parameters: { type: 'object', properties: {} },
            prompt: 'Bump all of ${{ repository.name }}.',
            agent: { model: 'large' },
            execution: { timeoutSeconds: 600, queueTimeoutSeconds: 3600 },
            review: { autoMerge: true, estimatedMinutes: 5 },
            appliesTo: [{ kind: 'Component' }],
          },
        },
      ],
    });
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('names a template of another namespace with it, and its owner likewise', async () => {
    const { provision, provisioner } = setUp(
      template({ metadata: { namespace: 'Recipes' } }),
    );
    await provisioner.round();
    expect(provision.mock.calls[0][0].templates).toMatchObject([
      {
        name: 'Recipes/bump',
        content: { title: 'Bump', owner: 'group:recipes/shop' },
      },
    ]);
  });

  it.each<[string, Parameters<typeof template>[0], string]>([
    [
      'an undefined variable',
      { spec: { prompt: 'Bump ${{ parameters.version }}.' } },
      "${{ parameters.version }} is undefined: declare 'version'",
    ],
    ['no prompt', { spec: { prompt: undefined } }, 'spec.prompt is missing'],
    ['no owner', { spec: { owner: undefined } }, 'spec.owner is missing'],
    [
      'no parameters',
      { spec: { parameters: null } },
      'spec.parameters must be an object with fields; it is null',
    ],
    [
      'another version',
      { apiVersion: 'agent-tasks.io/v9' },
      'Its apiVersion agent-tasks.io/v9 is not known',
    ],
  ])(
    'leaves out a template with %s, says so once, and takes the others',
    async (_what, change, problem) => {
      const { provision, provisioner, logger } = setUp(
        template({ ...change, metadata: { name: 'wrong' } }),
        template({}),
      );
      await provisioner.round();
      await provisioner.round();
      expect(
        provision.mock.calls[0][0].templates.map(({ name }) => name),
      ).toEqual(['bump']);
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('agenttasktemplate:default/wrong'),
      );
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining(problem),
      );
    },
  );

  it('judges again what has changed', async () => {
    const broken = template({
      metadata: { etag: '1' },
      spec: { prompt: undefined },
    });
    const { catalog, provision, provisioner } = setUp(broken);
    const named = (round: number) =>
      provision.mock.calls[round][0].templates.map(({ name }) => name);
    await provisioner.round();
    catalog.getEntities = async () => ({
      items: [template({ metadata: { etag: '2' } })],
    });
    await provisioner.round();
    expect([named(0), named(1)]).toEqual([[], ['bump']]);
  });

  it('removes nothing while the catalog does not answer', async () => {
    const { catalog, provision, provisioner } = setUp(template({}));
    catalog.getEntities = async () => {
      throw new Error('catalog is away');
    };
    await expect(provisioner.round()).rejects.toThrow('catalog is away');
    expect(provision).not.toHaveBeenCalled();
  });

  it('says what changed', async () => {
    const { provision, provisioner, logger } = setUp(template({}));
    provision.mockResolvedValueOnce({ changed: ['bump'], taken: [] });
    await provisioner.round();
    await provisioner.round();
    expect(logger.info.mock.calls).toEqual([
      ['Templates added, changed or removed: bump'],
    ]);
  });

  it('writes down what changes, in the transaction of the change', async () => {
    const { provision, provisioner, append } = setUp(template({}));
    const tx = {} as Transaction;
    provision.mockImplementationOnce(async ({ record }) => {
      await record?.(tx, [{ name: 'bump', change: 'revised', revision: 4 }]);
      return { changed: ['bump'], taken: [] };
    });
    await provisioner.round();
    expect(append.mock.calls).toEqual([
      [
        tx,
        [
          {
            at: new Date('2026-03-02T08:00:00.000Z'),
            type: 'template.revised',
            actor: 'system',
            message: "The catalog brought revision 4 of the template 'bump'.",
            details: { template: 'bump', revision: 4, origin: 'catalog' },
          },
        ],
      ],
    ]);
  });

  it('says once that the portal has a template of the same name', async () => {
    const { provision, provisioner, logger } = setUp(template({}));
    provision.mockResolvedValue({ changed: [], taken: ['bump'] });
    await provisioner.round();
    await provisioner.round();
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining("a template 'bump', and so has the portal")],
    ]);
  });

  it.each([
    ['file:/srv/bump.yaml', undefined],
    ['url:https://git.example/bump.yaml', 'https://git.example/bump.yaml'],
    ['url:javascript:alert(1)', undefined],
  ])('links to the source %s as %s', async (location, sourceUrl) => {
    const { provision, provisioner } = setUp(
      template({
        metadata: {
          annotations: { 'backstage.io/managed-by-location': location },
        },
      }),
    );
    await provisioner.round();
    expect(provision.mock.calls[0][0].templates[0].sourceUrl).toBe(sourceUrl);
  });
});
