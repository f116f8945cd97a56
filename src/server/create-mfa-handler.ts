import { refusalAnswer } from './answers.js';
import { challengeFactor, verifyChallenge } from './challenge-operations.js';
import { deleteFactor, enrollFactor, listFactors, readFactor } from './factor-operations.js';
import { failClosed } from './fail-closed.js';
import { checkOptions, type MfaHandlerOptions } from './handler-options.js';
import type { EntityOperation, Operation } from './operation.js';
import { readBody } from './read-body.js';
import { Refusal } from './refusal.js';
import { requireJson, requireSameOrigin, requireUser } from './request-guard.js';
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
  const context = {
    options: { ...checked, store: failClosed(checked.store) },
    workOs: createWorkOsClient(checked),
  };

  async function respond(request: Request): Promise<Response> {
    const user = await requireUser(checked.user, request);
    requireSameOrigin(request, checked.origins);
    const route = matchRoute(request.url, checked.basePath);
    if (!route) throw new Refusal('not_found');
    const operations = operationsOf(route);
    const operation = operations.get(request.method);
    if (!operation) throw new Refusal('method_not_allowed', { allow: [...operations.keys()] });
    requireJson(request);
    return operation({ ...context, user, readBody: () => readBody(request) });
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
