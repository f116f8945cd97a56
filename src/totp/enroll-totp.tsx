'use client';
import { type ReactNode, useSyncExternalStore } from 'react';

import type { AuthenticationFactor, TotpSecret } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { format } from '../messages/format.js';
import { useFlowMessages } from '../messages/messages-context.js';
import { Button, InertButton } from '../ui/button.js';
import { Failure } from '../ui/failure.js';
import { Notice } from '../ui/notice.js';
import { Done, Screen } from '../ui/screen.js';
import { Spinner } from '../ui/spinner.js';
import { CodeStep } from '../verification/code-step.js';
import { CodeStepFrame } from '../verification/code-step-frame.js';
import { RetryButton } from '../verification/retry-button.js';
import { isKeyUri } from './otpauth.js';
import { QrCode } from './qr-code.js';
import { SecretKey } from './secret-key.js';
import { SecretKeyFrame } from './secret-key-frame.js';
import { type EnrollTotpFlow, useEnrollTotp } from './use-enroll-totp.js';

export interface EnrollTotpProps {
  /** Called once, when the server has accepted the first code. */
  onEnrolled?: ((factor: AuthenticationFactor) => void) | undefined;
  /** Shows a cancel button, which deletes the pending factor first. */
  onCancel?: (() => void) | undefined;
  /** Called for each failed call, for your logs. A wrong code is none. */
  onError?: ((error: MfaError) => void) | undefined;
  /** Joins the kit's own class on the outermost element. */
  className?: string | undefined;
}

/**
 * Adds an authenticator app: a QR code to scan, the key for those who cannot, and the first code. Mounting it begins.
 * Style it by `.mfa-enroll-totp` and `[data-step]`.
 */
export function EnrollTotp({ onEnrolled, onCancel, onError, className }: EnrollTotpProps) {
  const { totp, actions } = useFlowMessages();
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
  const { totp, errors } = useFlowMessages();
  switch (flow.step) {
    case 'starting':
    case 'failed':
      return (
        <>
          <Setup>
            {flow.step === 'starting' ? (
              <div className="mfa-qr-code" data-state="waiting">
                <Spinner />
                <span className="mfa-visually-hidden" role="status">
                  {totp.preparing}
                </span>
              </div>
            ) : (
              <div className="mfa-qr-code" data-state="unavailable">
                <Notice
                  action={
                    <RetryButton retryAt={flow.retryAt} isRetrying={flow.isRetrying} onRetry={flow.retry} />
                  }
                >
                  <Failure error={flow.error} />
                </Notice>
              </div>
            )}
          </Setup>
          <CodeStepFrame source="app" hint={totp.enterCode}>
            {cancelButton}
          </CodeStepFrame>
        </>
      );
    case 'confirm': {
      const { issuer, qrCode } = flow.totp;
      return (
        <>
          <Setup secret={flow.totp}>
            <QrCode
              src={qrCode}
              alt={issuer ? format(totp.qrCode, { issuer }) : totp.qrCodePlain}
              fallback={totp.qrCodeUnavailable}
            />
          </Setup>
          <CodeStep source="app" code={flow.code} hint={totp.enterCode} submit={flow.submit} focus="leave">
            {cancelButton}
          </CodeStep>
        </>
      );
    }
    case 'cancelled':
      return (
        <Notice action={<RetryButton retryAt={undefined} onRetry={flow.retry} />}>{errors.cancelled}</Notice>
      );
    case 'done':
      return <Done>{totp.done}</Done>;
  }
}

/**
 * The three ways to the app: on the same device a link is the shortest, elsewhere the picture is. Each has its place
 * before the secret is there.
 */
function Setup({ secret, children }: { secret?: TotpSecret; children: ReactNode }) {
  const { totp } = useFlowMessages();
  const isTouch = useIsTouch();
  const look = isTouch ? 'primary' : 'link';
  // Until there is a link its place is the stylesheet's business: the server does not know of the screen.
  const isFirst = isTouch && secret !== undefined;
  const link = (
    <div className="mfa-open-app" data-waiting={secret ? undefined : ''}>
      {!secret && <InertButton look={look}>{totp.openApp}</InertButton>}
      {secret && isKeyUri(secret.uri, secret.secret) && (
        <a className="mfa-button" data-look={look} href={secret.uri}>
          {totp.openApp}
        </a>
      )}
    </div>
  );
  return (
    <>
      <p className="mfa-text">{totp.scan}</p>
      <div className="mfa-stage">
        {isFirst && link}
        {children}
        {!isFirst && link}
      </div>
      <div className="mfa-manual">
        <p className="mfa-text">{totp.cannotScan}</p>
        {secret ? (
          <SecretKey secret={secret.secret} role="group" aria-label={totp.key}>
            <Account issuer={secret.issuer} user={secret.user} />
          </SecretKey>
        ) : (
          <SecretKeyFrame />
        )}
      </div>
    </>
  );
}

/** The name under which the app will list the codes, for those who type the key. */
function Account({ issuer, user }: Pick<TotpSecret, 'issuer' | 'user'>) {
  const { totp } = useFlowMessages();
  if (!user) return null;
  const account = issuer ? `${issuer} (${user})` : user;
  return (
    <p className="mfa-account">
      {totp.account}: <bdi>{account}</bdi>
    </p>
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
