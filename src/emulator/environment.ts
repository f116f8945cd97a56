import type { Challenge } from './challenges.js';
import type { Factor } from './factors.js';
import type { SmsMessage } from './sms-inbox.js';

/** What one WorkOS environment holds. It lives in memory only. */
export interface Environment {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** By id, oldest first. */
  readonly factors: Map<string, Factor>;
  /** By id, oldest first. Those of a deleted factor go with it. */
  readonly challenges: Map<string, Challenge>;
  /** Oldest first. */
  readonly inbox: SmsMessage[];
}
