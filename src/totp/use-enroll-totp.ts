'use client';
import type { AuthenticationFactor, TotpSecret } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { useMfaContext } from '../provider/mfa-context.js';
import { useSession } from '../provider/use-session.js';
import type { CodeState } from '../verification/code-state.js';
import type { Deadline } from '../verification/deadline.js';
import { TotpEnrollment } from './totp-enrollment.js';

export interface UseEnrollTotpOptions {
  /** Called once, when the server has accepted the first code. */
  onEnrolled?: ((factor: AuthenticationFactor) => void) | undefined;
  /** Called for each failed call. A wrong code is none. */
  onError?: ((error: MfaError) => void) | undefined;
}

export type EnrollTotpFlow =
  | { step: 'starting'; cancel: () => void }
  | {
      step: 'failed';
      error: MfaError;
      /** When the server will take another try, where it said so. */
      retryAt: Deadline | undefined;
      isRetrying: boolean;
      retry: () => void;
      cancel: () => void;
    }
  | {
      step: 'confirm';
      factor: AuthenticationFactor;
      /** Show it, and let go of it when the step is over. */
      totp: TotpSecret;
      code: CodeState;
      /** Has a code checked: ASCII digits. Sent once, however often it is called. */
      submit: (code: string) => void;
      /** Gives the enrolment up and deletes the pending factor. */
      cancel: () => void;
    }
  | {
      /** The person gave it up, and the host still shows it. */
      step: 'cancelled';
      retry: () => void;
    }
  | { step: 'done'; factor: AuthenticationFactor };

/**
 * Adds an authenticator app. Mounting it begins; a remount goes on with the same secret, and leaving for more than ten
 * seconds takes the pending factor back. Failures arrive as steps and problems; nothing is thrown.
 */
export function useEnrollTotp({ onEnrolled, onError }: UseEnrollTotpOptions = {}): EnrollTotpFlow {
  const { sessions } = useMfaContext('useEnrollTotp');
  const { session, state } = useSession('useEnrollTotp', 'totp', (backend) => new TotpEnrollment(backend), {
    onDone: (factor) => {
      sessions.factorsChanged();
      onEnrolled?.(factor);
    },
    onError,
  });

  switch (state.step) {
    case 'starting':
      return { ...state, cancel: session.cancel };
    case 'failed':
      return { ...state, retry: session.retry, cancel: session.cancel };
    case 'cancelled':
      return { ...state, retry: session.retry };
    case 'confirm':
      return { ...state, submit: session.submit, cancel: session.cancel };
    case 'done':
      return state;
  }
}
