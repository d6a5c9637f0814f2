import { Entity } from '@backstage/catalog-model';
import { CatalogProcessorResult } from '@backstage/plugin-catalog-node';
import { AgentTaskTemplateProcessor } from './AgentTaskTemplateProcessor';

const processor = AgentTaskTemplateProcessor.create();

const template: Entity = {
  apiVersion: 'agent-tasks.io/v1alpha1',
  kind: 'AgentTaskTemplate',
  metadata: {
    name: 'fix-lint',
    namespace: 'recipes',
    title: 'Fix lint',
    description: 'Fixes lint.',
  },
  spec: {
    type: 'lint',
    owner: 'team-platform',
    parameters: { type: 'object', properties: {} },
    prompt: 'Fix the lint problems of ${{ repository.name }}.',
  },
};

describe('AgentTaskTemplateProcessor', () => {
  it('takes a good template', async () => {
    await expect(processor.validateEntityKind(template)).resolves.toBe(true);
  });

  it.each([
    { ...template, kind: 'Template' },
    { ...template, apiVersion: 'agent-tasks.io/v2' },
  ])('leaves $apiVersion $kind to others', async entity => {
    await expect(processor.validateEntityKind(entity)).resolves.toBe(false);
    const emit = jest.fn();
    await expect(
      processor.postProcessEntity(
        entity,
        { type: 'url', target: 'https://acme.example' },
        emit,
      ),
    ).resolves.toBe(entity);
    expect(emit).not.toHaveBeenCalled();
  });

  it('refuses a bad template with every problem', async () => {
    await expect(
      processor.validateEntityKind({
        ...template,
        spec: { ...template.spec, prompt: '', verson: 1 },
      }),
    ).rejects.toThrow(
      /^the template has 2 problems: .*spec\.verson.*spec\.prompt/,
    );
  });

  it('connects the template with its owner in both directions', async () => {
    const results: CatalogProcessorResult[] = [];
    await processor.postProcessEntity(
      template,
      { type: 'url', target: 'https://acme.example' },
      result => results.push(result),
    );
    const self = {
      kind: 'AgentTaskTemplate',
      namespace: 'recipes',
      name: 'fix-lint',
    };
    const owner = {
      kind: 'Group',
      namespace: 'recipes',
      name: 'team-platform',
    };
    expect(results).toEqual([
      {
        type: 'relation',
        relation: { source: self, type: 'ownedBy', target: owner },
      },
      {
        type: 'relation',
        relation: { source: owner, type: 'ownerOf', target: self },
      },
    ]);
  });
});
