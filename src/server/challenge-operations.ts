import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import { challengeWire, jsonAnswer, verificationWire } from './answers.js';
import type { StoredFactor } from './mfa-store.js';
import type { EntityOperation } from './operation.js';
import { requireChallenge, requireFactor } from './ownership.js';
import { Refusal } from './refusal.js';
import { parseVerifyRequest } from './request.schema.js';

export const challengeFactor: EntityOperation = async ({ options, workOs, user, readBody }, id) => {
  await readBody(); // it says nothing we use, but the contract's form holds for each POST
  const factor = await requireFactor(options.store, user.id, id);
  const template = factor.type === 'sms' ? options.smsTemplate : undefined;
  const challenge = await workOs.challengeFactor(factor.id, template);
  const isKept = await options.store.addChallenge({
    id: challenge.id,
    factorId: factor.id,
    userId: user.id,
    createdAt: challenge.createdAt,
    expiresAt: challenge.expiresAt,
  });
  if (!isKept) throw new Refusal('not_found');
  return jsonAnswer(201, challengeWire(challenge));
};

export const verifyChallenge: EntityOperation = async ({ options, workOs, user, readBody }, id) => {
  const { store, onVerified, now } = options;
  const { code } = parseVerifyRequest(await readBody());
  const challenge = await requireChallenge(store, user.id, id);
  if (!(await workOs.verifyChallenge(challenge, code))) {
    return jsonAnswer(200, verificationWire(challenge, false));
  }

  // Read after the code was judged: a factor deleted meanwhile proves nothing to the host.
  const factor = await requireFactor(store, user.id, challenge.factorId);
  const isEnrolment = factor.status === 'pending';
  const at = new Date(now()).toISOString();
  await onVerified?.({
    user,
    factor: toAuthenticationFactor(factor, isEnrolment ? at : factor.updatedAt),
    purpose: isEnrolment ? 'enrollment' : 'verification',
  });
  // Only now, so that a host that could not be told of an enrolment is told by the next right code.
  if (isEnrolment && !(await store.markFactorVerified(user.id, factor.id, at)))
    throw new Refusal('not_found');
  return jsonAnswer(200, verificationWire(challenge, true));
};

/** The factor as the host is told of it, in the kit's own names. */
function toAuthenticationFactor(factor: StoredFactor, updatedAt: string): AuthenticationFactor {
  const { id, type, createdAt } = factor;
  return {
    id,
    type,
    status: 'verified',
    createdAt,
    updatedAt,
    ...(factor.type === 'totp'
      ? { totp: { issuer: factor.issuer, user: factor.label } }
      : { sms: { phoneNumber: factor.maskedPhone } }),
  };
}
