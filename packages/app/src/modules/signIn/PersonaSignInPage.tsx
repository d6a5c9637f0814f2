import { ProxiedSignInPage } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { useCallback, useMemo, useState } from 'react';
import { PersonaChoice } from './PersonaChoice';
import { PersonaIdentity } from './PersonaIdentity';
import { personaSession } from './personaSession';
import { SignInError } from './SignInError';
import { SignInFrame } from './SignInFrame';

/** Lets one choose whom to be, and is that person until the tab is closed or one signs out. */
export function PersonaSignInPage({ onSignInSuccess }: SignInPageProps) {
  const [user, setUser] = useState(personaSession.get);
  const [attempt, setAttempt] = useState(0);

  const choose = (name: string) => {
    personaSession.set(name);
    setUser(name);
  };

  const ErrorComponent = useCallback(
    ({ error }: { error?: Error }) => (
      <SignInError
        user={user ?? ''}
        error={error}
        onRetry={() => setAttempt(previous => previous + 1)}
        onBack={() => {
          personaSession.clear();
          setUser(undefined);
        }}
      />
    ),
    [user],
  );
  const headers = useMemo(
    () => ({ 'x-agent-tasks-persona': user ?? '' }),
    [user],
  );

  if (user) {
    return (
      <ProxiedSignInPage
        key={attempt}
        provider="persona"
        headers={headers}
        onSignInSuccess={identity =>
          onSignInSuccess(PersonaIdentity.create({ identity }))
        }
        ErrorComponent={ErrorComponent}
      />
    );
  }
  return (
    <SignInFrame
      title="Who are you today?"
      subtitle="This portal runs for development: choose somebody of the demo organisation and see it with their eyes. No password is asked for."
    >
      <PersonaChoice onChoose={choose} />
    </SignInFrame>
  );
}
