import { type AuthenticationFactor, useFactors, useMfaMessages, useRemoveFactor } from 'mfa-kit';
import { useState } from 'react';

export function OwnFactorList() {
  const { errors } = useMfaMessages();
  const list = useFactors();
  const removal = useRemoveFactor();
  const [asked, setAsked] = useState<string>();

  if (list.status === 'loading') return <p role="status">Loading…</p>;
  if (list.status === 'failed') {
    return (
      <>
        <p role="alert">{errors[list.error.code]}</p>
        <button type="button" onClick={list.reload}>
          Try again
        </button>
      </>
    );
  }
  return (
    <>
      <ul>
        {list.factors.map((factor) => (
          <li key={factor.id}>
            {nameOf(factor)} {factor.status === 'pending' && '(not confirmed)'}{' '}
            {asked === factor.id ? (
              <>
                <button type="button" onClick={() => removal.remove(factor.id)}>
                  Yes, remove it
                </button>
                <button type="button" onClick={() => setAsked(undefined)}>
                  Keep it
                </button>
              </>
            ) : (
              <button
                type="button"
                aria-label={`Remove ${nameOf(factor)}`}
                onClick={() => setAsked(factor.id)}
              >
                Remove
              </button>
            )}
          </li>
        ))}
      </ul>
      {removal.status === 'failed' && <p role="alert">{errors[removal.error.code]}</p>}
    </>
  );
}

const nameOf = ({ totp, sms }: AuthenticationFactor) =>
  sms ? `Phone ${sms.phoneNumber}` : (totp?.issuer ?? 'Authenticator app');
