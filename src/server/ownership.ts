import type { MfaStore, StoredChallenge, StoredFactor } from './mfa-store.js';
import { Refusal } from './refusal.js';

/** A factor of this user. One that is missing and one that is somebody else's are the same refusal. */
export async function requireFactor(
  store: MfaStore,
  userId: string,
  factorId: string,
): Promise<StoredFactor> {
  return theirs(await store.findFactor(userId, factorId), userId, factorId);
}

/** A challenge of this user, as above. */
export async function requireChallenge(
  store: MfaStore,
  userId: string,
  challengeId: string,
): Promise<StoredChallenge> {
  return theirs(await store.findChallenge(userId, challengeId), userId, challengeId);
}

/** Looks again at what the store gave: a host's own store may have forgotten half of the condition. */
function theirs<T extends { id: string; userId: string }>(found: T | null, userId: string, id: string): T {
  if (found?.userId !== userId || found.id !== id) throw new Refusal('not_found');
  return found;
}
