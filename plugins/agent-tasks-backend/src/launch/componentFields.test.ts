import { fieldsFor } from './componentFields';

describe('fieldsFor', () => {
  const plain = fieldsFor({});

  it('leaves out what may be large, and what no plan looks at', () => {
    expect(plain).not.toContain('metadata');
    expect(plain).not.toContain('spec');
    expect(plain).not.toContain('status');
  });

  it.each([
    'kind',
    'spec.type',
    'metadata.annotations.github.com/project-slug',
    'metadata.labels.tier',
    'relations.ownedBy',
  ])('has what a filter by %s needs already', key => {
    expect(fieldsFor({ appliesTo: [{ [key]: 'x' }] })).toEqual(plain);
  });

  it.each([
    ['spec.system', 'spec'],
    ['spec.Type', 'spec'],
    ['metadata.tags', 'metadata'],
    ['Metadata.tags', 'metadata'],
  ])('reads the whole part for a filter by %s', (key, field) => {
    expect(fieldsFor({ appliesTo: [{ kind: 'api' }, { [key]: 'x' }] })).toEqual(
      [...plain, field],
    );
  });
});
