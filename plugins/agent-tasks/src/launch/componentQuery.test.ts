import {
  isNarrowed,
  isSelected,
  toCatalogFilter,
  toggleComponent,
  toRequestedComponents,
} from './componentQuery';
import type { ComponentFilterValues } from './launchParameters';

const filters = (
  values: Partial<ComponentFilterValues> = {},
): ComponentFilterValues => ({
  owner: [],
  system: [],
  domain: [],
  type: [],
  lifecycle: [],
  tag: [],
  ...values,
});

const systemsOf = (domain: string) =>
  ({
    'domain:default/shop': ['system:default/cart', 'system:default/search'],
    'domain:default/money': ['system:default/payments'],
  })[domain] ?? [];

describe('toCatalogFilter', () => {
  it('finds every component where nothing is chosen', () => {
    expect(toCatalogFilter({ filters: filters(), systemsOf })).toEqual({
      kind: ['component'],
    });
  });

  it('asks for each filter where the catalog has it', () => {
    expect(
      toCatalogFilter({
        filters: filters({
          owner: ['group:default/payments'],
          system: ['system:default/cart'],
          type: ['service', 'website'],
          lifecycle: ['production'],
          tag: ['java'],
        }),
        systemsOf,
      }),
    ).toEqual({
      kind: ['component'],
      'relations.ownedBy': ['group:default/payments'],
      'relations.partOf': ['system:default/cart'],
      'spec.type': ['service', 'website'],
      'spec.lifecycle': ['production'],
      'metadata.tags': ['java'],
    });
  });

  it('looks for a domain by its systems, of which chosen systems leave some', () => {
    const partOf = (values: Partial<ComponentFilterValues>) =>
      toCatalogFilter({ filters: filters(values), systemsOf })[
        'relations.partOf'
      ];
    expect(
      partOf({ domain: ['domain:default/shop', 'domain:default/money'] }),
    ).toEqual([
      'system:default/cart',
      'system:default/search',
      'system:default/payments',
    ]);
    expect(
      partOf({
        domain: ['domain:default/shop'],
        system: ['system:default/search', 'system:default/payments'],
      }),
    ).toEqual(['system:default/search']);
  });

  it('finds nothing rather than everything in a domain without systems', () => {
    expect(
      toCatalogFilter({
        filters: filters({ domain: ['domain:default/empty'] }),
        systemsOf,
      })['relations.partOf'],
    ).toEqual(['domain:default/empty']);
  });
});

describe('the selection of components', () => {
  const filter = { kind: ['component'] };

  it('ticks and unticks in a list', () => {
    const one = toggleComponent(
      { kind: 'listed', components: [] },
      'component:default/a',
    );
    expect(isSelected(one, 'component:default/a')).toBe(true);
    const none = toggleComponent(one, 'component:default/a');
    expect(isSelected(none, 'component:default/a')).toBe(false);
  });

  it('leaves single ones out of all that match', () => {
    const all = { kind: 'matching' as const, except: [] };
    expect(isSelected(all, 'component:default/a')).toBe(true);
    const but = toggleComponent(all, 'component:default/a');
    expect(isSelected(but, 'component:default/a')).toBe(false);
    expect(
      toRequestedComponents({ selection: but, filter, search: ' pay ' }),
    ).toEqual({
      selection: {
        filter: [filter],
        search: 'pay',
        exclude: ['component:default/a'],
      },
    });
  });

  it('asks for nothing where nothing is chosen', () => {
    expect(
      toRequestedComponents({
        selection: { kind: 'listed', components: [] },
        filter,
        search: '',
      }),
    ).toBeUndefined();
  });

  it('knows whether anything narrows it', () => {
    expect(isNarrowed({ filters: filters(), search: ' ' })).toBe(false);
    expect(
      isNarrowed({ filters: filters({ tag: ['java'] }), search: '' }),
    ).toBe(true);
  });
});
