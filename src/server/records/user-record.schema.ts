import * as z from 'zod/mini';

const milliseconds = z.number(); // since 1970, by the handler's clock

const factorFields = {
  /** WorkOS's id of it. */
  id: z.string(),
  /** `pending` until the first right code. */
  status: z.enum(['pending', 'verified']),
  /** ISO 8601, UTC, by WorkOS's clock. */
  createdAt: z.string(),
  updatedAt: z.string(),
  /** By our own clock, which the time to live of a pending one is counted by. */
  enrolledAt: milliseconds,
  /** Fingerprint of the session that began the enrolment. */
  enrolledIn: z.nullable(z.string()),
  /** The verified factor whose code allowed the enrolment; `null` where there was none to ask for. */
  vouchedBy: z.nullable(z.string()),
  /** What a request is doing with it right now. The instant frees it again if that request never came back. */
  busy: z.nullable(z.object({ with: z.enum(['confirming', 'removing']), until: milliseconds })),
  /**
   * A removal was begun, and how it ended at WorkOS is not known. Until then, and in that session (a fingerprint), it may be
   * finished without another fresh code, which a factor that is gone could not give.
   */
  removal: z.nullable(z.object({ session: z.nullable(z.string()), until: milliseconds })),
  /** Under which key the answer to its enrolment is kept for a second asking. */
  answerKey: z.nullable(z.string()),
};

const factorSchema = z.discriminatedUnion('type', [
  z.object({ ...factorFields, type: z.literal('totp'), issuer: z.string(), label: z.string() }),
  z.object({
    ...factorFields,
    type: z.literal('sms'),
    /** `•••• 0006`: the whole number is WorkOS's alone. */
    maskedPhone: z.string(),
    /** Fingerprint of the number. */
    phone: z.string(),
  }),
]);
export type StoredFactor = z.output<typeof factorSchema>;

const challengeSchema = z.object({
  id: z.string(),
  factorId: z.string(),
  /** ISO 8601, UTC, by WorkOS's clock. */
  createdAt: z.string(),
  /** ISO 8601, UTC, by WorkOS's clock. `null` where it does not expire (TOTP). */
  expiresAt: z.nullable(z.string()),
  startedAt: milliseconds,
  /** Codes tried, those that are being judged now included. */
  attempts: z.number(),
  isUsed: z.boolean(),
});
export type StoredChallenge = z.output<typeof challengeSchema>;

/** All that is kept of one user. It is read and replaced as a whole, so each change of it is one atomic step. */
export const userRecordSchema = z.object({
  /** Whose it is. A store that takes two keys for one, because it does not tell case apart, makes no two people one. */
  userId: z.string(),
  /** Counts the changes, so that no two states of the record are the same text. */
  revision: z.number(),
  factors: z.array(factorSchema),
  /** Places held for factors that WorkOS is being asked for, by the revision that took them. */
  places: z.array(z.object({ id: z.number(), until: milliseconds })),
  challenges: z.array(challengeSchema),
  /** When wrong codes were tried, and codes that are being judged now. */
  wrongCodes: z.array(milliseconds),
  /** When codes were tried of which WorkOS said neither that they were right nor that they were wrong. */
  unjudgedCodes: z.array(milliseconds),
  /** When challenges were started, and factors enrolled. */
  challengeStarts: z.array(milliseconds),
  enrollments: z.array(milliseconds),
  /** When text messages were sent. */
  messages: z.array(milliseconds),
  /** Fingerprints of authenticator codes that were accepted. */
  usedCodes: z.array(z.object({ code: z.string(), until: milliseconds })),
  /** Right codes of verified factors, by fingerprint of the session they were given in. */
  proofs: z.array(z.object({ session: z.string(), factorId: z.string(), at: milliseconds })),
});
export type UserRecord = z.output<typeof userRecordSchema>;

export const newUserRecord = (userId: string): UserRecord => ({
  userId,
  revision: 0,
  factors: [],
  places: [],
  challenges: [],
  wrongCodes: [],
  unjudgedCodes: [],
  challengeStarts: [],
  enrollments: [],
  messages: [],
  usedCodes: [],
  proofs: [],
});
