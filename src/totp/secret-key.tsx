'use client';
import { type ComponentPropsWithoutRef, type ReactNode, useEffect, useRef, useState } from 'react';

import { useFlowMessages } from '../messages/messages-context.js';
import { Button } from '../ui/button.js';
import { longest } from '../ui/longest.js';
import { groupSecret, plainSecret } from './otpauth.js';

export interface SecretKeyProps extends ComponentPropsWithoutRef<'div'> {
  /** Base32, as the server gave it. Shown in groups of four, copied without spaces. */
  secret: string;
  /** Stands below the key, such as its account, and makes way where copying failed. */
  children?: ReactNode;
}

/**
 * The key to type into an authenticator app when the QR code cannot be scanned.
 * Style it by `.mfa-secret-key` and `[data-copied]`.
 */
export function SecretKey({ secret, className, children, ...props }: SecretKeyProps) {
  const { totp } = useFlowMessages();
  const key = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();

  useEffect(() => {
    if (outcome !== 'copied') return undefined;
    const timer = setTimeout(() => setOutcome(undefined), 4000);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(plainSecret(secret));
      setOutcome('copied');
    } catch {
      // Refused by the browser, or no secure context: then the person copies, from a selection made ready.
      if (key.current) getSelection()?.selectAllChildren(key.current);
      setOutcome('refused');
    }
  }

  return (
    <div
      {...props}
      className={className ? `mfa-secret-key ${className}` : 'mfa-secret-key'}
      data-copied={outcome === 'copied' || undefined}
      data-refused={outcome === 'refused' || undefined}
    >
      <div className="mfa-secret-row">
        <code className="mfa-secret-text" dir="ltr" translate="no" ref={key}>
          {groupSecret(secret).map((group, index) => (
            <span key={index} className="mfa-secret-group">
              {group}
            </span>
          ))}
        </code>
        <Button className="mfa-secret-copy" onClick={() => void copy()}>
          {outcome === 'copied' ? totp.copied : totp.copy}
        </Button>
      </div>
      <div className="mfa-secret-foot mfa-room" data-room={longest([totp.copyRefused])}>
        <div className="mfa-secret-note">{children}</div>
        <p className="mfa-secret-status" role="status">
          {outcome === 'refused' && totp.copyRefused}
          {outcome === 'copied' && <span className="mfa-visually-hidden">{totp.copied}</span>}
        </p>
      </div>
    </div>
  );
}
