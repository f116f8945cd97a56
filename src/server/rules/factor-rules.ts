import { LEASE } from '../lease.js';
import type { Limits } from '../limits.js';
import { Refusal } from '../refusal.js';
import type { StoredFactor, UserRecord } from '../records/user-record.schema.js';
import { requireRoom, secondsUntil } from './rate-rule.js';

/** Who asks, and when. */
export interface Asking {
  /** Milliseconds since 1970. */
  now: number;
  /** Fingerprint of the host's session; `null` where the host names none, which then can prove nothing. */
  session: string | null;
  limits: Limits;
}

/** How long a removal whose end is not known may be finished without another fresh code, in milliseconds. */
const DOUBT = 15 * 60_000;

/** The factors a person has. A pending one whose time is over is none any more, wherever it still waits to be deleted. */
export function presentFactors(
  record: Pick<UserRecord, 'factors'>,
  { now, limits }: Pick<Asking, 'now' | 'limits'>,
): StoredFactor[] {
  return record.factors.filter((factor) => !isExpired(factor, now, limits));
}

function isExpired(factor: StoredFactor, now: number, { pendingSeconds }: Limits): boolean {
  const isOver = factor.status === 'pending' && now >= factor.enrolledAt + pendingSeconds * 1000;
  return isOver && !isBusy(factor, 'confirming', now);
}

export const isBusy = ({ busy }: StoredFactor, what: 'confirming' | 'removing', now: number): boolean =>
  busy?.with === what && busy.until > now;

/** One that can be used: there, and not being removed by another request. */
export function requireFactor(record: UserRecord, factorId: string, asking: Asking): StoredFactor {
  const factor = presentFactors(record, asking).find(({ id }) => id === factorId);
  if (!factor || isBusy(factor, 'removing', asking.now)) throw new Refusal('not_found');
  return factor;
}

/**
 * Holds a place for a factor while WorkOS makes it.
 * @returns The place, to be given back or filled, and whose code it was that allowed it.
 */
export function holdPlace(record: UserRecord, asking: Asking): { place: number; vouchedBy: string | null } {
  const { now, limits } = asking;
  const vouchedBy = isProtected(record, now) ? requireProof(record, asking) : null;
  record.enrollments = [...requireRoom(record.enrollments, limits.enrollmentsPerUser, now), now];
  record.places = record.places.filter(({ until }) => until > now);
  if (record.factors.length + record.places.length >= limits.factorsPerUser) throw noPlace(record, asking);
  record.places.push({ id: record.revision, until: now + LEASE });
  return { place: record.revision, vouchedBy };
}

/**
 * Puts a factor into the place that was held for it. One that came so late that the place was given to another takes a
 * free one, or none.
 */
export function fillPlace(
  record: UserRecord,
  place: number,
  factor: StoredFactor,
  { limits }: Pick<Asking, 'limits'>,
): void {
  const isHeld = record.places.some(({ id }) => id === place);
  leavePlace(record, place);
  if (!isHeld && record.factors.length + record.places.length >= limits.factorsPerUser) {
    throw new Refusal('too_many_factors');
  }
  record.factors.push(factor);
}

export function leavePlace(record: UserRecord, place: number): void {
  record.places = record.places.filter(({ id }) => id !== place);
}

/** Pending factors go by themselves, and then there is room again. Verified ones have to be removed by somebody. */
function noPlace({ factors, places }: UserRecord, { now, limits }: Asking): Refusal {
  const pending = factors.filter(({ status }) => status === 'pending');
  const ends = [
    ...pending.map(({ enrolledAt }) => enrolledAt + limits.pendingSeconds * 1000),
    ...places.map(({ until }) => until),
  ];
  return ends.length > 0
    ? new Refusal('rate_limited', { retryAfter: secondsUntil(Math.min(...ends), now) })
    : new Refusal('too_many_factors');
}

