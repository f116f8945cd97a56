'use client';
import { useState } from 'react';

import type { AuthenticationChallenge, AuthenticationFactor, Verification } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { useSession } from '../provider/use-session.js';
import type { CodeState } from './code-state.js';
import type { Deadline } from './deadline.js';
import { VerifySession, type VerifyTarget } from './verify-session.js';

/** What to verify: one of several factors, one factor, or a challenge the host has started already. */
export type VerifySubject =
  | { factors: readonly AuthenticationFactor[]; factor?: undefined; challenge?: undefined }
  | { factor: AuthenticationFactor; factors?: undefined; challenge?: undefined }
  | {
      challenge: AuthenticationChallenge;
      /** The challenge's factor, so that the screen can name where the code went. */
      factor?: AuthenticationFactor | undefined;
      factors?: undefined;
    };

export type UseVerifyCodeOptions = VerifySubject & {
  /** Called once, when the server has accepted a code. */
  onVerified?: ((verification: Verification) => void) | undefined;
  /** Called for each failed call. A wrong code is none. */
  onError?: ((error: MfaError) => void) | undefined;
};

export type VerifyCodeFlow = {
  /** The factor in use; `undefined` where only a challenge is known, or nothing can be verified. */
  factor: AuthenticationFactor | undefined;
  /** The factors to choose from. */
  choices: readonly AuthenticationFactor[];
  /** Turns to another factor. Each keeps its own challenge; a message is sent only on its first turn. */
  choose: (factor: AuthenticationFactor) => void;
} & (
  | { step: 'unavailable' }
  | { step: 'sending' }
  | {
      step: 'failed';
      error: MfaError;
      /** When the server will take another try, where it said so. */
      retryAt: Deadline | undefined;
      isRetrying: boolean;
      retry: () => void;
    }
  | {
      step: 'code';
      code: CodeState;
      /** Has a code checked: ASCII digits. Sent once, however often it is called. */
      submit: (code: string) => void;
      /** Sends a new code. Ignored before `code.resendAt`; absent where nothing is sent (TOTP). */
      resend: (() => void) | undefined;
    }
  | { step: 'done'; verification: Verification }
);

/** Challenges a factor once and has codes checked. Failures arrive as steps and problems; nothing is thrown. */
export function useVerifyCode(options: UseVerifyCodeOptions): VerifyCodeFlow {
  const { factors, challenge, onVerified, onError } = options;
  const choices = (factors ?? (options.factor ? [options.factor] : [])).filter(canVerify);
  const [chosen, setChosen] = useState(() => preferred(choices)?.id);
  const factor = choices.find(({ id }) => id === chosen) ?? preferred(choices);
  // A list that comes later, in another order or with a factor more, does not turn the screen round.
  if (factor && factor.id !== chosen) setChosen(factor.id);

  const target: VerifyTarget | undefined = challenge ? { challenge, factor } : factor && { factor };
  const name = challenge ? `verify ${challenge.id}` : `verify ${factor?.id ?? 'nothing'}`;
  const { session, state } = useSession(
    'useVerifyCode',
    name,
    (backend) => new VerifySession(backend, target),
    {
      onDone: onVerified,
      onError,
    },
  );

  const common = { factor, choices, choose: ({ id }: AuthenticationFactor) => setChosen(id) };
  switch (state.step) {
    case 'failed':
      return { ...common, ...state, retry: session.send };
    case 'code':
      return {
        ...common,
        ...state,
        submit: session.submit,
        resend: session.canResend ? session.send : undefined,
      };
    case 'unavailable':
    case 'sending':
    case 'done':
      return { ...common, ...state };
  }
}

/** An authenticator app costs nobody anything and works without a network. */
function preferred(choices: readonly AuthenticationFactor[]): AuthenticationFactor | undefined {
  return choices.find(({ type }) => type === 'totp') ?? choices[0];
}

/** A factor nobody has confirmed yet proves nothing, and one of an unknown type cannot be challenged here. */
function canVerify({ type, status }: AuthenticationFactor): boolean {
  return status !== 'pending' && (type === 'totp' || type === 'sms' || type === 'generic_otp');
}
