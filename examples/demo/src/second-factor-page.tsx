import { useFactors, VerifyCode } from 'mfa-kit';

import { Frame } from './frame.tsx';
import { useSessionLoss } from './session-loss.ts';

export interface SecondFactorPageProps {
  email: string;
  /** The server has accepted a code, and knows it: ask it who is signed in now. */
  onVerified: () => Promise<void>;
  onCancel: () => Promise<void>;
}

export function SecondFactorPage({ email, onVerified, onCancel }: SecondFactorPageProps) {
  const factors = useFactors();
  useSessionLoss(factors, onCancel);
  return (
    <Frame>
      <div className="card card-narrow">
        <p className="card-note">
          Signing in as <bdi className="strong">{email}</bdi>
        </p>
        {factors.status === 'failed' && (
          <div className="stack">
            <p role="alert">Your ways to verify could not be loaded.</p>
            <button type="button" className="button" onClick={factors.reload}>
              Try again
            </button>
          </div>
        )}
        {factors.status === 'ready' && (
          <VerifyCode
            factors={factors.factors}
            onVerified={() => void onVerified()}
            onCancel={() => void onCancel()}
            onError={({ code }) => code === 'unauthenticated' && void onCancel()}
          />
        )}
      </div>
    </Frame>
  );
}
