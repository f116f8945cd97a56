import * as z from 'zod/mini';

import { cleanText } from './clean-text.js';
import { readInstant } from './instant.js';
import type { AuthenticationChallenge, AuthenticationFactor, TotpSecret } from './mfa-backend.js';

/** What may stand in a path. Ids of other forms are never sent anywhere. */
export const ID = /^[A-Za-z0-9_-]{1,128}$/;

/** A field that is left out when it cannot be read, instead of costing the whole answer. */
const ifReadable = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined);

const id = z.string().check(z.regex(ID));
const label = z.pipe(z.string(), z.transform(cleanText));
const instant = z.pipe(z.optional(z.unknown()), z.transform(readInstant));
const seconds = z.pipe(
  z.union([z.number(), z.string().check(z.regex(/^\d{1,9}$/))]),
  z.pipe(z.transform(Number), z.number().check(z.nonnegative())),
);
const count = z.number().check(z.int(), z.nonnegative());
/** RFC 4648, section 6. Some servers write it in groups or with padding. */
const base32 = z.pipe(
  z.pipe(
    z.string(),
    z.transform((wire: string) => wire.replace(/[\s=-]/g, '').toUpperCase()),
  ),
  z.string().check(z.regex(/^[A-Z2-7]{8,128}$/)),
);

const FACTOR_TYPES: Record<string, AuthenticationFactor['type']> = {
  totp: 'totp',
  sms: 'sms',
  genericotp: 'generic_otp',
  webauthn: 'webauthn',
};

/** A factor as listed. `type` alone says what it is: some SDKs send an empty `totp` along with an `sms` factor. */
export const factorSchema = z.pipe(
  z.object({
    id,
    type: ifReadable(z.string()),
    status: ifReadable(z.enum(['verified', 'pending'])),
    verified: ifReadable(z.boolean()),
    createdAt: instant,
    updatedAt: instant,
    totp: ifReadable(z.object({ issuer: ifReadable(label), user: ifReadable(label) })),
    sms: ifReadable(z.object({ phoneNumber: label })),
  }),
  z.transform(({ type = '', status, verified, totp, sms, ...wire }): AuthenticationFactor => {
    const letters = type.toLowerCase().replace(/[^a-z]/g, '');
    const factor: AuthenticationFactor = {
      ...wire,
      type: (Object.hasOwn(FACTOR_TYPES, letters) && FACTOR_TYPES[letters]) || 'unknown',
      status: status ?? (verified === undefined ? 'unknown' : verified ? 'verified' : 'pending'),
    };
    if (factor.type === 'totp' && (totp?.issuer || totp?.user)) factor.totp = totp;
    if (factor.type === 'sms' && sms) factor.sms = sms;
    return factor;
  }),
);

/** The part of a TOTP factor that only the answer to its enrolment carries. */
export const totpSecretSchema = z.pipe(
  z.object({
    secret: base32,
    qrCode: ifReadable(z.string()),
    uri: ifReadable(z.string()),
    issuer: ifReadable(label),
    user: ifReadable(label),
  }),
  z.transform(({ qrCode = '', uri = '', ...wire }): TotpSecret => ({ ...wire, qrCode, uri })),
);

/** A challenge. Its `code` field, where the API sends the one-time code itself, ends here unread. */
export const challengeSchema = z.pipe(
  z.object({
    id,
    factorId: ifReadable(id),
    createdAt: instant,
    expiresAt: instant,
    expiresIn: ifReadable(seconds),
  }),
  z.transform(({ expiresIn, ...wire }): AuthenticationChallenge => ({
    ...wire,
    expiresIn: expiresIn ?? lifetime(wire),
  })),
);

/** `valid` is read strictly: no other value than these two means anything. */
export const verificationSchema = z.object({
  challenge: challengeSchema,
  valid: z.boolean(),
  attemptsRemaining: ifReadable(count),
});

export const retryAfterSchema = ifReadable(seconds);

/** Seconds between two instants of one clock, the server's: this device's clock has no say. */
function lifetime({ createdAt, expiresAt }: AuthenticationChallenge): number | undefined {
  if (!createdAt || !expiresAt) return undefined;
  return Math.max(0, (Date.parse(expiresAt) - Date.parse(createdAt)) / 1000);
}
