import * as z from 'zod/mini';

import { isWireObject, type WireObject } from './fold-names.js';
import type {
  AuthenticationChallenge,
  AuthenticationFactor,
  EnrollFactorRequest,
  Enrollment,
  Verification,
} from './mfa-backend.js';
import { MfaError } from './mfa-error.js';
import { challengeSchema, factorSchema, totpSecretSchema, verificationSchema } from './wire.schema.js';

// Each function takes an answer whose names are folded (`foldNames`) and throws `bad_response` for what it cannot read.

/** `GET /factors`: a bare array, or one inside `data` and `list`. A list that is `null` is empty (Go, PHP). */
export function readFactors(answer: unknown): AuthenticationFactor[] {
  let list = answer;
  for (let depth = 0; isWireObject(list) && depth < 4; depth += 1) {
    if (!('data' in list) && !('list' in list)) break;
    list = 'data' in list ? list.data : list.list;
  }
  if (list === null) return [];
  return parse(z.array(factorSchema), Array.isArray(list) ? list.map(openFactor) : list);
}

/** `POST /factors`: the factor as enrolled, alone or beside its first challenge. */
export function readEnrollment(answer: unknown, request: EnrollFactorRequest): Enrollment {
  const body = open(answer);
  const wire = openFactor(body);
  const factor = parse(factorSchema, wire);
  if (factor.type !== request.type) throw badResponse();
  const enrollment: Enrollment = { factor };
  if (factor.type === 'totp') enrollment.totp = parse(totpSecretSchema, wire.totp);
  if (isWireObject(body.challenge)) {
    enrollment.challenge = readChallenge(body.challenge, factor.id);
  }
  return enrollment;
}

/** `POST /factors/:id/challenge`. A challenge of another factor is refused. */
export function readChallenge(answer: unknown, factorId: string): AuthenticationChallenge {
  const body = open(answer);
  const challenge = parse(
    challengeSchema,
    !('id' in body) && isWireObject(body.challenge) ? open(body.challenge) : body,
  );
  if (challenge.factorId !== undefined && challenge.factorId !== factorId) throw badResponse();
  return { ...challenge, factorId };
}

/** `POST /challenges/:id/verify`. Only an answer about the challenge that was sent counts, right or wrong. */
export function readVerification(answer: unknown, challengeId: string): Verification {
  const body = open(answer);
  const wire = isWireObject(body.challenge) ? { ...body, challenge: open(body.challenge) } : body;
  const verification = parse(verificationSchema, wire);
  if (verification.challenge.id !== challengeId) throw badResponse();
  return verification;
}

/** A factor, alone or inside `factor` (Rails, Java, User Management). */
function openFactor(answer: unknown): WireObject {
  const body = open(answer);
  return isWireObject(body.factor) ? open(body.factor) : body;
}

/** What stands inside `data` or `list`, however often an SDK or a host wrapped it. */
function open(answer: unknown): WireObject {
  let body = answer;
  for (let depth = 0; isWireObject(body) && !('id' in body) && depth < 4; depth += 1) {
    const inner: unknown = body.data ?? body.list;
    if (!isWireObject(inner)) break;
    body = inner;
  }
  if (!isWireObject(body)) throw badResponse();
  return body;
}

function parse<T extends z.ZodMiniType>(schema: T, wire: unknown): z.output<T> {
  const result = z.safeParse(schema, wire);
  if (!result.success) throw badResponse();
  return result.data;
}

const badResponse = () =>
  new MfaError('bad_response', { message: 'The answer does not have the form the contract gives it.' });
