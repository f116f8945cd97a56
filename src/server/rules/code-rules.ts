import { LEASE } from '../lease.js';
import { Refusal } from '../refusal.js';
import type { StoredChallenge, StoredFactor, UserRecord } from '../records/user-record.schema.js';
import { type Asking, isBusy, isFresh, requireConfirmable, requireFactor } from './factor-rules.js';
import { giveBack, requireRoom } from './rate-rule.js';

/** How many challenges of a user are remembered: by the limit on them, more than can be in use at a time. */
const CHALLENGES_KEPT = 100;
const DAY = 86_400_000; // milliseconds
/** Seconds to wait where a challenge takes no code any more, and another is what helps. */
const NEXT_CHALLENGE = 30;

export interface Attempt {
  challenge: StoredChallenge;
  /** Fingerprint of the code. */
  code: string;
  /** Milliseconds since 1970. */
  at: number;
  /** How many codes may still be tried after this one, if it is wrong. */
  attemptsRemaining: number;
}

export function addChallenge(record: UserRecord, challenge: StoredChallenge): void {
  // An id that is known already is another challenge's: what was tried and used up there is not to be taken over.
  if (record.challenges.some(({ id }) => id === challenge.id)) throw new Refusal('upstream_failed');
  record.challenges = [...record.challenges, challenge].slice(-CHALLENGES_KEPT);
}

/** Counts a code before WorkOS judges it, so that a thousand at once are no more than a thousand in a row. */
export function takeAttempt(
  record: UserRecord,
  { challengeId, code }: { challengeId: string; code: string },
  asking: Asking,
): Attempt {
  const { now, limits } = asking;
  const challenge = record.challenges.find(({ id }) => id === challengeId);
  if (!challenge) throw new Refusal('not_found');
  const factor = requireFactor(record, challenge.factorId, asking);
  if (challenge.isUsed) throw new Refusal('challenge_used');
  if (hasExpired(challenge, now)) throw new Refusal('challenge_expired');
  requireConfirmable(record, factor, asking);

  record.wrongCodes = requireRoom(record.wrongCodes, limits.wrongCodesPerUser, now);
  record.unjudgedCodes = requireRoom(record.unjudgedCodes, limits.unjudgedCodesPerUser, now);
  if (challenge.attempts >= limits.codesPerChallenge) {
    throw new Refusal('too_many_attempts', { retryAfter: NEXT_CHALLENGE });
  }
  // Last: whoever may not try a code is not told either whether it was one.
  if (isSpent(record, factor, code, now)) throw new Refusal('code_used');
  challenge.attempts += 1;
  record.wrongCodes.push(now);
  const attemptsRemaining = Math.min(
    limits.codesPerChallenge - challenge.attempts,
    ...limits.wrongCodesPerUser.map(
      ({ count, seconds }) => count - record.wrongCodes.filter((time) => time > now - seconds * 1000).length,
    ),
  );
  return { challenge, code, at: now, attemptsRemaining };
}

/**
 * Where nobody has heard a verdict, the code was not wrong.
 * @param isOutcomeUnknown Whether WorkOS may have judged it all the same. Then it counts by itself: what is not heard of it now
 * may show by what comes next.
 */
export function giveAttemptBack(
  record: UserRecord,
  { challenge, at }: Attempt,
  isOutcomeUnknown: boolean,
): void {
  record.wrongCodes = giveBack(record.wrongCodes, at);
  if (isOutcomeUnknown) record.unjudgedCodes.push(at);
  const kept = record.challenges.find(({ id }) => id === challenge.id);
  if (kept) kept.attempts = Math.max(0, kept.attempts - 1);
}

/**
 * Uses a challenge up, once WorkOS has called the code right: of all requests that bring right codes at the same time,
 * one is given the factor and all others a refusal. A pending factor is taken for its confirmation.
 */
export function acceptCode(record: UserRecord, attempt: Attempt, asking: Asking): StoredFactor | Refusal {
  const { now, limits } = asking;
  record.wrongCodes = giveBack(record.wrongCodes, attempt.at);
  const challenge = record.challenges.find(({ id }) => id === attempt.challenge.id);
  if (!challenge) return new Refusal('not_found');
  if (challenge.isUsed) return new Refusal('challenge_used');
  challenge.isUsed = true; // whatever follows: WorkOS has used it up
  try {
    const factor = requireFactor(record, challenge.factorId, asking);
    if (isSpent(record, factor, attempt.code, now)) return new Refusal('code_used');
    record.usedCodes = record.usedCodes.filter(({ until }) => until > now);
    record.usedCodes.push({ code: attempt.code, until: now + limits.codeReuseSeconds * 1000 });
    requireConfirmable(record, factor, asking);
    factor.removal = null; // it is there after all
    if (factor.status === 'pending') {
      if (isBusy(factor, 'confirming', now)) return new Refusal('conflict');
      factor.busy = { with: 'confirming', until: now + LEASE };
    }
    return factor;
  } catch (error) {
    if (error instanceof Refusal) return error; // returned, so that what was used up is written all the same
    throw error;
  }
}

/** Ends the confirmation of a pending factor, once the host knows of it. */
export function confirmFactor(record: UserRecord, factorId: string, asking: Asking): void {
  const factor = requireFactor(record, factorId, asking);
  // Of a request that stood still for longer than any may take: others have been let through meanwhile.
  if (!isBusy(factor, 'confirming', asking.now)) requireConfirmable(record, factor, asking);
  factor.status = 'verified';
  factor.updatedAt = new Date(asking.now).toISOString();
  factor.busy = null;
}

/** Follows the host's session to its new id: what was begun and proved under the old one goes on. */
export function renameSession(record: UserRecord, from: string | null, to: string): void {
  if (from === null) return;
  for (const proof of record.proofs) if (proof.session === from) proof.session = to;
  for (const factor of record.factors) {
    if (factor.enrolledIn === from) factor.enrolledIn = to;
    if (factor.removal?.session === from) factor.removal.session = to;
  }
}

/** Remembers a right code of a verified factor as this session's. Where the factor has gone meanwhile, it proves nothing. */
export function addProof(record: UserRecord, factorId: string, { now, session, limits }: Asking): void {
  if (session === null || !record.factors.some(({ id }) => id === factorId)) return;
  record.proofs = record.proofs.filter((proof) => isFresh(proof, now, limits));
  record.proofs.push({ session, factorId, at: now });
}

/** An authenticator shows one code to every challenge of its 30 seconds. A text message's is its challenge's alone. */
const isSpent = ({ usedCodes }: UserRecord, { type }: StoredFactor, code: string, now: number): boolean =>
  type === 'totp' && usedCodes.some((used) => used.code === code && used.until > now);

/** Counted from when we heard of it: both of WorkOS's instants are by a clock that need not be ours. */
function hasExpired({ createdAt, expiresAt, startedAt }: StoredChallenge, now: number): boolean {
  const lifetime = expiresAt === null ? DAY : Date.parse(expiresAt) - Date.parse(createdAt);
  return now >= startedAt + lifetime;
}
