import { Entity } from '@backstage/catalog-model';
import { ResolvedRepository, resolveRepository } from './resolveRepository';

function component(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'shop', annotations },
  };
}

const slug = 'github.com/project-slug';
const source = 'backstage.io/source-location';
const manager = 'backstage.io/managed-by-location';

const shop = { host: 'github.com', owner: 'acme', name: 'shop' };

describe('resolveRepository', () => {
  it.each<{
    what: string;
    annotations: Record<string, string>;
    expected: ResolvedRepository;
  }>([
    {
      what: 'the project slug',
      annotations: { [slug]: 'acme/shop' },
      expected: { repository: shop },
    },
    {
      what: 'a project slug with a line break behind it, as block text in YAML has',
      annotations: { [slug]: 'acme/shop\n' },
      expected: { repository: shop },
    },
    {
      what: 'the source location',
      annotations: { [source]: 'url:https://github.com/acme/shop/tree/main/' },
      expected: { repository: shop },
    },
    {
      what: 'a folder of a source location',
      annotations: {
        [source]: 'url:https://github.com/acme/shop/tree/main/packages/api/',
      },
      expected: { repository: shop, path: 'packages/api' },
    },
    {
      what: 'a source location that is a file',
      annotations: {
        [source]: 'url:https://github.com/acme/shop/blob/main/api/README.md',
      },
      expected: { repository: shop, path: 'api' },
    },
    {
      what: 'an address without a branch, with .git behind it',
      annotations: { [source]: 'url:https://github.com/acme/shop.git' },
      expected: { repository: shop },
    },
    {
      what: 'an address with credentials, without them',
      annotations: {
        [source]: 'url:https://x:secret@github.com/acme/shop/tree/main/',
      },
      expected: { repository: shop },
    },
    {
      what: 'the file that describes the component, at the top',
      annotations: {
        [manager]:
          'url:https://github.com/acme/shop/blob/main/catalog-info.yaml',
      },
      expected: { repository: shop },
    },
    {
      what: 'the file that describes the component, in a folder',
      annotations: {
        [manager]:
          'url:https://github.com/acme/shop/tree/main/packages/api/catalog-info.yaml',
      },
      expected: { repository: shop, path: 'packages/api' },
    },
    {
      what: 'the source before the description',
      annotations: {
        [source]: 'url:https://github.com/acme/shop/tree/main/',
        [manager]:
          'url:https://github.com/acme/catalog/blob/main/shop/catalog-info.yaml',
      },
      expected: { repository: shop },
    },
    {
      what: 'the slug before the source, whose path is of another repository',
      annotations: {
        [slug]: 'acme/shop',
        [source]:
          'url:https://github.com/acme/monorepo/tree/main/packages/api/',
      },
      expected: { repository: shop },
    },
    {
      what: 'the slug, with the path of a source in the same repository',
      annotations: {
        [slug]: 'Acme/Shop',
        [source]: 'url:https://github.com/acme/shop/tree/main/packages/api/',
      },
      expected: {
        repository: { host: 'github.com', owner: 'Acme', name: 'Shop' },
        path: 'packages/api',
      },
    },
    {
      what: 'the slug, with the path of a description in the same repository',
      annotations: {
        [slug]: 'acme/shop',
        [source]: 'url:https://github.com/acme/other/tree/main/x/',
        [manager]:
          'url:https://github.com/acme/shop/blob/main/packages/api/catalog-info.yaml',
      },
      expected: { repository: shop, path: 'packages/api' },
    },
    {
      what: 'a slug of a GitHub Enterprise server, not its namesake on github.com',
      annotations: {
        [slug]: 'acme/shop',
        [source]: 'url:https://ghe.acme.example/acme/shop/tree/main/api/',
      },
      expected: {
        repository: { ...shop, host: 'ghe.acme.example' },
        path: 'api',
      },
    },
    {
      what: 'another host',
      annotations: {
        [source]: 'url:https://gitlab.acme.example/group/sub/shop/-/tree/main/',
      },
      expected: {
        repository: {
          host: 'gitlab.acme.example',
          owner: 'group/sub',
          name: 'shop',
        },
      },
    },
    {
      what: 'the source where the slug names no repository',
      annotations: {
        [slug]: 'acme',
        [source]: 'url:https://github.com/acme/shop/tree/main/',
      },
      expected: { repository: shop },
    },
  ])('reads $what', ({ annotations, expected }) => {
    expect(resolveRepository(component(annotations))).toEqual(expected);
  });

  it.each<[string, Record<string, string>]>([
    ['no annotations', {}],
    ['an empty slug', { [slug]: '' }],
    ['a slug without an owner', { [slug]: '/shop' }],
    ['a slug of three parts', { [slug]: 'acme/shop/api' }],
    ['a slug that is an address', { [slug]: 'https://github.com/acme/shop' }],
    ['a file of the backend', { [manager]: 'file:/catalog/shop.yaml' }],
    ['something that is no address', { [source]: 'url:not an address' }],
    ['an empty address', { [source]: 'url:' }],
    [
      'an owner without a repository',
      { [source]: 'url:https://github.com/acme' },
    ],
    ['a host alone', { [source]: 'url:https://github.com/' }],
  ])('finds none in %s', (_what, annotations) => {
    expect(resolveRepository(component(annotations))).toBeUndefined();
  });

  it('finds none where there are no annotations at all', () => {
    expect(
      resolveRepository({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'shop' },
      }),
    ).toBeUndefined();
  });
});
