import { IdentityApi } from '@backstage/frontend-plugin-api';
import { personaSession } from './personaSession';

/** The identity of a persona. Its token renews itself; signing out forgets who was chosen. */
export class PersonaIdentity implements IdentityApi {
  static create(options: { identity: IdentityApi }): PersonaIdentity {
    return new PersonaIdentity(options.identity);
  }

  readonly #identity: IdentityApi;

  private constructor(identity: IdentityApi) {
    this.#identity = identity;
  }

  async getProfileInfo() {
    return this.#identity.getProfileInfo();
  }

  async getBackstageIdentity() {
    return this.#identity.getBackstageIdentity();
  }

  async getCredentials() {
    return this.#identity.getCredentials();
  }

  async signOut() {
    personaSession.clear();
    await this.#identity.signOut();
  }
}
