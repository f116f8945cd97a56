import { emptyAnswer, enrolledTotpWire, factorWire, jsonAnswer } from './answers.js';
import { maskPhone } from './masked-phone.js';
import type { StoredFactor, StoredSmsFactor, StoredTotpFactor } from './mfa-store.js';
import type { EntityOperation, Operation, OperationContext } from './operation.js';
import { requireFactor } from './ownership.js';
import { Refusal } from './refusal.js';
import { parseEnrolRequest } from './request.schema.js';

export const listFactors: Operation = async ({ options: { store }, user }) => {
  const factors = await store.listFactors(user.id);
  return jsonAnswer(200, { data: factors.filter(({ userId }) => userId === user.id).map(factorWire) });
};

export const readFactor: EntityOperation = async ({ options: { store }, user }, id) =>
  jsonAnswer(200, factorWire(await requireFactor(store, user.id, id)));

export const enrollFactor: Operation = async (context) => {
  const request = parseEnrolRequest(await context.readBody());
  return request.type === 'totp' ? enrollTotp(context) : enrollSms(context, request.phoneNumber);
};

async function enrollTotp(context: OperationContext): Promise<Response> {
  const { workOs, user, options } = context;
  const account = { issuer: options.issuer, label: user.label };
  const enrolled = await workOs.enrollTotp(account);
  const { id, createdAt, updatedAt } = enrolled;
  const factor: StoredTotpFactor = {
    id,
    userId: user.id,
    type: 'totp',
    status: 'pending',
    createdAt,
    updatedAt,
    ...account,
  };
  await keep(context, factor);
  return jsonAnswer(201, enrolledTotpWire(factor, enrolled));
}

async function enrollSms(context: OperationContext, phoneNumber: string): Promise<Response> {
  const { id, createdAt, updatedAt } = await context.workOs.enrollSms(phoneNumber);
  const factor: StoredSmsFactor = {
    id,
    userId: context.user.id,
    type: 'sms',
    status: 'pending',
    createdAt,
    updatedAt,
    maskedPhone: maskPhone(phoneNumber),
  };
  await keep(context, factor);
  return jsonAnswer(201, factorWire(factor));
}

/** A factor that could not be written down is nobody's and could never be removed, so it goes at once. */
async function keep({ options: { store }, workOs }: OperationContext, factor: StoredFactor): Promise<void> {
  let isKept: boolean;
  try {
    isKept = await store.addFactor(factor);
  } catch (error) {
    await workOs.deleteFactor(factor.id).catch(() => undefined);
    throw error;
  }
  // An id that is known already is somebody's factor: not to be shown to this user, and not to be deleted.
  if (!isKept) throw new Refusal('upstream_failed');
}

export const deleteFactor: EntityOperation = async ({ options: { store }, workOs, user }, id) => {
  await requireFactor(store, user.id, id);
  // Upstream first: if it fails, the factor can still be seen here and removed again.
  await workOs.deleteFactor(id);
  await store.removeFactor(user.id, id);
  return emptyAnswer();
};
