import { refusalAnswer } from './answers.js';
import { challengeFactor, verifyChallenge } from './challenge-operations.js';
import { deleteFactor, enrollFactor, listFactors, readFactor } from './factor-operations.js';
import { failClosed } from './fail-closed.js';
import { checkOptions, type MfaHandlerOptions } from './handler-options.js';
import type { Operation } from './operation.js';
import { readBody } from './read-body.js';
import { Refusal } from './refusal.js';
import { requireJson, requireSameOrigin, requireUser } from './request-guard.js';
import { matchRoute, type Route } from './routes.js';
import { createWorkOsClient } from './work-os-client.js';

const OPERATIONS: Record<Route['name'], ReadonlyMap<string, Operation>> = {
  factors: new Map([
    ['GET', listFactors],
    ['POST', enrollFactor],
  ]),
  factor: new Map([
    ['GET', readFactor],
    ['DELETE', deleteFactor],
  ]),
  'factor-challenge': new Map([['POST', challengeFactor]]),
  'challenge-verify': new Map([['POST', verifyChallenge]]),
};

/**
 * The proxy between the browser and the WorkOS MFA API, for any server that speaks `Request` and `Response`. It holds
 * the API key, knows whose factors they are, and answers the contract that `createHttpBackend` speaks.
 *
 * The returned function never rejects, logs nothing, and reads only `url`, `method`, `headers` and `body` of a request.
 * @throws {Error} If an option is missing or cannot work; the message says what to write.
 */
export function createMfaHandler(options: MfaHandlerOptions): (request: Request) => Promise<Response> {
  const checked = checkOptions(options);
  const context = {
    options: { ...checked, store: failClosed(checked.store) },
    workOs: createWorkOsClient(checked),
  };

  async function respond(request: Request): Promise<Response> {
    const user = await requireUser(checked.user, request);
    requireSameOrigin(request, checked.origins);
    const route = matchRoute(request.url, checked.basePath);
    if (!route) throw new Refusal('not_found');
    const operations = OPERATIONS[route.name];
    const operation = operations.get(request.method);
    if (!operation) throw new Refusal('method_not_allowed', { allow: [...operations.keys()] });
    requireJson(request);
    const id = 'id' in route ? route.id : '';
    return operation({ ...context, user, id, readBody: () => readBody(request) });
  }

  return async (request) => {
    try {
      return await respond(request);
    } catch (error) {
      // Anything else is a fault of ours or of the host's: its text may hold what nobody should read.
      return refusalAnswer(error instanceof Refusal ? error : new Refusal('failed'));
    }
  };
}
