import {
  formatLaunchParameters,
  type LaunchParameters,
  parseLaunchParameters,
} from './launchParameters';

const chosen: LaunchParameters = {
  filters: {
    owner: ['group:default/payments', 'group:default/checkout'],
    system: ['system:default/shop'],
    domain: [],
    type: ['service'],
    lifecycle: [],
    tag: ['java'],
  },
  search: 'api & co',
  selection: { kind: 'matching', except: ['component:default/cart'] },
  template: 'bump-dependency',
  revision: 4,
  parameters: { dependency: 'axios', deep: { list: [1, 'zwei'] } },
  priority: 'high',
  waves: '1, 25%',
  waveMode: 'approval',
  campaign: undefined,
};

const again = (parameters: LaunchParameters) => {
  const { search, state } = formatLaunchParameters(parameters);
  return parseLaunchParameters(new URLSearchParams(String(search)), state);
};

describe('launch parameters in an address', () => {
  it('come back as they were', () => {
    expect(again(chosen)).toEqual(chosen);
    const listed: LaunchParameters = {
      ...chosen,
      selection: {
        kind: 'listed',
        components: ['component:default/a', 'component:default/b'],
      },
      campaign: 'camp_1',
    };
    expect(again(listed)).toEqual(listed);
  });

  it('leave out what makes no sense', () => {
    expect(
      parseLaunchParameters(
        new URLSearchParams(
          'parameters=[1]&priority=now&revision=x&continue=maybe&type=&component=component:default/a&component=component:default/a',
        ),
      ),
    ).toEqual({
      filters: {
        owner: [],
        system: [],
        domain: [],
        type: [],
        lifecycle: [],
        tag: [],
      },
      search: '',
      selection: { kind: 'listed', components: ['component:default/a'] },
      template: undefined,
      revision: undefined,
      parameters: {},
      priority: undefined,
      waves: '',
      waveMode: undefined,
      campaign: undefined,
    });
    expect(
      parseLaunchParameters(new URLSearchParams('parameters={')).parameters,
    ).toEqual({});
  });

  it('keep a list beside an address that would be too long, and say there how long it is', () => {
    const components = Array.from(
      { length: 1_000 },
      (_, index) => `component:default/service-${index}`,
    );
    const { search, state } = formatLaunchParameters({
      ...chosen,
      selection: { kind: 'listed', components },
    });
    expect(String(search).length).toBeLessThan(2_000);
    expect(search.get('listed')).toBe('1000');
    expect(parseLaunchParameters(search, state).selection).toEqual({
      kind: 'listed',
      components,
    });
    expect(parseLaunchParameters(search).selection).toEqual({
      kind: 'listed',
      components: [],
    });
  });
});
