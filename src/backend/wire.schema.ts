import * as z from 'zod/mini';

import { cleanText } from './clean-text.js';
import { isWireObject } from './fold-names.js';
import { readInstant } from './instant.js';
import type {
  AuthenticationChallenge,
  AuthenticationFactor,
  TotpSecret,
  Verification,
} from './mfa-backend.js';

// Only the light parts of `zod/mini` are used: `catch`, `union`, `enum` and `pipe` would add 4 kB to every screen.

/** What may stand in a path. Ids of other forms are never sent anywhere. */
export const ID = /^[A-Za-z0-9_-]{1,128}$/;

const id = z.string().check(z.regex(ID));
/** RFC 4648, section 6. Some servers write it in groups, in lower case or with padding. */
const base32 = z.string().check(
  z.overwrite((wire) => wire.replace(/[\s=-]/g, '').toUpperCase()),
  z.regex(/^[A-Z2-7]{8,128}$/),
);

// A field made by `transform` is left out when it cannot be read, instead of costing the whole answer.
const text = z.transform((wire: unknown) => (typeof wire === 'string' ? wire : undefined));
const label = z.transform(readLabel);
const instant = z.transform(readInstant);
/** One of these words in any spelling: `generic_otp`, `GenericOtp`, `GENERIC_OTP`. */
const word = <T extends string>(...words: T[]) =>
  z.transform((wire: unknown) => words.find((known) => lettersOf(known) === lettersOf(wire)));

const factorSchema = z.object({
  id,
  type: word('totp', 'sms', 'generic_otp', 'webauthn'),
  status: word('verified', 'pending'),
  verified: z.transform((wire: unknown) => (typeof wire === 'boolean' ? wire : undefined)),
  createdAt: instant,
  updatedAt: instant,
  totp: z.transform(readAccount),
  sms: z.transform((wire: unknown) => (isWireObject(wire) ? readLabel(wire.phoneNumber) : undefined)),
});

/** A factor as listed. `type` alone says what it is: some SDKs send an empty `totp` along with an `sms` factor. */
export function readFactor(wire: unknown): AuthenticationFactor {
  const { type = 'unknown', status, verified, totp, sms, ...rest } = z.parse(factorSchema, wire);
  const factor: AuthenticationFactor = {
    ...rest,
    type,
    status: status ?? (verified === undefined ? 'unknown' : verified ? 'verified' : 'pending'),
  };
  if (type === 'totp' && totp) factor.totp = totp;
  if (type === 'sms' && sms) factor.sms = { phoneNumber: sms };
  return factor;
}

const totpSecretSchema = z.object({ secret: base32, qrCode: text, uri: text, issuer: label, user: label });

/** The part of a TOTP factor that only the answer to its enrolment carries. */
export function readTotpSecret(wire: unknown): TotpSecret {
  const { qrCode = '', uri = '', ...rest } = z.parse(totpSecretSchema, wire);
  return { ...rest, qrCode, uri };
}

const challengeSchema = z.object({
  id,
  factorId: z.transform((wire: unknown) => (typeof wire === 'string' && ID.test(wire) ? wire : undefined)),
  createdAt: instant,
  expiresAt: instant,
  expiresIn: z.transform(readSeconds),
});

/** A challenge. Its `code` field, where the API sends the one-time code itself, ends here unread. */
export function readChallengeFields(wire: unknown): AuthenticationChallenge {
  const challenge = z.parse(challengeSchema, wire);
  return { ...challenge, expiresIn: challenge.expiresIn ?? lifetime(challenge) };
}

/** `valid` is read strictly: no other value than these two means anything. */
const verificationSchema = z.object({ valid: z.boolean(), attemptsRemaining: z.transform(readCount) });

export function readVerdict(wire: unknown): Omit<Verification, 'challenge'> {
  return z.parse(verificationSchema, wire);
}

/** A duration, as a number or as digits; none that is negative or longer than any session. */
export function readSeconds(wire: unknown): number | undefined {
  const seconds = typeof wire === 'string' && /^\d{1,9}$/.test(wire) ? Number(wire) : wire;
  return typeof seconds === 'number' && seconds >= 0 && seconds < 1e9 ? seconds : undefined;
}

export function readCount(wire: unknown): number | undefined {
  return Number.isSafeInteger(wire) ? readSeconds(wire) : undefined;
}

function readLabel(wire: unknown): string | undefined {
  return (typeof wire === 'string' && cleanText(wire)) || undefined;
}

function readAccount(wire: unknown): AuthenticationFactor['totp'] {
  if (!isWireObject(wire)) return undefined;
  const account = { issuer: readLabel(wire.issuer), user: readLabel(wire.user) };
  return account.issuer || account.user ? account : undefined;
}

function lettersOf(wire: unknown): string | undefined {
  return typeof wire === 'string' ? wire.toLowerCase().replace(/[^a-z]/g, '') : undefined;
}

/** Seconds between two instants of one clock, the server's: this device's clock has no say. */
function lifetime({ createdAt, expiresAt }: AuthenticationChallenge): number | undefined {
  if (!createdAt || !expiresAt) return undefined;
  return Math.max(0, (Date.parse(expiresAt) - Date.parse(createdAt)) / 1000);
}
