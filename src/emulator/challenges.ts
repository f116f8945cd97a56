import type { Environment } from './environment.js';
import { findFactor, type Factor } from './factors.js';
import { randomCode } from './one-time-code.js';
import { smsText } from './sms-inbox.js';
import { isTotpCode } from './totp.js';
import { ulid } from './ulid.js';
import {
  challengeExpired,
  challengePreviouslyVerified,
  entityNotFound,
  tooManyAttempts,
} from './wire-error.js';

export interface Challenge {
  id: string;
  factorId: string;
  /** Milliseconds since 1970. WorkOS leaves `updated_at` at this too. */
  createdAt: number;
  /** Milliseconds since 1970; `undefined` if it never expires. */
  expiresAt: number | undefined;
  /** The one right code; `undefined` for TOTP, where the clock makes it. */
  code: string | undefined;
  wrongCodes: number;
  isVerified: boolean;
}

/** @see MFA guide, "Expired Error": challenges live for 10 minutes. */
const LIFETIME_MS = 10 * 60_000;

/** Wrong codes after which a challenge takes no code any more. WorkOS has such a limit and does not publish it. */
const MAX_WRONG_CODES = 10;

export interface ChallengeOptions {
  /** The text of the message, with `{{code}}` for the code. Only an `sms` factor sends one. */
  smsTemplate?: string | undefined;
  /** Whether it expires. By default all do but TOTP's. */
  expires?: boolean;
}

/** Starts a challenge; for an `sms` factor this sends one text message. */
export function addChallenge(
  { challenges, inbox, now }: Environment,
  factor: Factor,
  { smsTemplate, expires = factor.type !== 'totp' }: ChallengeOptions = {},
): Challenge {
  const createdAt = now();
  const code = factor.type === 'totp' ? undefined : randomCode();
  const challenge: Challenge = {
    id: `auth_challenge_${ulid(createdAt)}`,
    factorId: factor.id,
    createdAt,
    expiresAt: expires ? createdAt + LIFETIME_MS : undefined,
    code,
    wrongCodes: 0,
    isVerified: false,
  };
  challenges.set(challenge.id, challenge);
  if (factor.type === 'sms' && code !== undefined) {
    const body = smsText(code, smsTemplate);
    inbox.push({ to: factor.phoneNumber, body, code, challengeId: challenge.id, sentAt: createdAt });
  }
  return challenge;
}

/** @throws {WireError} 404 if it does not exist, or its factor not any more. */
export function findChallenge({ challenges }: Environment, id: string): Challenge {
  const challenge = challenges.get(id);
  if (challenge === undefined) throw entityNotFound('Authentication Challenge', id);
  return challenge;
}

/**
 * Whether the code is the right one. A right code uses the challenge up.
 *
 * One TOTP code is good for several challenges in its 90 seconds: refusing it the second time is the host's work.
 * @throws {WireError} 422 if the challenge was used up or has expired, 400 after too many wrong codes.
 */
export function verifyChallenge(environment: Environment, challenge: Challenge, code: string): boolean {
  const now = environment.now();
  if (challenge.isVerified) throw challengePreviouslyVerified(challenge.id);
  if (challenge.expiresAt !== undefined && now >= challenge.expiresAt) throw challengeExpired(challenge.id);
  if (challenge.wrongCodes >= MAX_WRONG_CODES) throw tooManyAttempts();
  const factor = findFactor(environment, challenge.factorId);
  const valid = factor.type === 'totp' ? isTotpCode(factor.totp, code, now) : code === challenge.code;
  if (valid) challenge.isVerified = true;
  else challenge.wrongCodes += 1;
  return valid;
}

/**
 * The challenge on the wire, its fields in the order of the recording. The code of a `generic_otp` factor is among
 * them, because there the host delivers it; the code of a text message never is.
 */
export function challengeJson(challenge: Challenge, factor: Factor) {
  const createdAt = new Date(challenge.createdAt).toISOString();
  return {
    object: 'authentication_challenge',
    id: challenge.id,
    created_at: createdAt,
    updated_at: createdAt,
    ...(challenge.expiresAt !== undefined && { expires_at: new Date(challenge.expiresAt).toISOString() }),
    ...(factor.type === 'generic_otp' && { code: challenge.code }),
    authentication_factor_id: challenge.factorId,
  };
}
