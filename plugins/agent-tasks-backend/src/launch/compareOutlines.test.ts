import { compareOutlines } from './compareOutlines';

const shop = {
  repository: 'github.com/acme/shop',
  team: 'group:default/shop',
  components: ['component:default/shop-api', 'component:default/shop-web'],
};
const pay = {
  repository: 'github.com/acme/pay',
  team: 'group:default/pay',
  components: ['component:default/pay'],
};
const outline = { templateRevision: 3, tasks: [shop, pay] };

describe('compareOutlines', () => {
  it('finds none where only the order differs', () => {
    expect(
      compareOutlines(outline, {
        templateRevision: 3,
        tasks: [pay, { ...shop, components: [...shop.components].reverse() }],
      }),
    ).toEqual([]);
  });

  it('does not change what it compares', () => {
    const components = ['component:default/b', 'component:default/a'];
    compareOutlines(
      { templateRevision: 1, tasks: [{ ...shop, components }] },
      outline,
    );
    expect(components).toEqual(['component:default/b', 'component:default/a']);
  });

  it('names another revision of the template', () => {
    expect(
      compareOutlines(outline, { ...outline, templateRevision: 4 }),
    ).toEqual(['the template is now at revision 4, not 3']);
  });

  it.each([
    ['team', { ...pay, team: 'group:default/shop' }],
    ['repository', { ...pay, repository: 'github.com/acme/pay-2' }],
    ['components', { ...pay, components: ['component:default/wallet'] }],
  ])('names both tasks where the %s changed', (_what, changed) => {
    const differences = compareOutlines(outline, {
      ...outline,
      tasks: [shop, changed],
    });
    expect(differences).toEqual([
      'no longer planned: github.com/acme/pay for group:default/pay (component:default/pay)',
      `newly planned: ${changed.repository} for ${changed.team} (${changed.components})`,
    ]);
  });

  it('names tasks that are gone and new', () => {
    expect(compareOutlines(outline, { ...outline, tasks: [shop] })).toEqual([
      expect.stringMatching(/^no longer planned: .*pay/),
    ]);
    expect(compareOutlines({ ...outline, tasks: [shop] }, outline)).toEqual([
      expect.stringMatching(/^newly planned: .*pay/),
    ]);
  });
});
