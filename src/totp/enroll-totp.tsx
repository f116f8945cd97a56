'use client';
import { type ReactNode, useSyncExternalStore } from 'react';

import type { AuthenticationFactor, TotpSecret } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { format } from '../messages/format.js';
import { useMfaMessages } from '../messages/messages-context.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Done, Screen } from '../ui/screen.js';
import { Spinner } from '../ui/spinner.js';
import { CodeStep } from '../verification/code-step.js';
import { RetryButton } from '../verification/retry-button.js';
import { isKeyUri } from './otpauth.js';
import { QrCode } from './qr-code.js';
import { SecretKey } from './secret-key.js';
import { type EnrollTotpFlow, useEnrollTotp } from './use-enroll-totp.js';

export interface EnrollTotpProps {
  /** Called once, when the server has accepted the first code. */
  onEnrolled?: ((factor: AuthenticationFactor) => void) | undefined;
  /** Shows a cancel button, which deletes the pending factor first. */
  onCancel?: (() => void) | undefined;
  /** Called for each failed call, for your logs. A wrong code is none. */
  onError?: ((error: MfaError) => void) | undefined;
  className?: string | undefined;
}

/**
 * Adds an authenticator app: a QR code to scan, the key for those who cannot, and the first code. Mounting it begins.
 * Style it by `.mfa-enroll-totp` and `[data-step]`.
 */
export function EnrollTotp({ onEnrolled, onCancel, onError, className }: EnrollTotpProps) {
  const { totp, actions } = useMfaMessages();
  const flow = useEnrollTotp({ onEnrolled, onError });
  const cancelButton = onCancel && 'cancel' in flow && (
    <Button
      look="quiet"
      onClick={() => {
        flow.cancel();
        onCancel();
      }}
    >
      {actions.cancel}
    </Button>
  );
  return (
    <Screen name="enroll-totp" step={flow.step} title={totp.title} className={className}>
      <Step flow={flow} cancelButton={cancelButton} />
    </Screen>
  );
}

function Step({ flow, cancelButton }: { flow: EnrollTotpFlow; cancelButton: ReactNode }) {
  const { totp, errors } = useMfaMessages();
  switch (flow.step) {
    case 'starting':
      return (
        <>
          <p className="mfa-text">{totp.scan}</p>
          <div className="mfa-qr-code" data-state="waiting">
            <Spinner />
            <span className="mfa-visually-hidden" role="status">
              {totp.preparing}
            </span>
          </div>
          {cancelButton}
        </>
      );
    case 'failed':
      return (
        <>
          <Notice
            action={<RetryButton retryAt={flow.retryAt} isRetrying={flow.isRetrying} onRetry={flow.retry} />}
          >
            <span key={String(flow.isRetrying)}>{errors[flow.error.code]}</span>
          </Notice>
          {cancelButton}
        </>
      );
    case 'confirm':
      return (
        <>
          <p className="mfa-text">{totp.scan}</p>
          <Secret secret={flow.totp} />
          <CodeStep source="app" code={flow.code} hint={totp.enterCode} submit={flow.submit} focus="leave">
            {cancelButton}
          </CodeStep>
        </>
      );
    case 'cancelled':
      return (
        <Notice action={<RetryButton retryAt={undefined} onRetry={flow.retry} />}>{errors.cancelled}</Notice>
      );
    case 'done':
      return <Done>{totp.done}</Done>;
  }
}

/** The three ways to the app: on the same device a link is the shortest, elsewhere the picture is. */
function Secret({ secret }: { secret: TotpSecret }) {
  const { totp } = useMfaMessages();
  const isTouch = useIsTouch();
  const { issuer, user } = secret;
  const link = isKeyUri(secret.uri, secret.secret) && (
    <a className="mfa-button mfa-open-app" data-look={isTouch ? 'primary' : 'quiet'} href={secret.uri}>
      {totp.openApp}
    </a>
  );
  return (
    <>
      {isTouch && link}
      <QrCode
        src={secret.qrCode}
        alt={issuer ? format(totp.qrCode, { issuer }) : totp.qrCodePlain}
        fallback={totp.qrCodeUnavailable}
      />
      {!isTouch && link}
      <div className="mfa-manual">
        <p className="mfa-text">{totp.cannotScan}</p>
        <SecretKey secret={secret.secret} role="group" aria-label={totp.key} />
        {user && (
          <p className="mfa-account">
            {totp.account}: <bdi>{issuer ? `${issuer} (${user})` : user}</bdi>
          </p>
        )}
      </div>
    </>
  );
}

const COARSE = '(pointer: coarse)';

function useIsTouch(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(COARSE);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(COARSE).matches,
    () => false,
  );
}
