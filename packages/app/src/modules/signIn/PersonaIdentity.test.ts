import { IdentityApi } from '@backstage/frontend-plugin-api';
import { PersonaIdentity } from './PersonaIdentity';
import { personaSession } from './personaSession';

function mockIdentity() {
  let tokens = 0;
  return {
    getProfileInfo: jest.fn(async () => ({ displayName: 'Dana Okafor' })),
    getBackstageIdentity: jest.fn<
      ReturnType<IdentityApi['getBackstageIdentity']>,
      []
    >(async () => ({
      type: 'user',
      userEntityRef: 'user:default/dana',
      ownershipEntityRefs: [],
    })),
    getCredentials: jest.fn(async () => ({ token: `token ${++tokens}` })),
    signOut: jest.fn(async () => {}),
  };
}

describe('PersonaIdentity', () => {
  it('asks for the token each time, so that it is a fresh one', async () => {
    const identity = PersonaIdentity.create({ identity: mockIdentity() });
    await expect(identity.getCredentials()).resolves.toEqual({
      token: 'token 1',
    });
    await expect(identity.getCredentials()).resolves.toEqual({
      token: 'token 2',
    });
  });

  it('forgets who was chosen at sign-out', async () => {
    personaSession.set('dana');
    const inner = mockIdentity();
    await PersonaIdentity.create({ identity: inner }).signOut();
    expect(personaSession.get()).toBeUndefined();
    expect(inner.signOut).toHaveBeenCalled();
  });
});
