import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

/** Who calls, as it is written down: a user's entity ref, or `external:…` or `plugin:…` of a service. */
export function callerOf(credentials: BackstageCredentials): string {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal
    | { type: 'none' | 'unknown' };
  switch (principal.type) {
    case 'user':
      return principal.userEntityRef;
    case 'service':
      // The subject of a static token is whatever its configuration says: it must not pass for a person.
      return /^(plugin|external):/.test(principal.subject)
        ? principal.subject
        : `external:${principal.subject}`;
    default:
      throw new NotAllowedError(
        'Sign in, or send the token of a service, to do this.',
      );
  }
}
