import { checkRollout } from './checkRollout';

describe('checkRollout', () => {
  it.each([
    [undefined],
    [['100%']],
    [[1, 5, '25%', '100%']],
    [[100, '1%', '100%']],
  ])('takes the waves %j', waves => {
    expect(() => checkRollout({ waves })).not.toThrow();
  });

  it.each([
    [[5, 1, '100%'], 'The wave 1 is not more than 5'],
    [['25%', '25%', '100%'], 'The wave 25% is not more than 25%'],
    [['25%', 50, '100%'], 'The wave 50 stands behind 25%'],
    [[1, 5], 'The last wave is 5; it must be 100%'],
    [['50%'], 'The last wave is 50%; it must be 100%'],
  ])('refuses the waves %j', (waves, said) => {
    expect(() => checkRollout({ waves })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(said),
      }),
    );
  });
});
