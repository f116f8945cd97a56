'use client';
import { useFlowMessages } from '../messages/messages-context.js';
import { InertButton } from '../ui/button.js';
import { longest } from '../ui/longest.js';

/** WorkOS's keys have 32 characters. */
const GROUPS = 8;

/** The place of a `SecretKey` that is still to come. */
export function SecretKeyFrame() {
  const { totp } = useFlowMessages();
  return (
    <div className="mfa-secret-key" data-waiting="" aria-hidden="true">
      <div className="mfa-secret-row">
        <code className="mfa-secret-text" dir="ltr">
          {Array.from({ length: GROUPS }, (_, group) => (
            <span key={group} className="mfa-secret-group">
              ••••
            </span>
          ))}
        </code>
        <InertButton>{totp.copy}</InertButton>
      </div>
      <div className="mfa-secret-foot mfa-room" data-room={longest([totp.copyRefused])} />
    </div>
  );
}
