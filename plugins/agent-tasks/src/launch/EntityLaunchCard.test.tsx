import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { exampleCatalog } from '../../dev/exampleCatalog';
import { renderInPortal } from '../../dev/renderInPortal';
import { EntityLaunchCard } from './EntityLaunchCard';

const entities = exampleCatalog({ components: 50 });

const open = (kind: string, name: string) =>
  renderInPortal(
    <EntityProvider
      entity={
        entities.find(
          one => one.kind === kind && one.metadata.name === name,
        ) as Entity
      }
    >
      <EntityLaunchCard />
    </EntityProvider>,
    { entities },
  );

const addressOf = (button: HTMLElement) =>
  new URLSearchParams(button.getAttribute('href')?.split('?')[1]);

describe('EntityLaunchCard', () => {
  it('leads from a system to a launch on all of its components', async () => {
    await open('System', 'cart');
    const button = await screen.findByRole('button', {
      name: 'Launch on 10 components…',
    });
    expect(button.getAttribute('href')).toMatch(/^\/agent-tasks\/launch\?/);
    expect([...addressOf(button)]).toEqual([
      ['system', 'system:default/cart'],
      ['select', 'all'],
    ]);
  });

  it('counts the components of a domain and of the domains below it', async () => {
    await open('Domain', 'commerce');
    const button = await screen.findByRole('button', {
      name: 'Launch on 50 components…',
    });
    expect(addressOf(button).getAll('domain')).toEqual([
      'domain:default/commerce',
    ]);
  });

  it('takes what the groups below a group own as well', async () => {
    await open('Group', 'shop');
    const button = await screen.findByRole('button', {
      name: 'Launch on 50 components…',
    });
    expect(addressOf(button).getAll('owner')).toEqual([
      'group:default/shop',
      'group:default/team-payments',
      'group:default/team-checkout',
      'group:default/team-search',
      'group:default/team-ledger',
      'group:default/team-mobile',
    ]);
  });
});
