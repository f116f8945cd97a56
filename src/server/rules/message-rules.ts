import { Refusal } from '../refusal.js';
import type { StoredFactor, UserRecord } from '../records/user-record.schema.js';
import { type Asking, requireConfirmable, requireFactor } from './factor-rules.js';
import { allowedAt, giveBack, keepRecent, secondsUntil } from './rate-rule.js';

/**
 * A factor that a challenge may be started for. Not for one that could not be confirmed then: it may carry the number of
 * somebody who had the password once.
 */
export function mayChallenge(record: UserRecord, factorId: string, asking: Asking): StoredFactor {
  const factor = requireFactor(record, factorId, asking);
  requireConfirmable(record, factor, asking);
  return factor;
}

/** Counts one text message of the user. @returns When, by which it can be given back. */
export function takeMessage(record: UserRecord, { now, limits }: Asking): number {
  record.messages = keepRecent(record.messages, limits.messagesPerUser, now);
  const free = allowedAt(record.messages, limits.messagesPerUser);
  if (free > now) throw new Refusal('rate_limited', { retryAfter: secondsUntil(free, now) });
  record.messages.push(now);
  return now;
}

export function giveMessageBack(record: UserRecord, at: number): void {
  record.messages = giveBack(record.messages, at);
}
