import { isWireObject, type WireObject } from './fold-names.js';
import type {
  AuthenticationChallenge,
  AuthenticationFactor,
  EnrollFactorRequest,
  Enrollment,
  Verification,
} from './mfa-backend.js';
import { readChallengeFields, readFactor, readTotpSecret, readVerdict } from './wire.schema.js';

// Each function takes an answer whose names are folded (`foldNames`) and throws, whatever it may be, for one that it
// cannot read: its caller knows the status and makes the error.

/** `GET /factors`: a bare array, or one inside `data` and `list`. A list that is `null` is empty (Go, PHP). */
export function readFactors(answer: unknown): AuthenticationFactor[] {
  let list = answer;
  while (isWireObject(list)) list = 'data' in list ? list.data : list.list;
  if (list === null) return [];
  if (!Array.isArray(list)) throw new TypeError('No list.');
  return list.map((item) => readFactor(openFactor(item)));
}

/** `POST /factors`: the factor as enrolled, alone or beside its first challenge. */
export function readEnrollment(answer: unknown, request: EnrollFactorRequest): Enrollment {
  const body = open(answer);
  const wire = openFactor(body);
  const factor = readFactor(wire);
  if (factor.type !== request.type) throw new TypeError('A factor of another type.');
  const enrollment: Enrollment = { factor };
  if (factor.type === 'totp') enrollment.totp = readTotpSecret(wire.totp);
  if (isWireObject(body.challenge)) enrollment.challenge = readChallenge(body.challenge, factor.id);
  return enrollment;
}

/** `POST /factors/:id/challenge`. A challenge of another factor is refused. */
export function readChallenge(answer: unknown, factorId: string): AuthenticationChallenge {
  const body = open(answer);
  const wire = isWireObject(body.challenge) ? open(body.challenge) : body;
  if (wire.factorId !== undefined && wire.factorId !== factorId) throw new TypeError('Another factor’s.');
  return { ...readChallengeFields(wire), factorId };
}

/** `POST /challenges/:id/verify`. Only an answer about the challenge that was sent counts, right or wrong. */
export function readVerification(answer: unknown, challengeId: string): Verification {
  const body = open(answer);
  // On a challenge `code` is the one-time code; beside a verdict it can only be an error's.
  if ('code' in body) throw new TypeError('A verdict beside an error.');
  const challenge = readChallengeFields(open(body.challenge));
  if (challenge.id !== challengeId) throw new TypeError('Another challenge.');
  return { challenge, ...readVerdict(body) };
}

/** A factor, alone or inside `factor` (Rails, Java, User Management). */
function openFactor(answer: unknown): WireObject {
  const body = open(answer);
  return isWireObject(body.factor) ? open(body.factor) : body;
}

/** What stands inside `data` or `list`, however often an SDK or a host wrapped it. */
function open(answer: unknown): WireObject {
  if (!isWireObject(answer)) throw new TypeError('No object.');
  const inner = answer.data ?? answer.list;
  const isEnvelope = isWireObject(inner) && !CONTENT.some((name) => name in answer);
  return isEnvelope ? open(inner) : answer;
}

/** What has one of these is an answer, not an envelope around one. */
const CONTENT = ['id', 'valid', 'factor', 'challenge'];
