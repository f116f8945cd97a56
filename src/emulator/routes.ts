import { addChallenge, challengeJson, findChallenge, verifyChallenge } from './challenges.js';
import type { Environment } from './environment.js';
import {
  addFactor,
  deleteFactor,
  enrolledFactorJson,
  factorJson,
  findFactor,
  readMethod,
} from './factors.js';
import { jsonResponse } from './json-response.js';
import { readBody, textField } from './request-body.js';
import { enrollUserFactor, listUserFactors } from './user-factors.js';
import { invalidParameters, routeNotFound } from './wire-error.js';

interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** The path; its one group is the id that is handed on. */
  path: RegExp;
  answer: (environment: Environment, request: Request, id: string) => Response | Promise<Response>;
}

const ROUTES: Route[] = [
  {
    method: 'POST',
    path: /^\/auth\/factors\/enroll$/,
    async answer(environment, request) {
      const factor = addFactor(environment, readMethod(await readBody(request)));
      return jsonResponse(enrolledFactorJson(factor), 201);
    },
  },
  {
    method: 'GET',
    path: /^\/auth\/factors\/([^/]+)$/,
    answer: (environment, _, id) => jsonResponse(factorJson(findFactor(environment, id))),
  },
  {
    method: 'DELETE',
    path: /^\/auth\/factors\/([^/]+)$/,
    answer(environment, _, id) {
      deleteFactor(environment, id);
      return new Response(null, { status: 204 });
    },
  },
  {
    method: 'POST',
    path: /^\/auth\/factors\/([^/]+)\/challenge$/,
    async answer(environment, request, id) {
      const smsTemplate = textField(await readBody(request), 'sms_template');
      const factor = findFactor(environment, id);
      const challenge = addChallenge(environment, factor, { smsTemplate });
      return jsonResponse(challengeJson(challenge, factor), 201);
    },
  },
  {
    method: 'POST',
    path: /^\/auth\/challenges\/([^/]+)\/verify$/,
    async answer(environment, request, id) {
      const code = textField(await readBody(request), 'code');
      const challenge = findChallenge(environment, id);
      if (code === undefined) throw invalidParameters('code_required');
      const valid = verifyChallenge(environment, challenge, code);
      const factor = findFactor(environment, challenge.factorId);
      return jsonResponse({ challenge: challengeJson(challenge, factor), valid }, 201);
    },
  },
  {
    method: 'POST',
    path: /^\/user_management\/users\/([^/]+)\/auth_factors$/,
    async answer(environment, request, userId) {
      const body = await readBody(request);
      return jsonResponse(enrollUserFactor(environment, userId, body), 201);
    },
  },
  {
    method: 'GET',
    path: /^\/user_management\/users\/([^/]+)\/auth_factors$/,
    answer(environment, request, userId) {
      const order = new URL(request.url).searchParams.get('order');
      return jsonResponse(listUserFactors(environment, userId, order));
    },
  },
];

/** @throws {WireError} Whatever the request is refused with; 404 where no route takes its path and method. */
export async function answerRoute(environment: Environment, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const { method, path, answer } of ROUTES) {
    const match = request.method === method && path.exec(pathname);
    // An id in WorkOS's form never needs decoding, so an encoded one is simply unknown.
    if (match) return answer(environment, request, match[1] ?? '');
  }
  throw routeNotFound(request.method, pathname);
}
