'use client';
import type { AuthenticationFactor, Verification } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { splitAt } from '../messages/format.js';
import { useMfaMessages } from '../messages/messages-context.js';
import { Button } from '../ui/button.js';
import { Notice, Waiting } from '../ui/notice.js';
import { Done, Screen } from '../ui/screen.js';
import { CodeStep } from './code-step.js';
import { MaskedPhone } from './masked-phone.js';
import { RetryButton } from './retry-button.js';
import { useVerifyCode, type VerifyCodeFlow, type VerifySubject } from './use-verify-code.js';

export type VerifyCodeProps = VerifySubject & {
  /** Called once, when the server has accepted a code. Proof for your server is only what the server itself knows. */
  onVerified?: ((verification: Verification) => void) | undefined;
  /** Shows a cancel button. */
  onCancel?: (() => void) | undefined;
  /** Called for each failed call, for your logs. A wrong code is none. */
  onError?: ((error: MfaError) => void) | undefined;
  className?: string | undefined;
};

/**
 * Asks for a one-time code of one of the factors, of one factor, or of a challenge started already.
 * Style it by `.mfa-verify-code` and `[data-step]`.
 */
export function VerifyCode({ onCancel, className, ...options }: VerifyCodeProps) {
  const messages = useMfaMessages();
  const { verify, actions } = messages;
  const flow = useVerifyCode(options);
  return (
    <Screen name="verify-code" step={flow.step} title={verify.title} className={className}>
      <Step flow={flow} onCancel={onCancel} />
      {flow.step !== 'done' && <Choices flow={flow} />}
      {flow.step !== 'code' && flow.step !== 'done' && onCancel && (
        <Button look="quiet" onClick={onCancel}>
          {actions.cancel}
        </Button>
      )}
    </Screen>
  );
}

function Step({ flow, onCancel }: { flow: VerifyCodeFlow; onCancel: (() => void) | undefined }) {
  const { verify, actions, errors } = useMfaMessages();
  switch (flow.step) {
    case 'unavailable':
      return <Notice>{verify.unavailable}</Notice>;
    case 'sending':
      return <Waiting>{verify.preparing}</Waiting>;
    case 'failed':
      return (
        <Notice
          action={<RetryButton retryAt={flow.retryAt} isRetrying={flow.isRetrying} onRetry={flow.retry} />}
        >
          <span key={String(flow.isRetrying)}>{errors[flow.error.code]}</span>
        </Notice>
      );
    case 'code':
      return (
        <CodeStep
          key={flow.factor?.id}
          source={flow.factor?.type === 'totp' ? 'app' : 'message'}
          code={flow.code}
          hint={<Target factor={flow.factor} />}
          submit={flow.submit}
          resend={flow.resend}
          focus="if-free"
        >
          {onCancel && (
            <Button look="quiet" onClick={onCancel}>
              {actions.cancel}
            </Button>
          )}
        </CodeStep>
      );
    case 'done':
      return <Done>{verify.done}</Done>;
  }
}

/** Where the code is to be found. */
function Target({ factor }: { factor: AuthenticationFactor | undefined }) {
  const { verify } = useMfaMessages();
  if (factor?.type === 'totp') {
    const [before, after] = splitAt(verify.fromApp, 'issuer');
    return factor.totp?.issuer ? (
      <>
        {before}
        <bdi>{factor.totp.issuer}</bdi>
        {after}
      </>
    ) : (
      verify.fromAnyApp
    );
  }
  if (!factor?.sms) return verify.sentToPhone;
  const [before, after] = splitAt(verify.sentTo, 'target');
  return (
    <>
      {before}
      <MaskedPhone phoneNumber={factor.sms.phoneNumber} />
      {after}
    </>
  );
}

function Choices({ flow }: { flow: VerifyCodeFlow }) {
  const { verify } = useMfaMessages();
  const others = flow.choices.filter((choice) => choice !== flow.factor);
  if (others.length === 0) return null;
  return (
    <div className="mfa-choices" role="group" aria-label={verify.useInstead}>
      <p className="mfa-choices-title" aria-hidden="true">
        {verify.useInstead}
      </p>
      {others.map((choice) => (
        <Button key={choice.id} onClick={() => flow.choose(choice)}>
          <ChoiceLabel factor={choice} />
        </Button>
      ))}
    </div>
  );
}

function ChoiceLabel({ factor }: { factor: AuthenticationFactor }) {
  const { methods } = useMfaMessages().verify;
  if (factor.type === 'totp') return <span>{methods.app}</span>;
  const [before, after] = splitAt(methods.sms, 'target');
  return (
    <span>
      {before}
      {factor.sms && <MaskedPhone phoneNumber={factor.sms.phoneNumber} />}
      {after}
    </span>
  );
}
