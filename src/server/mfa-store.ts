/**
 * Whose factors and challenges they are: WorkOS's MFA API does not know, so the handler keeps it here.
 *
 * What is kept is no secret: no code, no TOTP secret, no whole phone number. Each method is one atomic step, also
 * against other processes on the same data (one SQL statement, or one transaction), and takes the user's id so that
 * the condition "and it is theirs" is part of that step. A method that cannot do its work rejects: the handler then
 * answers 503 and lets nobody through. Ids are case-sensitive.
 */
export interface MfaStore {
  /**
   * Keeps a new factor. Resolves to `false`, and changes nothing, if the id is taken, whoever has it.
   */
  addFactor(factor: StoredFactor): Promise<boolean>;
  /** All factors of a user, pending ones included, oldest first. */
  listFactors(userId: string): Promise<StoredFactor[]>;
  /** One factor of a user. `null` if there is none, and just so if it is somebody else's. */
  findFactor(userId: string, factorId: string): Promise<StoredFactor | null>;
  /**
   * Sets `status` to `verified` and `updatedAt` to `at` (ISO 8601, UTC), if the user still has the factor: a conditional
   * update, never a write of what was read before, or a factor deleted meanwhile would come back.
   * Resolves to whether the factor was there.
   */
  markFactorVerified(userId: string, factorId: string, at: string): Promise<boolean>;
  /** Removes a factor of a user together with its challenges. Nothing happens if the user has none by that id. */
  removeFactor(userId: string, factorId: string): Promise<void>;
  /**
   * Keeps a new challenge, if the user still has its factor at that moment. Resolves to `false`, and changes nothing,
   * if not, or if the id is taken. A store may forget a challenge a day after its `createdAt`.
   */
  addChallenge(challenge: StoredChallenge): Promise<boolean>;
  /** One challenge of a user. `null` if there is none, and just so if it is somebody else's. */
  findChallenge(userId: string, challengeId: string): Promise<StoredChallenge | null>;
}

export type StoredFactor = StoredTotpFactor | StoredSmsFactor;

export interface StoredTotpFactor extends StoredFactorBase {
  type: 'totp';
  /** What the authenticator app shows: the app's name and the account's. */
  issuer: string;
  label: string;
}

export interface StoredSmsFactor extends StoredFactorBase {
  type: 'sms';
  /** `•••• 0006`. The whole number is WorkOS's alone. */
  maskedPhone: string;
}

interface StoredFactorBase {
  /** WorkOS's id of it, such as `auth_factor_01FVYZ5QM8N98T9ME5BCB2BBMJ`. */
  id: string;
  /** The host's id of the user it belongs to. */
  userId: string;
  /** `pending` until the first right code. */
  status: 'pending' | 'verified';
  /** ISO 8601, UTC, by WorkOS's clock. */
  createdAt: string;
  /** ISO 8601, UTC. */
  updatedAt: string;
}

export interface StoredChallenge {
  /** WorkOS's id of it, such as `auth_challenge_01FVYZWQTZQ5VB6BC5MPG2EYC5`. */
  id: string;
  factorId: string;
  userId: string;
  /** ISO 8601, UTC, by WorkOS's clock. */
  createdAt: string;
  /** ISO 8601, UTC, by WorkOS's clock. `null` where it does not expire (TOTP). */
  expiresAt: string | null;
}
