import { mockCredentials } from '@backstage/backend-test-utils';
import { callerOf } from './caller';

describe('callerOf', () => {
  it.each([
    [mockCredentials.user('user:default/dana'), 'user:default/dana'],
    [mockCredentials.service('plugin:scaffolder'), 'plugin:scaffolder'],
    [mockCredentials.service('external:backstage'), 'external:backstage'],
    // As static tokens have it.
    [mockCredentials.service('ci-release'), 'external:ci-release'],
    [mockCredentials.service('user:default/ada'), 'external:user:default/ada'],
  ])('says who calls (%#)', (credentials, caller) => {
    expect(callerOf(credentials)).toBe(caller);
  });

  it('takes nobody for a caller', () => {
    expect(() => callerOf(mockCredentials.none())).toThrow('Sign in');
  });
});
