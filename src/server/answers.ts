import { parseJson } from './parse-json.js';
import type { StoredChallenge, StoredFactor } from './records/user-record.schema.js';
import type { Refusal } from './refusal.js';
import type { EnrolledTotp, UpstreamChallenge } from './work-os.schema.js';

/** On every answer, refusals included. That there is no CORS header among them is on purpose. */
const HEADERS = {
  'Cache-Control': 'no-store',
  Vary: 'Cookie, Origin',
  'X-Content-Type-Options': 'nosniff',
};

export function jsonAnswer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return textAnswer(status, JSON.stringify(body), headers);
}

function textAnswer(status: number, json: string, headers: Record<string, string> = {}): Response {
  return new Response(json, {
    status,
    headers: { ...HEADERS, ...headers, 'Content-Type': 'application/json' },
  });
}

/** An answer together with its body, for one that may have to be given again. */
export interface Answered {
  response: Response;
  body: string;
}

export function answered(status: number, fields: object): Answered {
  const body = JSON.stringify(fields);
  return { response: textAnswer(status, body), body };
}

/**
 * An answer that was given before. The one thing in it that time changes is told anew.
 * @param age Seconds since then.
 */
export function answerAgain(status: number, body: string, age: number): Response {
  const fields = parseJson(body);
  if (typeof fields !== 'object' || fields === null || !('expires_in' in fields))
    return textAnswer(status, body);
  return jsonAnswer(status, { ...fields, expires_in: Math.max(0, Number(fields.expires_in) - age) });
}

export function emptyAnswer(): Response {
  return new Response(null, { status: 204, headers: HEADERS });
}

export function refusalAnswer({ status, code, message, retryAfter, allow }: Refusal): Response {
  return jsonAnswer(
    status,
    { code, message, ...(retryAfter !== undefined && { retry_after: retryAfter }) },
    {
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...(allow && { Allow: allow.join(', ') }),
    },
  );
}

// What follows is written out field by field, and never spread: a field nobody thought of stays inside.

export function factorWire(factor: StoredFactor): object {
  return {
    ...factorHead(factor),
    ...(factor.type === 'totp'
      ? { totp: { issuer: factor.issuer, user: factor.label } }
      : { sms: { phone_number: factor.maskedPhone } }),
  };
}

/** The one answer with the secret in it. */
export function enrolledTotpWire(
  factor: StoredFactor & { type: 'totp' },
  { secret, qrCode, uri }: EnrolledTotp,
): object {
  return {
    ...factorHead(factor),
    totp: { issuer: factor.issuer, user: factor.label, secret, qr_code: qrCode, uri },
  };
}

function factorHead({ id, type, status, createdAt, updatedAt }: StoredFactor) {
  return {
    object: 'authentication_factor',
    id,
    type,
    status,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

export function challengeWire({ id, factorId, createdAt, updatedAt, expiresAt }: UpstreamChallenge): object {
  return {
    object: 'authentication_challenge',
    id,
    authentication_factor_id: factorId,
    created_at: createdAt,
    updated_at: updatedAt,
    ...(expiresAt !== null && { expires_at: expiresAt, expires_in: lifetime(createdAt, expiresAt) }),
  };
}

/**
 * Told from our own record; of WorkOS's answer only the verdict is passed on.
 * @param attemptsRemaining Of a wrong code: how many may follow it.
 */
export function verificationWire(
  { id, factorId, createdAt, expiresAt }: StoredChallenge,
  valid: boolean,
  attemptsRemaining?: number,
): object {
  return {
    challenge: {
      object: 'authentication_challenge',
      id,
      authentication_factor_id: factorId,
      created_at: createdAt,
      ...(expiresAt !== null && { expires_at: expiresAt }),
    },
    valid,
    ...(attemptsRemaining !== undefined && { attempts_remaining: attemptsRemaining }),
  };
}

/** Whole seconds between two instants of WorkOS's clock. Ours may be wrong and has no say. */
function lifetime(createdAt: string, expiresAt: string): number {
  return Math.max(0, Math.floor((Date.parse(expiresAt) - Date.parse(createdAt)) / 1000));
}
