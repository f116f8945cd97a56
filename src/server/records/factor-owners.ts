import type { Records } from './records.js';

/** Whose factor an id is, so that no id can come to be two people's. */
const keyOf = (factorId: string) => `factor:${factorId}`;

/** Resolves to whether the id was nobody's, and is now this user's. */
export const ownFactor = (records: Records, factorId: string, userId: string): Promise<boolean> =>
  records.swap({ key: keyOf(factorId), from: null, to: JSON.stringify(userId), expiresAt: null });

/** Nothing happens if it is somebody else's. */
export async function disownFactor(records: Records, factorId: string, userId: string): Promise<void> {
  await records.swap({ key: keyOf(factorId), from: JSON.stringify(userId), to: null, expiresAt: null });
}
