/** Why a call failed. Codes are public API: new ones may come, none is renamed or reused. */
export type MfaErrorCode =
  | 'challenge_expired' // the server takes no code for this challenge any more; ask for a new one
  | 'challenge_used' // this challenge or code was accepted once already; ask for a new one
  | 'too_many_attempts' // this challenge is locked; wait `retryAfter` if given, then ask for a new one
  | 'rate_limited' // wait `retryAfter` seconds, then the same call works again
  | 'invalid_phone_number' // the server does not take the number
  | 'phone_not_supported' // the number is real, but no text message can or may be sent to it
  | 'not_found' // the factor or challenge does not exist, or is somebody else's
  | 'unauthenticated' // nobody is signed in any more
  | 'forbidden' // the signed-in user may not do this
  | 'step_up_required' // a fresh verification is wanted first
  | 'conflict' // it clashes with something that was done meanwhile
  | 'invalid_request' // the server refused the request's form
  | 'offline' // the device has no network
  | 'network_error' // the request did not get through, or its answer did not
  | 'timeout' // no answer within the time limit; it may have been carried out all the same
  | 'cancelled' // the caller gave the call up
  | 'bad_response' // the answer was not one of the contract's
  | 'server_error'; // the server failed

const CODES: Record<MfaErrorCode, true> = {
  challenge_expired: true,
  challenge_used: true,
  too_many_attempts: true,
  rate_limited: true,
  invalid_phone_number: true,
  phone_not_supported: true,
  not_found: true,
  unauthenticated: true,
  forbidden: true,
  step_up_required: true,
  conflict: true,
  invalid_request: true,
  offline: true,
  network_error: true,
  timeout: true,
  cancelled: true,
  bad_response: true,
  server_error: true,
};

export interface MfaErrorDetails {
  /** The HTTP status, where there was an answer. */
  status?: number | undefined;
  /** Seconds to wait before the next try, 1 to 3600. */
  retryAfter?: number | undefined;
  /** What happened, for logs. Never a secret, never the server's own text. */
  message?: string | undefined;
}

/** The only error a backend call rejects with. `message` is for logs; people are shown `messages.errors[code]`. */
export class MfaError extends Error {
  override readonly name = 'MfaError';
  readonly code: MfaErrorCode;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** Seconds to wait before the next try, 1 to 3600. Set only where the server said so. */
  readonly retryAfter: number | undefined;

  constructor(code: MfaErrorCode, { status, retryAfter, message = code }: MfaErrorDetails = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Whether a value is one of this kit's errors, also when two copies of the package are loaded. */
export function isMfaError(value: unknown): value is MfaError {
  return (
    value instanceof Error &&
    value.name === 'MfaError' &&
    'code' in value &&
    Object.hasOwn(CODES, String(value.code))
  );
}

/** What a backend rejected with, as an `MfaError`: a host's own backend may throw anything. */
export function toMfaError(reason: unknown): MfaError {
  return isMfaError(reason)
    ? reason
    : new MfaError('server_error', { message: 'The backend rejected with something that is no MfaError.' });
}

/** Whether the server may have carried the call out all the same. */
export function mayHaveSucceeded({ code }: MfaError): boolean {
  return ['network_error', 'offline', 'timeout', 'cancelled', 'bad_response', 'server_error'].includes(code);
}
