'use client';
import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { useMfaContext } from '../provider/mfa-context.js';
import { useSession } from '../provider/use-session.js';
import type { CodeState } from '../verification/code-state.js';
import type { Deadline } from '../verification/deadline.js';
import { type PhoneEntry, SmsEnrollment } from './sms-enrollment.js';

export interface UseEnrollSmsOptions {
  /** Called once, when the server has accepted the code it sent. */
  onEnrolled?: ((factor: AuthenticationFactor) => void) | undefined;
  /** Called for each failed call. A wrong code is none. */
  onError?: ((error: MfaError) => void) | undefined;
}

export type EnrollSmsFlow =
  | {
      step: 'phone';
      /** What was entered before, for the form to start with. */
      entry: PhoneEntry | undefined;
      isSending: boolean;
      error: MfaError | undefined;
      /** Before this the server takes no other try. */
      retryAt: Deadline | undefined;
      /** Makes the factor and sends the first code, once. */
      sendCode: (entry: PhoneEntry) => void;
      /** Takes `error` back, once the number is being changed. */
      dismissError: () => void;
      cancel: () => void;
    }
  | {
      step: 'code';
      factor: AuthenticationFactor;
      entry: PhoneEntry;
      code: CodeState;
      /** Has a code checked: ASCII digits. Sent once, however often it is called. */
      submit: (code: string) => void;
      /** Sends a new code. Ignored before `code.resendAt`. */
      resend: () => void;
      /** Back to the form with what was entered. */
      changeNumber: () => void;
      /** Gives the enrolment up and deletes the pending factor. */
      cancel: () => void;
    }
  | {
      /** The person gave it up, and the host still shows it. */
      step: 'cancelled';
      restart: () => void;
    }
  | { step: 'done'; factor: AuthenticationFactor };

/**
 * Adds a phone for codes by text message. A remount goes on where it was; leaving for more than ten seconds takes the
 * pending factor back. Failures arrive as steps and problems; nothing is thrown.
 */
export function useEnrollSms({ onEnrolled, onError }: UseEnrollSmsOptions = {}): EnrollSmsFlow {
  const { sessions } = useMfaContext('useEnrollSms');
  const { session, state } = useSession('useEnrollSms', 'sms', (backend) => new SmsEnrollment(backend), {
    onDone: (factor) => {
      sessions.factorsChanged();
      onEnrolled?.(factor);
    },
    onError,
  });
  const { cancel } = session;
  switch (state.step) {
    case 'phone':
      return { ...state, sendCode: session.sendCode, dismissError: session.dismissError, cancel };
    case 'code': {
      const { submit, resend, changeNumber } = session;
      return { ...state, submit, resend, changeNumber, cancel };
    }
    case 'cancelled':
      return { ...state, restart: session.restart };
    case 'done':
      return state;
  }
}
