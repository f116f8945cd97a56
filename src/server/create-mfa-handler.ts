import { refusalAnswer } from './answers.js';
import { type EventDetails, tell } from './events.js';
import { challengeFactor, verifyChallenge } from './challenge-operations.js';
import { deleteFactor, enrollFactor, listFactors, readFactor } from './factor-operations.js';
import { createFingerprints } from './fingerprint.js';
import { checkOptions, type MfaHandlerOptions, type MfaUser } from './handler-options.js';
import { createMessageLimits } from './message-limits.js';
import type { EntityOperation, Operation, Services } from './operation.js';
import { readBody } from './read-body.js';
import { createRecords } from './records/records.js';
import { createUserRecords } from './records/user-records.js';
import { Refusal } from './refusal.js';
import { readIdempotencyKey, requireJson, requireSameOrigin, requireUser } from './request-guard.js';
import { matchRoute, type Route } from './routes.js';
import { createWorkOsClient } from './work-os-client.js';

/**
 * The proxy between the browser and the WorkOS MFA API, for any server that speaks `Request` and `Response`. It holds
 * the API key, knows whose factors they are, and answers the contract that `createHttpBackend` speaks.
 *
 * The returned function never rejects, logs nothing, and reads only `url`, `method`, `headers` and `body` of a request.
 * @throws {Error} If an option is missing or cannot work; the message says what to write.
 */
export function createMfaHandler(options: MfaHandlerOptions): (request: Request) => Promise<Response> {
  const checked = checkOptions(options);
  const { now, limits, onEvent, onError } = checked;
  const records = createRecords(checked.store, now);
  const fingerprints = createFingerprints(checked.apiKey);
  const services: Services = {
    options: checked,
    workOs: createWorkOsClient(checked),
    records,
    users: createUserRecords(records),
    messageLimits: createMessageLimits(records, limits, fingerprints, now),
    fingerprints,
  };

  async function respond(request: Request, seen: Seen): Promise<Response> {
    const user = await requireUser(checked.user, request);
    seen.user = user;
    const route = matchRoute(request.url, checked.basePath);
    if (route) seen.call = `${seen.call} ${PATHS[route.name]}`;
    requireSameOrigin(request, checked.origins);
    if (!route) throw new Refusal('not_found');
    const operations = operationsOf(route);
    const operation = operations.get(request.method);
    if (!operation) throw new Refusal('method_not_allowed', { allow: [...operations.keys()] });
    requireJson(request);
    const session = user.sessionId === undefined ? null : fingerprints.of('session', user.id, user.sessionId);
    return operation({
      ...services,
      user,
      asking: () => ({ now: now(), session, limits }),
      host: hostOf(request, checked.origins),
      idempotencyKey: request.method === 'POST' ? readIdempotencyKey(request) : undefined,
      readBody: () => readBody(request),
      report: (event) => report(seen, event),
    });
  }

  const report = ({ user }: Seen, event: EventDetails) =>
    tell(() =>
      onEvent?.({
        at: new Date(now()).toISOString(),
        ...(user && { userId: user.id }),
        ...(user?.clientIp !== undefined && { clientIp: user.clientIp }),
        ...event,
      }),
    );

  return async (request) => {
    const seen: Seen = { user: undefined, call: methodOf(request) };
    try {
      return await respond(request, seen);
    } catch (error) {
      // Anything else is a fault of ours or of the host's: its text may hold what nobody should read.
      const refusal = error instanceof Refusal ? error : new Refusal('failed');
      const { reason, status, retryAfter } = refusal;
      const { call } = seen;
      // Behind a refusal of ours stands what the host, its store or WorkOS did.
      if (status >= 500)
        tell(() => onError?.(error instanceof Refusal ? (error.cause ?? error) : error, call));
      report(seen, {
        type: 'refused',
        reason,
        status,
        call,
        ...(retryAfter !== undefined && { retryAfter }),
      });
      return refusalAnswer(refusal);
    }
  };
}

/** The page's own host where it is one of the app's, else the first of those. No header but the browser's is believed. */
function hostOf({ headers }: Request, origins: readonly string[]): string {
  const origin = origins.find((each) => each === headers.get('Origin')) ?? origins[0] ?? '';
  return new URL(origin).hostname;
}

/** What is known of a request by the time it is refused. */
interface Seen {
  user: MfaUser | undefined;
  call: string;
}

/** For the log. A method is any word that the client likes, at any length: what is none of HTTP's is told as `?`. */
const methodOf = ({ method }: Request) => (/^[A-Z]{1,10}$/.test(method) ? method : '?');

const PATHS: Record<Route['name'], string> = {
  factors: '/factors',
  factor: '/factors/:id',
  'factor-challenge': '/factors/:id/challenge',
  'challenge-verify': '/challenges/:id/verify',
};

/** What a route takes, by method. A map, because an object would take the method `constructor` too. */
function operationsOf(route: Route): ReadonlyMap<string, Operation> {
  if (route.name === 'factors') {
    return new Map([
      ['GET', listFactors],
      ['POST', enrollFactor],
    ]);
  }
  const its =
    (operation: EntityOperation): Operation =>
    (context) =>
      operation(context, route.id);
  switch (route.name) {
    case 'factor':
      return new Map([
        ['GET', its(readFactor)],
        ['DELETE', its(deleteFactor)],
      ]);
    case 'factor-challenge':
      return new Map([['POST', its(challengeFactor)]]);
    case 'challenge-verify':
      return new Map([['POST', its(verifyChallenge)]]);
  }
}
