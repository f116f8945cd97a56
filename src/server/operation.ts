import type { CheckedOptions, MfaUser } from './handler-options.js';
import type { WorkOsClient } from './work-os-client.js';

/** What an operation works with. The session, the request's origin and its content type are checked by then. */
export interface OperationContext {
  options: CheckedOptions;
  workOs: WorkOsClient;
  user: MfaUser;
  /** The id in the path, `''` where the route has none. Of the right form, but nobody's yet. */
  id: string;
  /** Reads the body, within its limits. */
  readBody: () => Promise<object>;
}

/** One method of one route. Resolves to the answer, or rejects with a `Refusal`. */
export type Operation = (context: OperationContext) => Promise<Response>;
