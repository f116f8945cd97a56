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
  invalid_phone_number: [422, 'invalid_phone_number', 'The phone number cannot be used.'],
  challenge_expired: [422, 'authentication_challenge_expired', 'The challenge has expired.'],
  challenge_used: [422, 'authentication_challenge_previously_verified', 'The challenge was verified before.'],
  too_many_attempts: [422, 'one_time_code_too_many_attempts', 'Too many codes were tried.'],
  rate_limited: [429, 'rate_limit_exceeded', 'Too many requests.'],
  upstream_failed: [502, 'server_error', 'The authentication service did not answer as it should.'],
  unavailable: [503, 'server_error', 'The service is not available.'],
  failed: [500, 'server_error', 'Something went wrong.'],
} as const satisfies Record<string, readonly [status: number, code: string, message: string]>;

export type RefusalReason = keyof typeof REFUSALS;

export interface RefusalDetails {
  /** Seconds to wait, a whole number from 1 to 3600. */
  retryAfter?: number | undefined;
  /** What the address takes, for the `Allow` header. */
  allow?: readonly string[] | undefined;
}

/** Thrown anywhere below the handler; the handler turns it into its answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | undefined;
  readonly allow: readonly string[] | undefined;

  constructor(reason: RefusalReason, { retryAfter, allow }: RefusalDetails = {}) {
    const [status, code, message] = REFUSALS[reason];
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
    this.allow = allow;
  }
}
