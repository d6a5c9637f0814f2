import { NotAllowedError } from '@backstage/errors';

/**
 * Stops the start where personas must not be: everywhere that does not say that it is for development. An unset
 * `NODE_ENV` is refused as well, since a production start that forgot it must not open the door.
 *
 * @param options - `nodeEnv` is the value of the variable `NODE_ENV`
 * @throws NotAllowedError with what to change
 */
export function checkPersonasAllowed(options: { nodeEnv?: string }): void {
  const { nodeEnv } = options;
  if (nodeEnv === 'development' || nodeEnv === 'test') {
    return;
  }
  throw new NotAllowedError(
    `Persona sign-in is for development only, and auth.providers.persona is configured while NODE_ENV is ${
      nodeEnv ? `'${nodeEnv}'` : 'not set'
    }. Remove auth.providers.persona (or set it to null) and configure a real sign-in provider; see https://backstage.io/docs/auth/. For development set NODE_ENV=development.`,
  );
}
