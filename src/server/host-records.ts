import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import { toAuthenticationFactor } from './authentication-factor.js';
import type { MfaStore } from './mfa-store.js';
import { bestEffort } from './best-effort.js';
import { disownFactor } from './records/factor-owners.js';
import { createRecords } from './records/records.js';
import { parseRecord, readRecord, userKey } from './records/user-records.js';

/**
 * The factors a user has shown a right code of, oldest first: whether a sign-in needs its second step. Phone numbers are masked.
 * @throws {Error} If the store fails. Take that for "needs it", never for "has none".
 */
export async function findVerifiedFactors(store: MfaStore, userId: string): Promise<AuthenticationFactor[]> {
  const { factors } = parseRecord(await createRecords(store, Date.now).read(userKey(userId)), userId);
  return factors
    .filter(({ status }) => status === 'verified')
    .toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt))
    .map(toAuthenticationFactor);
}

/**
 * Forgets a user: the account was deleted, or support has made sure that it is them and lets them begin anew. Limits of numbers
 * and addresses stay.
 * @returns The ids of their factors, which are still at WorkOS: delete them there (`multiFactorAuth.deleteFactor` in the Node SDK).
 * None of a record that cannot be read, which is forgotten all the same.
 * @throws {Error} If the store fails; then nothing is forgotten.
 */
export async function forgetUser(store: MfaStore, userId: string): Promise<string[]> {
  const records = createRecords(store, Date.now);
  const factorIds = await records.change(userKey(userId), (text) => ({
    next: text === null ? undefined : { to: null, expiresAt: null },
    result: factorIdsIn(text, userId),
  }));
  // The user is forgotten, and only this tells which factors to delete: it is returned, whatever becomes of the rest.
  for (const id of factorIds) {
    await bestEffort(() => disownFactor(records, id, userId));
  }
  return factorIds;
}

function factorIdsIn(text: string | null, userId: string): string[] {
  if (text === null || !readRecord(text)) return [];
  return parseRecord(text, userId).factors.map(({ id }) => id);
}
