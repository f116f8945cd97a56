import type { StoredFactor, UserRecord } from '../records/user-record.schema.js';
import { type Asking, requireConfirmable, requireFactor } from './factor-rules.js';
import { giveBack, requireRoom } from './rate-rule.js';

/**
 * A factor that a challenge may be started for, which is counted. Not for one that could not be confirmed then: it may carry the number of
 * somebody who had the password once.
 */
export function takeChallenge(record: UserRecord, factorId: string, asking: Asking): StoredFactor {
  const factor = requireFactor(record, factorId, asking);
  requireConfirmable(record, factor, asking);
  const { now, limits } = asking;
  record.challengeStarts = [...requireRoom(record.challengeStarts, limits.challengesPerUser, now), now];
  return factor;
}

/** Counts one text message of the user. @returns When, by which it can be given back. */
export function takeMessage(record: UserRecord, { now, limits }: Asking): number {
  record.messages = [...requireRoom(record.messages, limits.messagesPerUser, now), now];
  return now;
}

export function giveMessageBack(record: UserRecord, at: number): void {
  record.messages = giveBack(record.messages, at);
}
