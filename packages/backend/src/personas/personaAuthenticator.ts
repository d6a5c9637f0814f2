import {
  parseEntityRef,
  stringifyEntityRef,
  UserEntity,
} from '@backstage/catalog-model';
import { AuthenticationError, InputError } from '@backstage/errors';
import {
  AuthResolverContext,
  createProxyAuthenticator,
} from '@backstage/plugin-auth-node';

export const PERSONA_PROVIDER_ID = 'persona';

/**
 * The header that names the chosen user. Browsers send a header of one's own across origins only after the backend's
 * CORS settings allowed it, so another site cannot sign anybody in.
 */
export const PERSONA_HEADER = 'x-agent-tasks-persona';

/** Who was chosen. */
export interface PersonaResult {
  /** The full entity ref of a user, such as `user:default/dana`. */
  userEntityRef: string;
}

/** Reads the chosen user from the request. Whether the catalog has that user is for the sign-in resolver to say. */
export const personaAuthenticator = createProxyAuthenticator({
  async defaultProfileTransform(
    result: PersonaResult,
    ctx: AuthResolverContext,
  ) {
    const { entity } = await ctx.findCatalogUser({
      entityRef: result.userEntityRef,
    });
    const profile = (entity as Partial<UserEntity>).spec?.profile;
    return {
      profile: {
        displayName:
          profile?.displayName ?? entity.metadata.title ?? entity.metadata.name,
        email: profile?.email,
        picture: profile?.picture,
      },
    };
  },
  initialize() {},
  async authenticate({ req }) {
    const value = req.header(PERSONA_HEADER)?.trim();
    if (!value) {
      throw new AuthenticationError(
        `No persona was chosen: the header ${PERSONA_HEADER} is missing.`,
      );
    }
    return { result: { userEntityRef: parseUserRef(value) } };
  },
});

function parseUserRef(value: string): string {
  let ref;
  try {
    ref = parseEntityRef(value, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
  } catch {
    throw new InputError(
      'A persona is the name or entity ref of a user, such as dana or user:default/dana.',
    );
  }
  if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
    throw new InputError(
      `A persona is a user, and '${value}' names a ${ref.kind}.`,
    );
  }
  return stringifyEntityRef(ref);
}
