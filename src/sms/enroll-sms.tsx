'use client';
import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { useFlowMessages } from '../messages/messages-context.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Done, Screen } from '../ui/screen.js';
import { CodeStep } from '../verification/code-step.js';
import { WithPhone } from '../verification/masked-phone.js';
import { RetryButton } from '../verification/retry-button.js';
import { PhoneForm } from './phone-form.js';
import { useEnrollSms } from './use-enroll-sms.js';

export interface EnrollSmsProps {
  /** Called once, when the server has accepted the code it sent. */
  onEnrolled?: ((factor: AuthenticationFactor) => void) | undefined;
  /** Shows a cancel button, which deletes the pending factor first. */
  onCancel?: (() => void) | undefined;
  /** Called for each failed call, for your logs. A wrong code is none. */
  onError?: ((error: MfaError) => void) | undefined;
  /** ISO 3166-1 alpha-2. Without it, the country the device is set up for. */
  defaultCountry?: string | undefined;
  /** The only countries whose numbers are taken, by region code. Your server decides in the end. */
  countries?: readonly string[] | undefined;
  /** E.164 numbers taken although no numbering plan knows them, such as WorkOS's `+15005550006`. */
  testNumbers?: readonly string[] | undefined;
  /** Joins the kit's own class on the outermost element. */
  className?: string | undefined;
}

/**
 * Adds a phone: its number, then the code that was sent to it.
 * Style it by `.mfa-enroll-sms` and `[data-step]`.
 */
export function EnrollSms(props: EnrollSmsProps) {
  const { onEnrolled, onCancel, onError, defaultCountry, countries, testNumbers, className } = props;
  const { sms, actions, verify, errors } = useFlowMessages();
  const flow = useEnrollSms({ onEnrolled, onError });
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
    <Screen name="enroll-sms" step={flow.step} title={sms.title} className={className}>
      {flow.step === 'phone' && (
        <PhoneForm flow={flow} rules={{ country: defaultCountry, countries, testNumbers }}>
          {cancelButton}
        </PhoneForm>
      )}
      {flow.step === 'code' && (
        <CodeStep
          source="message"
          code={flow.code}
          hint={<WithPhone text={verify.sentTo} phoneNumber={flow.entry.e164} />}
          submit={flow.submit}
          resend={flow.resend}
          focus="take"
        >
          <Button look="link" onClick={flow.changeNumber}>
            {sms.changeNumber}
          </Button>
          {cancelButton}
        </CodeStep>
      )}
      {flow.step === 'cancelled' && (
        <Notice action={<RetryButton retryAt={undefined} onRetry={flow.restart} />}>
          {errors.cancelled}
        </Notice>
      )}
      {flow.step === 'done' && <Done>{sms.done}</Done>}
    </Screen>
  );
}
