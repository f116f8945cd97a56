/** A refusal on its way to the client: thrown by a route, turned into a response in one place. */
export class WireError extends Error {
  override readonly name = 'WireError';

  constructor(
    readonly status: number,
    readonly body: { message: string; code?: string; [field: string]: unknown },
    readonly headers: Record<string, string> = {},
  ) {
    super(body.message);
  }
}

export const unauthorized = () => new WireError(401, { message: 'Unauthorized' });

/** The body is no JSON object. Rebuilt from what WorkOS's framework answers; not recorded. */
export const badRequest = (message: string) => new WireError(400, { message, error: 'Bad Request' });

/** There is no such route. Rebuilt from what WorkOS's framework answers; not recorded. */
export const routeNotFound = (method: string, path: string) =>
  new WireError(404, { message: `Cannot ${method} ${path}`, error: 'Not Found' });

/** @param entity As WorkOS names it to people: `Authentication Factor`. */
export const entityNotFound = (entity: string, id: string) =>
  new WireError(404, { message: `${entity} not found: '${id}'.`, code: 'entity_not_found', entity_id: id });

/**
 * Fields that are missing or of the wrong kind.
 * @param requirements What is wanted of them: `totp_issuer_required`. The SDKs print this list instead of the message.
 */
export const invalidParameters = (...requirements: string[]) =>
  new WireError(422, {
    message: 'Validation failed.',
    code: 'invalid_request_parameters',
    errors: requirements.map((code) => ({ code })),
  });

export const invalidPhoneNumber = (text: string) =>
  new WireError(422, { message: `Phone number is invalid: '${text}'`, code: 'invalid_phone_number' });

export const challengeExpired = (id: string) =>
  new WireError(422, {
    code: 'authentication_challenge_expired',
    message: `The authentication challenge '${id}' has expired.`,
  });

export const challengePreviouslyVerified = (id: string) =>
  new WireError(422, {
    code: 'authentication_challenge_previously_verified',
    message: `The authentication challenge '${id}' has already been verified.`,
  });

export const tooManyAttempts = () =>
  new WireError(400, { code: 'one_time_code_too_many_attempts', message: 'Request could not be processed.' });

/** @param retryAfter Whole seconds, at least 1. */
export const rateLimitExceeded = (retryAfter: number) =>
  new WireError(
    429,
    { message: 'Too many requests.', code: 'rate_limit_exceeded' },
    { 'Retry-After': String(retryAfter) },
  );
