import type { Environment } from './environment.js';
import { QR_CAPACITY, qrPng } from './qr-png.js';
import { textField, type RequestBody } from './request-body.js';
import { keyUri, randomSecret, type TotpKey } from './totp.js';
import { ulid } from './ulid.js';
import { entityNotFound, invalidParameters, invalidPhoneNumber } from './wire-error.js';

export type Factor = {
  id: string;
  /** Milliseconds since 1970. WorkOS never changes a factor, so this is its `updated_at` too. */
  createdAt: number;
  /** Set where User Management enrolled it. */
  userId?: string;
} & FactorMethod;

export type FactorMethod =
  | { type: 'totp'; totp: TotpKey }
  | { type: 'sms'; /** E.164 */ phoneNumber: string }
  | { type: 'generic_otp' };

/** E.164 as far as a pattern can tell; WorkOS's sample numbers, which exist nowhere, pass. */
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * The method that `POST /auth/factors/enroll` asks for.
 * @throws {WireError} 422 if the type is unknown or a field of that type is missing or invalid.
 */
export function readMethod(body: RequestBody): FactorMethod {
  switch (textField(body, 'type')) {
    case 'totp': {
      const issuer = textField(body, 'totp_issuer');
      const user = textField(body, 'totp_user');
      if (issuer === undefined) throw invalidParameters('totp_issuer_required');
      if (user === undefined) throw invalidParameters('totp_user_required');
      return { type: 'totp', totp: { issuer, user, secret: randomSecret() } };
    }
    case 'sms': {
      const phoneNumber = textField(body, 'phone_number');
      if (phoneNumber === undefined) throw invalidParameters('phone_number_required');
      if (!E164.test(phoneNumber)) throw invalidPhoneNumber(phoneNumber);
      return { type: 'sms', phoneNumber };
    }
    case 'generic_otp':
      return { type: 'generic_otp' };
    case undefined:
      throw invalidParameters('type_required');
    default:
      throw invalidParameters('type_invalid');
  }
}

/** @throws {WireError} 422 if a TOTP key's names are too long for any QR code. */
export function addFactor({ factors, now }: Environment, method: FactorMethod, userId?: string): Factor {
  if (method.type === 'totp' && keyUri(method.totp).length > QR_CAPACITY) {
    throw invalidParameters('totp_uri_too_long');
  }
  const createdAt = now();
  const id = `auth_factor_${ulid(createdAt)}`;
  const factor: Factor = { id, createdAt, ...(userId !== undefined && { userId }), ...method };
  factors.set(id, factor);
  return factor;
}

/** @throws {WireError} 404 if it does not exist, or not any more. */
export function findFactor({ factors }: Environment, id: string): Factor {
  const factor = factors.get(id);
  if (factor === undefined) throw entityNotFound('Authentication Factor', id);
  return factor;
}

/** @throws {WireError} 404 if it does not exist, or not any more. */
export function deleteFactor(environment: Environment, id: string): void {
  findFactor(environment, id);
  environment.factors.delete(id);
  for (const challenge of environment.challenges.values()) {
    if (challenge.factorId === id) environment.challenges.delete(challenge.id);
  }
}

/** The factor as the answer to its enrolment shows it, and no later answer: with the secret. */
export function enrolledFactorJson(factor: Factor) {
  if (factor.type !== 'totp') return factorJson(factor);
  const { issuer, user, secret } = factor.totp;
  const uri = keyUri(factor.totp);
  return { ...factorJson(factor), totp: { issuer, user, secret, qr_code: qrPng(uri), uri } };
}

/** The factor as every later answer shows it, its fields in the order of the recording. */
export function factorJson(factor: Factor) {
  const createdAt = new Date(factor.createdAt).toISOString();
  return {
    object: 'authentication_factor',
    id: factor.id,
    type: factor.type,
    ...(factor.type === 'totp' && { totp: { issuer: factor.totp.issuer, user: factor.totp.user } }),
    ...(factor.type === 'sms' && { sms: { phone_number: factor.phoneNumber } }),
    created_at: createdAt,
    updated_at: createdAt,
  };
}
