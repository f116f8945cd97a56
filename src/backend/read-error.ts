import { isWireObject, type WireObject } from './fold-names.js';
import { readInstant } from './instant.js';
import { MfaError, type MfaErrorCode } from './mfa-error.js';
import { readSeconds } from './wire.schema.js';

/** A wrong code that a server reports as an error (WorkOS's TOTP grant). The verify call turns it into an answer. */
export const WRONG_CODE = 'invalid_one_time_code';

/** The contract's own codes that a server can mean. */
const OWN_CODES = [
  'challenge_expired',
  'challenge_used',
  'too_many_attempts',
  'rate_limited',
  'invalid_phone_number',
  'phone_not_supported',
  'not_found',
  'unauthenticated',
  'forbidden',
  'step_up_required',
  'conflict',
  'invalid_request',
  'server_error',
] as const satisfies MfaErrorCode[];

/** WorkOS's codes, and the contract's. */
const BY_CODE: Record<string, MfaErrorCode | typeof WRONG_CODE> = {
  ...Object.fromEntries(OWN_CODES.map((code) => [code, code])),
  [WRONG_CODE]: WRONG_CODE,
  authentication_challenge_expired: 'challenge_expired',
  expired_challenge: 'challenge_expired',
  one_time_code_expired: 'challenge_expired',
  authentication_challenge_previously_verified: 'challenge_used',
  one_time_code_previously_used: 'challenge_used',
  one_time_code_too_many_attempts: 'too_many_attempts',
  rate_limit_exceeded: 'rate_limited',
  entity_not_found: 'not_found',
  unauthorized: 'unauthenticated',
  insufficient_user_authentication: 'step_up_required', // RFC 9470, section 3
  invalid_request_parameters: 'invalid_request',
};

const BY_STATUS: Record<number, MfaErrorCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  409: 'conflict',
  410: 'not_found',
  429: 'rate_limited',
  504: 'timeout',
};

/** An error in the body whose code is none of these. */
const UNLISTED = 'unlisted';

/** The error an answer carries in its body, at any status: .NET's SDK returns errors as objects with a 200. */
export function errorCodeOf(answer: unknown): MfaErrorCode | typeof WRONG_CODE | typeof UNLISTED | undefined {
  const code = firstIn(answer, (layer) =>
    [layer.code, layer.errorCode, layer.error].find(
      (wire): wire is string => typeof wire === 'string' && Object.hasOwn(BY_CODE, wire),
    ),
  );
  if (code !== undefined) return BY_CODE[code];
  // A `code` alone says nothing: on a challenge it is the one-time code.
  return firstIn(answer, ({ error, errors, errorCode }) =>
    error || errorCode || [errors ?? []].flat().length > 0 ? UNLISTED : undefined,
  );
}

export interface FailedAnswer {
  status: number;
  headers: Headers;
  /** The body with its names folded, `undefined` where it was no JSON. */
  body: unknown;
}

/** The `MfaError` of a failed answer: by its code, then by its status. The server's own words are not read. */
export function readError({ status, headers, body }: FailedAnswer): MfaError {
  const code = errorCodeOf(body);
  const stepUp = /insufficient_user_authentication/.test(headers.get('WWW-Authenticate') ?? '');
  const known = code === UNLISTED || code === WRONG_CODE ? undefined : code;
  return new MfaError(stepUp ? 'step_up_required' : (known ?? byStatus(status)), {
    status,
    retryAfter: retryAfterOf(headers, body),
    message: `The server answered with status ${status}.`,
  });
}

function byStatus(status: number): MfaErrorCode {
  return (
    BY_STATUS[status] ?? (status >= 500 ? 'server_error' : status >= 400 ? 'invalid_request' : 'bad_response')
  );
}

/** Seconds, 1 to 3600, from the body or from `Retry-After` in either of its forms (RFC 9110, section 10.2.3). */
function retryAfterOf(headers: Headers, body: unknown): number | undefined {
  const header = headers.get('Retry-After') ?? '';
  // The server's own clock if it tells it: this device's may be hours off.
  const now = instantOf(headers.get('Date')) || Date.now();
  const seconds =
    firstIn(body, (layer) => readSeconds(layer.retryAfter)) ??
    (/^\d+$/.test(header) ? Number(header) : (instantOf(header) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(3600, Math.max(1, Math.ceil(seconds)));
}

const instantOf = (text: string | null) => Date.parse(readInstant(text) ?? '');

/** What `read` finds first in the answer or in the envelopes around an error in it, from the outermost inwards. */
export function firstIn<T>(answer: unknown, read: (layer: WireObject) => T | undefined): T | undefined {
  for (const layer of layersOf(answer)) {
    const found = read(layer);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As deep as names are folded: an error is found wherever a success could be. */
function layersOf(answer: unknown): WireObject[] {
  if (!isWireObject(answer)) return [];
  const { error, errors, detail, rawData, data, list, challenge } = answer;
  const inner = [...[error, errors, detail].flat(), rawData, data, list, challenge];
  return [answer, ...inner.flatMap(layersOf)];
}
