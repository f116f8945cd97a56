/**
 * Every way the handler says no: status, code and sentence. Codes are WorkOS's own where WorkOS has one and
 * `MfaErrorCode`s otherwise. The sentences are for logs and say nothing about anybody's data.
 */
const REFUSALS = {
  unauthenticated: [401, 'unauthenticated', 'Nobody is signed in.'],
  forbidden: [403, 'forbidden', 'The request does not come from this app.'],
  not_found: [404, 'entity_not_found', 'There is no such thing here.'],
  method_not_allowed: [405, 'invalid_request', 'This address does not take that method.'],
  not_json: [415, 'invalid_request', 'The body has to be application/json.'],
  too_large: [413, 'invalid_request', 'The body is too large.'],
  too_slow: [408, 'timeout', 'The body did not arrive in time.'],
  malformed: [400, 'invalid_request', 'The body has to be a JSON object.'],
  invalid_fields: [422, 'invalid_request', 'A field of the body is missing or not what it has to be.'],
  invalid_key: [422, 'invalid_request', 'The idempotency key is not what it has to be.'],
  key_reused: [422, 'invalid_request', 'The idempotency key was used for another request.'],
  invalid_phone_number: [422, 'invalid_phone_number', 'The phone number cannot be used.'],
  phone_not_supported: [422, 'phone_not_supported', 'The phone number takes no text messages of ours.'],
  step_up_required: [403, 'step_up_required', 'A fresh verification is needed first.'],
  conflict: [409, 'conflict', 'Another request is changing the same thing.'],
  too_many_factors: [409, 'conflict', 'There is no room for another factor.'],
  challenge_expired: [422, 'authentication_challenge_expired', 'The challenge has expired.'],
  challenge_used: [422, 'authentication_challenge_previously_verified', 'The challenge was verified before.'],
  code_used: [422, 'one_time_code_previously_used', 'The code was accepted before.'],
  too_many_attempts: [429, 'one_time_code_too_many_attempts', 'Too many codes were tried.'],
  rate_limited: [429, 'rate_limit_exceeded', 'Too many requests.'],
  upstream_failed: [502, 'server_error', 'The authentication service did not answer as it should.'],
  unavailable: [503, 'server_error', 'The service is not available.'],
  failed: [500, 'server_error', 'Something went wrong.'],
} as const satisfies Record<string, readonly [status: number, code: string, message: string]>;

export type RefusalReason = keyof typeof REFUSALS;

/** Seconds, where nobody says how long: about as long as a person takes to try again. */
const UNTOLD_WAIT = 30;

export interface RefusalDetails {
  /** Seconds to wait, a whole number from 1 to 3600. */
  retryAfter?: number | undefined;
  /** What the address takes, for the `Allow` header. */
  allow?: readonly string[] | undefined;
  /** What went wrong behind it: for the host's `onError`, and for no answer. */
  cause?: unknown;
  /** Of a call to WorkOS: whether it may have been carried out all the same. */
  isOutcomeUnknown?: boolean | undefined;
}

/** Thrown anywhere below the handler; the handler turns it into its answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | undefined;
  readonly allow: readonly string[] | undefined;
  readonly isOutcomeUnknown: boolean;

  constructor(
    reason: RefusalReason,
    { retryAfter, allow, cause, isOutcomeUnknown = false }: RefusalDetails = {},
  ) {
    const [status, code, message] = REFUSALS[reason];
    super(message, { cause });
    this.reason = reason;
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter ?? (status === 429 ? UNTOLD_WAIT : undefined);
    this.allow = allow;
    this.isOutcomeUnknown = isOutcomeUnknown;
  }
}
