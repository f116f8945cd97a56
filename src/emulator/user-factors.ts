import { addChallenge, challengeJson } from './challenges.js';
import type { Environment } from './environment.js';
import { addFactor, enrolledFactorJson, factorJson } from './factors.js';
import { textField, type RequestBody } from './request-body.js';
import { isSecret, randomSecret } from './totp.js';
import { entityNotFound, invalidParameters } from './wire-error.js';

/**
 * User Management's enrolment: the factor together with its first challenge, which expires although it is a TOTP one.
 * Only `totp` can be enrolled this way. The issuer and user default to placeholders, the secret to a random one.
 * @see https://workos.com/docs/reference/authkit/mfa/enroll-auth-factor
 * @throws {WireError} 404 for what is no user's id, 422 for another type or a secret that is no base32 of one byte or more.
 */
export function enrollUserFactor(environment: Environment, userId: string, body: RequestBody) {
  requireUser(userId);
  if (textField(body, 'type') !== 'totp') throw invalidParameters('type_invalid');
  const secret = textField(body, 'totp_secret') ?? randomSecret();
  if (!isSecret(secret)) throw invalidParameters('totp_secret_invalid');
  const issuer = textField(body, 'totp_issuer') ?? 'WorkOS';
  const user = textField(body, 'totp_user') ?? userId;

  const factor = addFactor(environment, { type: 'totp', totp: { issuer, user, secret } }, userId);
  const challenge = addChallenge(environment, factor, { expires: true });
  const { object, id, type, ...rest } = enrolledFactorJson(factor);
  return {
    authentication_factor: { object, id, type, user_id: userId, ...rest },
    authentication_challenge: challengeJson(challenge, factor),
  };
}

/**
 * A user's factors in one page, newest first.
 * @param order `asc` for oldest first.
 * @throws {WireError} 404 for what is no user's id.
 */
export function listUserFactors(environment: Environment, userId: string, order: string | null) {
  requireUser(userId);
  const factors = [...environment.factors.values()].filter((factor) => factor.userId === userId);
  if (order !== 'asc') factors.reverse();
  return {
    object: 'list',
    data: factors.map((factor) => ({ ...factorJson(factor), user_id: userId })),
    list_metadata: { before: null, after: null },
  };
}

/** The emulator keeps no users: whatever looks like the id of one, is one. */
function requireUser(id: string) {
  if (!/^user_\w+$/.test(id)) throw entityNotFound('User', id);
}
