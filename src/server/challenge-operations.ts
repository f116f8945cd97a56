import { answerOnce, forgetAnswer } from './answer-once.js';
import { answered, challengeWire, jsonAnswer, verificationWire } from './answers.js';
import { bestEffort } from './best-effort.js';
import { toAuthenticationFactor } from './authentication-factor.js';
import { forgetFactor } from './factor-operations.js';
import type { VerifiedEvent } from './handler-options.js';
import type { EntityOperation, OperationContext } from './operation.js';
import type { StoredFactor } from './records/user-record.schema.js';
import { Refusal } from './refusal.js';
import { parseVerifyRequest } from './request.schema.js';
import {
  acceptCode,
  addChallenge,
  addProof,
  confirmFactor,
  giveAttemptBack,
  renameSession,
  takeAttempt,
} from './rules/code-rules.js';
import { letGo, requireFactor } from './rules/factor-rules.js';
import { giveMessageBack, takeChallenge, takeMessage } from './rules/message-rules.js';
import { smsTemplate } from './sms-template.js';
import { withTimeLimit } from './time-limit.js';
import type { UpstreamChallenge } from './work-os.schema.js';

const HOST_TIME_LIMIT = 10_000; // milliseconds

export const challengeFactor: EntityOperation = async (context, id) => {
  await context.readBody(); // it says nothing we use, but the contract's form holds for each POST
  return answerOnce(context, `POST /factors/${id}/challenge`, {}, async () => {
    const { users, user, asking, report } = context;
    const [factor, challenge] = await startChallenge(context, id);
    const { now } = asking();
    await users.change(user.id, (record) => {
      requireFactor(record, id, asking()); // it may have been removed meanwhile
      const { id: challengeId, createdAt, expiresAt } = challenge;
      const fields = { createdAt, expiresAt, startedAt: now, attempts: 0, isUsed: false };
      addChallenge(record, { id: challengeId, factorId: id, ...fields });
    });
    report({ type: 'challenge_started', factor: { id, type: factor.type }, challengeId: challenge.id });
    return answered(201, challengeWire(challenge));
  });
};

/** Has WorkOS start a challenge. A text message is counted before it can go out. */
async function startChallenge(
  context: OperationContext,
  id: string,
): Promise<[StoredFactor, UpstreamChallenge]> {
  const { options, users, user, asking, messageLimits, host } = context;
  const { factor, at } = await users.change(user.id, (record) => {
    const asked = takeChallenge(record, id, asking());
    return { factor: asked, at: asked.type === 'sms' ? takeMessage(record, asking()) : undefined };
  });
  if (factor.type === 'totp' || at === undefined) {
    return [factor, await challengeAtWorkOs(context, factor, undefined)];
  }
  const giveBack = () => bestEffort(() => users.change(user.id, (record) => giveMessageBack(record, at)));
  let giveRestBack: () => Promise<void>;
  try {
    giveRestBack = await messageLimits.take(
      { phone: factor.phone, isConfirmed: factor.status === 'verified' },
      user.clientIp,
    );
  } catch (error) {
    await giveBack();
    throw error;
  }
  try {
    const template = smsTemplate(options.sms.template, host);
    return [factor, await challengeAtWorkOs(context, factor, template)];
  } catch (error) {
    // A message that may have gone out counts: else a WorkOS that fails after sending would send without end.
    if (error instanceof Refusal && !error.isOutcomeUnknown) {
      await giveBack();
      await giveRestBack();
    }
    throw error;
  }
}

/** Where a removal was begun whose end nobody heard of, this is what tells it. */
async function challengeAtWorkOs(
  context: OperationContext,
  factor: StoredFactor,
  template: string | undefined,
): Promise<UpstreamChallenge> {
  try {
    return await context.workOs.challengeFactor(factor.id, template);
  } catch (error) {
    if (factor.removal && error instanceof Refusal && error.reason === 'not_found') {
      await bestEffort(() => forgetFactor(context, factor));
      context.report({ type: 'factor_removed', factor: { id: factor.id, type: factor.type } });
    }
    throw error;
  }
}

