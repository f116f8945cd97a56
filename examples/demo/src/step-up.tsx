import { type AuthenticationFactor, VerifyCode } from 'mfa-kit';
import { useEffect, useRef, useState } from 'react';

/** Something that the server wants a fresh code for. */
export interface Intent {
  /** Does it, once there was one. */
  goOn: () => void;
  giveUp: () => void;
}

export interface StepUpProps {
  factors: readonly AuthenticationFactor[];
  onVerified: () => void;
  onCancel: () => void;
  onSessionLost: () => Promise<void>;
}

/** Asks for a fresh code where the server wants one: whoever sits down at an open laptop has none. */
export function StepUp({ factors, onVerified, onCancel, onSessionLost }: StepUpProps) {
  const card = useRef<HTMLElement>(null);
  // Asked for while rendering: afterwards it is inert or hidden, and has lost the focus to the page's body.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    card.current?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [opener]);
  return (
    <section ref={card} className="card card-flow" tabIndex={-1} aria-label="Confirm that it is you">
      <p className="card-note">Before you change your second steps, confirm that it is you.</p>
      <VerifyCode
        factors={factors}
        onVerified={onVerified}
        onCancel={onCancel}
        onError={({ code }) => code === 'unauthenticated' && void onSessionLost()}
      />
    </section>
  );
}
