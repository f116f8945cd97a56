'use client';
import type { ReactNode } from 'react';

import type { AuthenticationFactor, Verification } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { format, splitAt } from '../messages/format.js';
import type { FlowMessages } from '../messages/messages.js';
import { useFlowMessages } from '../messages/messages-context.js';
import { Button } from '../ui/button.js';
import { Failure } from '../ui/failure.js';
import { longest } from '../ui/longest.js';
import { Notice } from '../ui/notice.js';
import { Done, Screen } from '../ui/screen.js';
import { CodeStep } from './code-step.js';
import { CodeStepFrame } from './code-step-frame.js';
import { maskPhone, WithPhone } from './masked-phone.js';
import { RetryButton } from './retry-button.js';
import { useVerifyCode, type VerifyCodeFlow, type VerifySubject } from './use-verify-code.js';

export type VerifyCodeProps = VerifySubject & {
  /** Called once, when the server has accepted a code. Proof for your server is only what the server itself knows. */
  onVerified?: ((verification: Verification) => void) | undefined;
  /** Shows a cancel button. */
  onCancel?: (() => void) | undefined;
  /** Called for each failed call, for your logs. A wrong code is none. */
  onError?: ((error: MfaError) => void) | undefined;
  /** Joins the kit's own class on the outermost element. */
  className?: string | undefined;
};

/**
 * Asks for a one-time code of one of the factors, of one factor, or of a challenge started already.
 * Style it by `.mfa-verify-code` and `[data-step]`.
 */
export function VerifyCode({ onCancel, className, ...options }: VerifyCodeProps) {
  const messages = useFlowMessages();
  const { verify, actions } = messages;
  const flow = useVerifyCode(options);
  const cancelButton = onCancel && (
    <Button look="quiet" onClick={onCancel}>
      {actions.cancel}
    </Button>
  );
  return (
    <Screen name="verify-code" step={flow.step} title={verify.title} className={className}>
      <Step flow={flow} cancelButton={cancelButton} />
      {/* Another way takes the place of the step and of what is left to choose from. */}
      {flow.step !== 'done' && <Choices key={flow.factor?.id} flow={flow} />}
    </Screen>
  );
}

function Step({ flow, cancelButton }: { flow: VerifyCodeFlow; cancelButton: ReactNode }) {
  const messages = useFlowMessages();
  const { verify } = messages;
  const source = flow.factor?.type === 'totp' ? 'app' : 'message';
  switch (flow.step) {
    case 'unavailable':
      return (
        <>
          <Notice>{verify.unavailable}</Notice>
          {cancelButton}
        </>
      );
    case 'sending':
    case 'failed':
      return (
        <CodeStepFrame
          source={source}
          hint={flow.step === 'sending' && <Target factor={flow.factor} isSending />}
          hintRoom={targetRoom(flow.factor, messages)}
          error={flow.step === 'failed' && <Failure error={flow.error} />}
          note={flow.step === 'sending' && verify.preparing}
          action={
            flow.step === 'failed' && (
              <RetryButton
                look="primary"
                retryAt={flow.retryAt}
                isRetrying={flow.isRetrying}
                onRetry={flow.retry}
              />
            )
          }
        >
          {cancelButton}
        </CodeStepFrame>
      );
    case 'code':
      return (
        <CodeStep
          key={flow.factor?.id}
          source={source}
          code={flow.code}
          hint={<Target factor={flow.factor} />}
          hintRoom={targetRoom(flow.factor, messages)}
          submit={flow.submit}
          resend={flow.resend}
          focus="if-free"
        >
          {cancelButton}
        </CodeStep>
      );
    case 'done':
      return <Done>{verify.done}</Done>;
  }
}

/** Where the code is to be found, or will be. */
function Target({ factor, isSending }: { factor: AuthenticationFactor | undefined; isSending?: boolean }) {
  const { verify, code } = useFlowMessages();
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
  if (!factor?.sms) return isSending ? code.sending : verify.sentToPhone;
  return (
    <WithPhone text={isSending ? verify.sendingTo : verify.sentTo} phoneNumber={factor.sms.phoneNumber} />
  );
}

/** The longest that `Target` comes to say of a factor. */
function targetRoom(factor: AuthenticationFactor | undefined, { verify }: FlowMessages): string {
  if (factor?.type === 'totp') return format(verify.fromApp, { issuer: factor.totp?.issuer ?? '' });
  const target = maskPhone(factor?.sms?.phoneNumber ?? '');
  return longest([verify.sendingTo, verify.sentTo].map((text) => format(text, { target })));
}

function Choices({ flow }: { flow: VerifyCodeFlow }) {
  const { verify } = useFlowMessages();
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
  const { verify, code } = useFlowMessages();
  const { app, sms } = verify.methods;
  if (!factor.sms) return <span>{factor.type === 'totp' ? app : code.label}</span>;
  return (
    <span>
      <WithPhone text={sms} phoneNumber={factor.sms.phoneNumber} />
    </span>
  );
}
