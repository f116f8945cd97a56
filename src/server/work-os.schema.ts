import * as z from 'zod/mini';

import { isEntityId } from './entity-id.js';

const id = z.string().check(z.refine(isEntityId));

/** ISO 8601 with a zone; `Date` cuts what is finer than a millisecond. */
const instant = z.pipe(
  z.string().check(
    z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/),
    z.refine((text) => !Number.isNaN(Date.parse(text))),
  ),
  z.transform((text: string) => new Date(text).toISOString()),
);

const factorFields = { id, created_at: instant, updated_at: instant };

/** `POST /auth/factors/enroll` for `totp`: the only answer that carries the secret. */
export const enrolledTotpSchema = z.pipe(
  z.object({
    ...factorFields,
    type: z.literal('totp'),
    totp: z.object({
      secret: z.string().check(z.regex(/^[A-Z2-7]+=*$/)),
      qr_code: z.string().check(z.regex(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/)),
      uri: z.string().check(z.startsWith('otpauth://totp/')),
    }),
  }),
  z.transform((wire) => ({
    id: wire.id,
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
    secret: wire.totp.secret,
    qrCode: wire.totp.qr_code,
    uri: wire.totp.uri,
  })),
);
export type EnrolledTotp = z.output<typeof enrolledTotpSchema>;

/** `POST /auth/factors/enroll` for `sms`. The number is not read: we know the one that was asked for. */
export const enrolledSmsSchema = z.pipe(
  z.object({ ...factorFields, type: z.literal('sms') }),
  z.transform((wire) => ({ id: wire.id, createdAt: wire.created_at, updatedAt: wire.updated_at })),
);
export type EnrolledSms = z.output<typeof enrolledSmsSchema>;

const challengeFields = z.object({
  id,
  authentication_factor_id: id,
  created_at: instant,
  updated_at: instant,
  expires_at: z.nullish(instant),
});

/** `POST /auth/factors/:id/challenge`. Its `code` field, where WorkOS sends the one-time code itself, ends here unread. */
export const challengeSchema = z.pipe(
  challengeFields,
  z.transform((wire) => ({
    id: wire.id,
    factorId: wire.authentication_factor_id,
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
    expiresAt: wire.expires_at ?? null,
  })),
);
export type UpstreamChallenge = z.output<typeof challengeSchema>;

/** A field that only an error has: absent, or there and empty. */
const absent = z.union([z.nullish(z.undefined()), z.literal(''), z.array(z.unknown()).check(z.maxLength(0))]);
const noError = { error: absent, errors: absent, message: absent };

/**
 * `POST /auth/challenges/:id/verify`. `valid` is one of two values and nothing like them, and an answer that also
 * carries an error is no verdict, wherever in it the error stands.
 */
export const verificationSchema = z.pipe(
  z.object({
    ...noError,
    code: absent,
    challenge: z.object({
      ...noError,
      code: z.union([absent, z.string().check(z.regex(/^\d+$/))]), // here it is the one-time code, where WorkOS sends it
      id,
      authentication_factor_id: id,
    }),
    valid: z.boolean(),
  }),
  z.transform(({ challenge, valid }) => ({
    challengeId: challenge.id,
    factorId: challenge.authentication_factor_id,
    valid,
  })),
);

/** A failure's body. Its `message` may quote numbers and ids, so it is not read. */
export const upstreamErrorSchema = z.object({ code: z.string() });
