import type { EventDetails } from './events.js';
import type { Fingerprints } from './fingerprint.js';
import type { CheckedOptions, MfaUser } from './handler-options.js';
import type { MessageLimits } from './message-limits.js';
import type { Records } from './records/records.js';
import type { UserRecords } from './records/user-records.js';
import type { Asking } from './rules/factor-rules.js';
import type { WorkOsClient } from './work-os-client.js';

/** What one handler works with, for all its requests. */
export interface Services {
  options: CheckedOptions;
  workOs: WorkOsClient;
  records: Records;
  users: UserRecords;
  messageLimits: MessageLimits;
  fingerprints: Fingerprints;
}

/** What an operation works with. The session, the request's origin and its content type are checked by then. */
export interface OperationContext extends Services {
  user: MfaUser;
  /** Who asks, and when: the clock is read anew each time. */
  asking: () => Asking;
  /** The host name of the page that asks. */
  host: string;
  /** The request's `Idempotency-Key`, if it has one. */
  idempotencyKey: string | undefined;
  /** Reads the body, within its limits. */
  readBody: () => Promise<object>;
  report: (event: EventDetails) => void;
}

/** One method of one route. Resolves to the answer, or rejects with a `Refusal`. */
export type Operation = (context: OperationContext) => Promise<Response>;

/** One method of a route with an id in its path, which has the right form but is nobody's yet. */
export type EntityOperation = (context: OperationContext, id: string) => Promise<Response>;
