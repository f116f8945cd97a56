import type { MfaError } from '../backend/mfa-error.js';
import type { Deadline } from './deadline.js';

/** Why the code in the field did not do. */
export type CodeProblem =
  | {
      kind: 'wrong_code';
      /** How many codes in a row the server has refused. */
      rejections: number;
      attemptsRemaining: number | undefined;
    }
  | { kind: 'expired' }
  /** Accepted once already, perhaps by a call whose answer was lost. */
  | { kind: 'used' }
  /** Nothing is checked until then; afterwards it works again by itself. */
  | { kind: 'locked'; until: Deadline }
  | { kind: 'failed'; error: MfaError };

export interface CodeState {
  activity: 'idle' | 'verifying' | 'sending';
  problem: CodeProblem | undefined;
  /** How many problems there were. It changes where the same one is to be said again. */
  problems: number;
  /** When the code expires; `undefined` where it does not (TOTP), and where the server has said that it is spent. */
  expiry: Deadline | undefined;
  /** Before this no new code is sent. */
  resendAt: Deadline | undefined;
  /** How many codes were sent on the person's wish, after the first. */
  resent: number;
  /** A new code was sent on the person's wish, and nothing has gone wrong since. */
  isNew: boolean;
  /** The code has run out, or its challenge is spent: sending a new one is what helps. */
  wantsNewCode: boolean;
}

export const IDLE_CODE: CodeState = {
  activity: 'idle',
  problem: undefined,
  problems: 0,
  expiry: undefined,
  resendAt: undefined,
  resent: 0,
  isNew: false,
  wantsNewCode: false,
};