export const verifyChallenge: EntityOperation = async (context, id) => {
  const { workOs, users, user, asking, readBody, fingerprints, report } = context;
  const request = parseVerifyRequest(await readBody());
  const code = fingerprints.of('code', user.id, request.code);
  const attempt = await users.change(user.id, (record) =>
    takeAttempt(record, { challengeId: id, code }, asking()),
  );
  const { challenge, attemptsRemaining } = attempt;
  const giveBack = (isOutcomeUnknown: boolean) =>
    bestEffort(() => users.change(user.id, (record) => giveAttemptBack(record, attempt, isOutcomeUnknown)));
  let isRight: boolean;
  try {
    isRight = await workOs.verifyChallenge(challenge, request.code);
  } catch (error) {
    await giveBack(error instanceof Refusal && error.isOutcomeUnknown);
    throw error;
  }
  if (!isRight) {
    report({ type: 'code_rejected', challengeId: id, attemptsRemaining });
    return jsonAnswer(200, verificationWire(challenge, false, attemptsRemaining));
  }
  let accepted: StoredFactor | Refusal;
  try {
    accepted = await users.change(user.id, (record) => acceptCode(record, attempt, asking()));
  } catch (error) {
    await giveBack(false); // a right one
    throw error;
  }
  if (accepted instanceof Refusal) throw accepted;
  await finishVerification(context, accepted);
  const purpose = purposeOf(accepted);
  report({
    type: 'code_accepted',
    factor: { id: accepted.id, type: accepted.type },
    challengeId: id,
    purpose,
  });
  return jsonAnswer(200, verificationWire(challenge, true));
};

const purposeOf = ({ status }: StoredFactor): VerifiedEvent['purpose'] =>
  status === 'pending' ? 'enrollment' : 'verification';

/** The host first: an enrolment that it could not be told of is told by the next right code. */
async function finishVerification(context: OperationContext, factor: StoredFactor): Promise<void> {
  const { users, user, asking, fingerprints, report } = context;
  const { id, type, answerKey } = factor;
  const isEnrolment = purposeOf(factor) === 'enrollment';
  let newSession: string | undefined;
  try {
    newSession = await tellHost(context, factor);
  } catch (cause) {
    if (isEnrolment)
      await bestEffort(() => users.change(user.id, (record) => letGo(record, id, 'confirming')));
    throw new Refusal('failed', { cause });
  }
  const session = newSession === undefined ? undefined : fingerprints.of('session', user.id, newSession);
  await users.change(user.id, (record) => {
    const now = asking();
    if (session !== undefined) renameSession(record, now.session, session);
    if (isEnrolment) confirmFactor(record, id, { ...now, session: session ?? now.session });
    else addProof(record, id, { ...now, session: session ?? now.session });
  });
  if (!isEnrolment) return;
  report({ type: 'factor_verified', factor: { id, type } });
  if (answerKey !== null) await bestEffort(() => forgetAnswer(context, answerKey)); // the secret with it
}

/** @returns The session's new id, where the host has given it one. */
async function tellHost(
  { options, user, asking }: OperationContext,
  factor: StoredFactor,
): Promise<string | undefined> {
  const { onVerified } = options;
  if (!onVerified) return undefined;
  const purpose = purposeOf(factor);
  const updatedAt = purpose === 'enrollment' ? new Date(asking().now).toISOString() : factor.updatedAt;
  const event = {
    user: { ...user }, // a copy: what the host writes into it is nothing to us
    factor: toAuthenticationFactor({ ...factor, status: 'verified', updatedAt }),
    purpose,
  };
  const told = await withTimeLimit(HOST_TIME_LIMIT, async () => onVerified(event));
  return told?.sessionId;
}
