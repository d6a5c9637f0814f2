import fc from 'fast-check';
import { readWanted } from './wantedComponents';

const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,20}$/);

function refsOf(components: string[]): string[] {
  const wanted = readWanted({ components });
  return 'refs' in wanted ? [...wanted.refs.keys()] : [];
}

describe('readWanted', () => {
  it('reads short refs as components, each once, and keeps how they were asked for', () => {
    expect(
      readWanted({ components: ['Shop', 'component:default/shop', 'api:a/b'] }),
    ).toEqual({
      refs: new Map([
        ['component:default/shop', 'Shop'],
        ['api:a/b', 'api:a/b'],
      ]),
    });
  });

  it('reads the same components whatever their order and however often they are named', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), fc.nat(), (names, seed) => {
        const other = [...names, names[seed % names.length]].reverse();
        expect(refsOf(other).sort()).toEqual(refsOf(names).sort());
      }),
    );
  });

  it('selects components where the filter names no kind', () => {
    expect(
      readWanted({ selection: { filter: [{ 'metadata.tags': ['java'] }] } }),
    ).toEqual({
      filters: [{ kind: ['component'], 'metadata.tags': ['java'] }],
      exclude: new Set(),
    });
  });

  it('leaves the kind to the filter that names one', () => {
    expect(
      readWanted({ selection: { filter: [{ Kind: ['api'] }] } }),
    ).toMatchObject({ filters: [{ Kind: ['api'] }] });
  });

  it('takes a search alone', () => {
    expect(
      readWanted({ selection: { search: ' pay ', exclude: ['Pay-Old'] } }),
    ).toEqual({
      filters: [{ kind: ['component'] }],
      search: 'pay',
      exclude: new Set(['component:default/pay-old']),
    });
  });

  it.each<[string, Parameters<typeof readWanted>[0], string]>([
    ['nothing', {}, 'Exactly one of components and selection'],
    [
      'both',
      { components: ['a'], selection: { search: 'a' } },
      'Exactly one of components and selection',
    ],
    ['no component', { components: [] }, 'this one is for 0'],
    [
      '50,001 components',
      { components: Array.from({ length: 50_001 }, (_, i) => `c${i}`) },
      'at most 50,000 components; this one is for 50,001',
    ],
    [
      'what is no ref',
      { components: ['a', ':b', 'c/'] },
      "Not an entity ref: ':b', 'c/'.",
    ],
    ['a selection of everything', { selection: {} }, 'neither a filter nor'],
    [
      'a selection by blanks',
      { selection: { search: '  ' } },
      'neither a filter nor',
    ],
    [
      'an exclusion that is no ref',
      { selection: { search: 'a', exclude: ['::'] } },
      "Not an entity ref: '::'.",
    ],
  ])('refuses %s', (_what, request, said) => {
    expect(() => readWanted(request)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(said),
      }),
    );
  });

  it('takes 50,000 components', () => {
    const components = Array.from({ length: 50_000 }, (_, i) => `c${i}`);
    expect(refsOf([...components, 'c1'])).toHaveLength(50_000);
  });
});
