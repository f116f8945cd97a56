import type { CheckedOptions, MfaUser } from './handler-options.js';
import type { WorkOsClient } from './work-os-client.js';

/** What an operation works with. The session, the request's origin and its content type are checked by then. */
export interface OperationContext {
  options: CheckedOptions;
  workOs: WorkOsClient;
  user: MfaUser;
  /** Reads the body, within its limits. */
  readBody: () => Promise<object>;
}

/** One method of one route. Resolves to the answer, or rejects with a `Refusal`. */
export type Operation = (context: OperationContext) => Promise<Response>;

/** One method of a route with an id in its path, which has the right form but is nobody's yet. */
export type EntityOperation = (context: OperationContext, id: string) => Promise<Response>;
