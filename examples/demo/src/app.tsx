import { MfaProvider } from 'mfa-kit';

import { backend } from './backend.ts';
import { Frame } from './frame.tsx';
import { PhoneDrawer } from './phone-drawer.tsx';
import { SecondFactorPage } from './second-factor-page.tsx';
import { useSession } from './session.ts';
import { SettingsPage } from './settings-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

export function App() {
  const { session, refresh, signIn, signOut } = useSession();

  if (session.status === 'loading') return <Frame />;
  if (session.status === 'unreachable') {
    return (
      <Frame>
        <div className="card card-narrow">
          <p role="alert">The server cannot be reached.</p>
          <button type="button" className="button" onClick={() => void refresh()}>
            Try again
          </button>
        </div>
      </Frame>
    );
  }

  const { user, workOs } = session;
  return (
    <>
      {/* Another user begins with a new provider: nothing of the last one's flows is left in it. */}
      <MfaProvider key={user?.id} backend={backend}>
        {!user && <SignInPage onSignIn={signIn} />}
        {user?.stage === 'password' && (
          <SecondFactorPage email={user.email} onVerified={refresh} onCancel={signOut} />
        )}
        {user?.stage === 'complete' && (
          <SettingsPage email={user.email} onSessionLost={refresh} onSignOut={signOut} />
        )}
      </MfaProvider>
      {workOs === 'emulated' && <PhoneDrawer onReset={refresh} />}
    </>
  );
}
