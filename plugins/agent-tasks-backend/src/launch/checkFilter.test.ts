import { checkFilters } from './checkFilter';

describe('checkFilters', () => {
  it.each<Record<string, string[]>>([
    { kind: ['component'] },
    { Kind: ['Component', 'API'] },
    { 'relations.ownedBy': ['group:default/shop', 'user:default/lee'] },
    { 'relations.partOf': ['system:default/pay'] },
    { 'spec.type': ['service'], 'spec.lifecycle': ['production'] },
    { 'metadata.tags': ['java'] },
    { 'metadata.annotations.github.com/project-slug': [] },
    { 'metadata.labels.tier': ['1'] },
    { 'spec.owner': ['shop'] },
  ])('lets %j pass', filter => {
    expect(() => checkFilters([filter])).not.toThrow();
  });

  it.each<[string, Record<string, string[]>, string]>([
    ['an empty filter', {}, 'without keys selects everything'],
    [
      'the owner by its short name',
      { owner: ['shop'] },
      "Did you mean 'relations.ownedBy'?",
    ],
    ['a tag', { tag: ['java'] }, "Did you mean 'metadata.tags'?"],
    [
      'an annotation',
      { 'annotation.github.com/project-slug': [] },
      "Did you mean 'metadata.annotations.github.com/project-slug'?",
    ],
    ['a root that there is not', { 'status.items': ['x'] }, 'can never match'],
    ['all annotations', { 'metadata.annotations': [] }, 'must name one value'],
    ['a whole part', { spec: ['service'] }, 'such as spec.type'],
    ['a key that ends', { 'spec.': ['service'] }, 'must name one value'],
    [
      'a part of a relation',
      { 'relations.ownedBy.name': ['shop'] },
      'such as relations.ownedby',
    ],
    [
      'a relation to half a ref',
      { 'relations.ownedBy': ['shop'] },
      'write an entity ref in full',
    ],
    [
      'a relation to a ref without a kind',
      { 'relations.ownedBy': ['default/shop'] },
      'write an entity ref in full',
    ],
    [
      'a second filter in a value',
      { 'spec.type': ['service,kind=user'] },
      'holds a comma',
    ],
    [
      'a second filter in a key',
      { 'spec.type=service,kind': ['user'] },
      'keys hold no comma',
    ],
    [
      'a key that the catalog does not keep',
      { [`metadata.annotations.${'x'.repeat(200)}`]: [] },
      'no key of more than 200 characters',
    ],
    [
      'more than the catalog reads',
      {
        'metadata.tags': Array.from(
          { length: 500 },
          (_, i) => `${i}${'t'.repeat(150)}`,
        ),
      },
      'Filter by fewer values',
    ],
  ])('refuses %s, and says what to do', (_what, filter, said) => {
    expect(() => checkFilters([filter])).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(said),
      }),
    );
  });
});
