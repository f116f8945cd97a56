'use client';
import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import { useMfaMessages } from '../messages/use-mfa-messages.js';
import { MaskedPhone } from '../verification/masked-phone.js';

/** What a factor is called within a sentence: its kind, and which one of them it is. */
export function FactorName({ factor }: { factor: AuthenticationFactor }) {
  const { kinds } = useMfaMessages().factors;
  return (
    <>
      {kinds[factor.type]} <FactorLabel factor={factor} />
    </>
  );
}

/** Which one of its kind a factor is: the account an app lists it under, or the end of a phone number. */
export function FactorLabel({ factor: { totp, sms } }: { factor: AuthenticationFactor }) {
  if (sms) return <MaskedPhone phoneNumber={sms.phoneNumber} />;
  if (totp?.issuer && totp.user)
    return (
      <>
        <bdi>{totp.issuer}</bdi> (<bdi>{totp.user}</bdi>)
      </>
    );
  return <bdi>{totp?.issuer ?? totp?.user}</bdi>;
}
