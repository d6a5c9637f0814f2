import { checkPersonasAllowed } from './checkPersonasAllowed';

describe('checkPersonasAllowed', () => {
  it.each(['development', 'test'])('allows them with %s', nodeEnv => {
    expect(() => checkPersonasAllowed({ nodeEnv })).not.toThrow();
  });

  it.each([
    ['production', "NODE_ENV is 'production'"],
    ['staging', "NODE_ENV is 'staging'"],
    ['', 'NODE_ENV is not set'],
    [undefined, 'NODE_ENV is not set'],
  ])('refuses them with %s', (nodeEnv, reason) => {
    expect(() => checkPersonasAllowed({ nodeEnv })).toThrow(reason);
    expect(() => checkPersonasAllowed({ nodeEnv })).toThrow(
      'Remove auth.providers.persona',
    );
  });
});
