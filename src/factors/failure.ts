import { type MfaError, toMfaError } from '../backend/mfa-error.js';
import { type Deadline, deadlineIn } from '../verification/deadline.js';

/** A call that failed, kept as a result: it stands while the same call is tried again. */
export interface Failure {
  error: MfaError;
  /** When the server will take another try, where it said so. */
  retryAt: Deadline | undefined;
}

export function toFailure(reason: unknown): Failure {
  const error = toMfaError(reason);
  return { error, retryAt: error.retryAfter ? deadlineIn(error.retryAfter) : undefined };
}
