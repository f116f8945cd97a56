import { VerifyCode } from 'mfa-kit';

import { useFactors } from './factors.ts';
import { Frame } from './frame.tsx';

export interface SecondFactorPageProps {
  email: string;
  /** The server has accepted a code, and knows it: ask it who is signed in now. */
  onVerified: () => Promise<void>;
  onCancel: () => Promise<void>;
}

export function SecondFactorPage({ email, onVerified, onCancel }: SecondFactorPageProps) {
  const { factors, reload } = useFactors(onCancel);
  return (
    <Frame>
      <div className="card card-narrow">
        <p className="card-note">
          Signing in as <bdi className="strong">{email}</bdi>
        </p>
        {factors.status === 'failed' && (
          <div className="stack">
            <p role="alert">Your ways to verify could not be loaded.</p>
            <button type="button" className="button" onClick={() => void reload()}>
              Try again
            </button>
          </div>
        )}
        {factors.status === 'ready' && (
          <VerifyCode
            factors={factors.list}
            onVerified={() => void onVerified()}
            onCancel={() => void onCancel()}
            onError={({ code }) => code === 'unauthenticated' && void onCancel()}
          />
        )}
      </div>
    </Frame>
  );
}
