import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { PersonaSignInPage } from './PersonaSignInPage';
import { SignInFrame } from './SignInFrame';

/** Personas in development; elsewhere what has to be set up. */
export function PortalSignInPage(props: SignInPageProps) {
  const environment =
    useApi(configApiRef).getOptionalString('auth.environment');
  if ((environment ?? 'development') === 'development') {
    return <PersonaSignInPage {...props} />;
  }
  return (
    <SignInFrame
      title="Sign-in is not set up yet"
      subtitle="Personas are for development only, so they are off here. Whoever runs this portal adds a sign-in provider to packages/backend/src/index.ts and its button to packages/app/src/modules/signIn."
    />
  );
}
