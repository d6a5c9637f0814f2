import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
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
    metadata: { name: 'bump', title: 'Bump', ...change.metadata },
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
    Promise<string[]>,
    Parameters<TemplateStore['provision']>
  >(async () => []);
  const provisioner = TemplateProvisioner.create({
    catalog,
    auth: mockServices.auth(),
    templates: { provision } as Partial<TemplateStore> as TemplateStore,
    clock: new ManualClock(),
    logger,
  });
  return { catalog, logger, provision, provisioner };
}

describe('TemplateProvisioner', () => {
  it('takes templates over as the catalog holds them, and nothing else', async () => {
    const { provision, provisioner, logger } = setUp(
      template({
        metadata: { description: 'Raises it.', tags: ['npm'] },
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
      templates: [
        {
          name: 'bump',
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
      template({ metadata: { namespace: 'Recipes', title: undefined } }),
    );
    await provisioner.round();
    expect(provision.mock.calls[0][0].templates).toMatchObject([
      {
        name: 'Recipes/bump',
        content: { title: 'bump', owner: 'group:recipes/shop' },
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
      'spec.parameters is missing',
    ],
    [
      'another version',
      { apiVersion: 'agent-tasks.io/v9' },
      'its apiVersion agent-tasks.io/v9 is not known',
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
    provision.mockResolvedValueOnce(['bump']);
    await provisioner.round();
    await provisioner.round();
    expect(logger.info.mock.calls).toEqual([
      ['Templates added, changed or removed: bump'],
    ]);
  });
});