/** Whether there is something that a password alone must not touch. */
const isProtected = ({ factors }: UserRecord, now: number, except?: StoredFactor): boolean =>
  factors.some(
    (factor) => factor !== except && (factor.status === 'verified' || isBusy(factor, 'confirming', now)),
  );

/**
 * A right code of a verified factor, in this session and a moment ago. The code that confirms an enrolment is none: it
 * proves a thing that whoever has the session could have brought along.
 * @returns Whose code it was.
 */
function requireProof({ proofs }: UserRecord, { now, session, limits }: Asking): string {
  const proof = proofs.findLast((each) => each.session === session && isFresh(each, now, limits));
  if (!proof) throw new Refusal('step_up_required');
  return proof.factorId;
}

/** Also by a clock that was set back: a proof from the future is none. */
export const isFresh = ({ at }: { at: number }, now: number, { stepUpSeconds }: Limits): boolean =>
  Math.abs(now - at) < stepUpSeconds * 1000;

/**
 * Whether a pending factor may become one that counts. It may have been begun before the account had any: by somebody
 * who had the password, and waits for its moment. So it is asked again what was asked at its beginning.
 */
export function requireConfirmable(record: UserRecord, factor: StoredFactor, asking: Asking): void {
  if (factor.status === 'verified' || !isProtected(record, asking.now, factor)) return;
  // By one that still is there: it may have been removed while WorkOS was making this one, too.
  const isVouchedFor =
    factor.enrolledIn === asking.session && record.factors.some(({ id }) => id === factor.vouchedBy);
  if (!isVouchedFor) requireProof(record, asking);
}

/** Takes a factor out of everybody's hands while WorkOS deletes it. A verified one takes a proof. */
export function beginRemoval(record: UserRecord, factorId: string, asking: Asking): StoredFactor {
  const { now } = asking;
  const factor = presentFactors(record, asking).find(({ id }) => id === factorId);
  if (!factor) throw new Refusal('not_found');
  if (isBusy(factor, 'confirming', now)) throw new Refusal('conflict');
  if (factor.status === 'pending' || !mayFinishRemoval(factor, asking)) {
    if (factor.status === 'verified') requireProof(record, asking);
    factor.removal = { session: asking.session, until: now + DOUBT };
  }
  factor.busy = { with: 'removing', until: now + LEASE };
  return factor;
}

const mayFinishRemoval = ({ removal }: StoredFactor, { now, session }: Asking): boolean =>
  removal !== null && session !== null && removal.session === session && now < removal.until;

/** Pending factors whose time is over, taken for removal. Those that another request is removing are left to it. */
export function beginCleanUp(
  record: UserRecord,
  { now, limits }: Pick<Asking, 'now' | 'limits'>,
): StoredFactor[] {
  const expired = record.factors.filter(
    (factor) => isExpired(factor, now, limits) && !isBusy(factor, 'removing', now),
  );
  for (const factor of expired) factor.busy = { with: 'removing', until: now + LEASE };
  return expired;
}

/** What a factor proved goes with it: else it could be added, used and removed as a key. */
export function removeFactor(record: UserRecord, factorId: string): void {
  record.factors = record.factors.filter(({ id }) => id !== factorId);
  record.challenges = record.challenges.filter((challenge) => challenge.factorId !== factorId);
  record.proofs = record.proofs.filter((proof) => proof.factorId !== factorId);
}

/** A removal that WorkOS has refused: the factor is there as before, and removing it takes a proof again. */
export function keepFactor(record: UserRecord, factorId: string): void {
  letGo(record, factorId, 'removing');
  const factor = record.factors.find(({ id }) => id === factorId);
  if (factor) factor.removal = null;
}

/**
 * Gives a factor back that a request had taken and could not do its work with.
 * @param what It had taken it for. Where another request has it by now for something else, that one keeps it.
 */
export function letGo(record: UserRecord, factorId: string, what: 'confirming' | 'removing'): void {
  const factor = record.factors.find(({ id }) => id === factorId);
  if (factor?.busy?.with === what) factor.busy = null;
}
