import { answerOnce, forgetAnswer } from './answer-once.js';
import { answered, emptyAnswer, enrolledTotpWire, factorWire, jsonAnswer } from './answers.js';
import { bestEffort } from './best-effort.js';
import { maskPhone } from './masked-phone.js';
import type { EntityOperation, Operation, OperationContext } from './operation.js';
import { disownFactor, ownFactor } from './records/factor-owners.js';
import type { StoredFactor, UserRecord } from './records/user-record.schema.js';
import { Refusal } from './refusal.js';
import { parseEnrolRequest } from './request.schema.js';
import {
  beginCleanUp,
  beginRemoval,
  fillPlace,
  holdPlace,
  keepFactor,
  leavePlace,
  letGo,
  presentFactors,
  removeFactor,
} from './rules/factor-rules.js';
import { requireSmsNumber } from './sms-number.js';
import type { EnrolledTotp } from './work-os.schema.js';

export const listFactors: Operation = async (context) => {
  const { users, user, asking } = context;
  const record = await users.read(user.id);
  const present = presentFactors(record, asking());
  // Nobody waits for it, and where it is cut off the next request begins again.
  if (present.length < record.factors.length) void bestEffort(() => cleanUp(context));
  return jsonAnswer(200, { data: present.toSorted(byAge).map(factorWire) });
};

const byAge = (one: StoredFactor, other: StoredFactor) =>
  Date.parse(one.createdAt) - Date.parse(other.createdAt);

export const readFactor: EntityOperation = async ({ users, user, asking }, id) => {
  const factors = presentFactors(await users.read(user.id), asking());
  const factor = factors.find((each) => each.id === id);
  if (!factor) throw new Refusal('not_found');
  return jsonAnswer(200, factorWire(factor));
};

export const enrollFactor: Operation = async (context) => {
  const { options, readBody } = context;
  const request = parseEnrolRequest(await readBody());
  if (request.type === 'sms') requireSmsNumber(request.phoneNumber, options.sms);
  return answerOnce(context, 'POST /factors', request, (answerKey) =>
    request.type === 'totp'
      ? enrollTotp(context, answerKey)
      : enrollSms(context, request.phoneNumber, answerKey),
  );
};

async function enrollTotp(context: OperationContext, answerKey: string | null) {
  const { workOs, user, options } = context;
  const account = { issuer: options.issuer, label: user.label };
  let secret: EnrolledTotp | undefined;
  const factor = await addFactor(context, async (fields) => {
    secret = await workOs.enrollTotp(account);
    const { id, createdAt, updatedAt } = secret;
    return { ...fields, type: 'totp', ...account, id, createdAt, updatedAt, answerKey };
  });
  if (factor.type !== 'totp' || !secret) throw new Refusal('failed');
  return answered(201, enrolledTotpWire(factor, secret));
}

async function enrollSms(context: OperationContext, phoneNumber: string, answerKey: string | null) {
  const phone = context.fingerprints.of('phone', phoneNumber);
  const factor = await addFactor(context, async (fields) => {
    const enrolled = await context.workOs.enrollSms(phoneNumber);
    return { ...fields, type: 'sms', ...enrolled, maskedPhone: maskPhone(phoneNumber), phone, answerKey };
  });
  return answered(201, factorWire(factor));
}

type NewFactorFields = Pick<
  StoredFactor,
  'status' | 'enrolledAt' | 'enrolledIn' | 'vouchedBy' | 'busy' | 'removal'
>;

/** Makes a factor at WorkOS and writes it down, in a place that was held for it before. */
async function addFactor(
  context: OperationContext,
  make: (fields: NewFactorFields) => Promise<StoredFactor>,
): Promise<StoredFactor> {
  const { users, user, asking } = context;
  await bestEffort(() => cleanUp(context)); // what has expired takes no place
  const { place, vouchedBy } = await users.change(user.id, (record) => holdPlace(record, asking()));
  const giveBack = () => bestEffort(() => users.change(user.id, (record) => leavePlace(record, place)));
  const { now, session } = asking();
  let factor: StoredFactor;
  try {
    factor = await make({
      status: 'pending',
      enrolledAt: now,
      enrolledIn: session,
      vouchedBy,
      busy: null,
      removal: null,
    });
  } catch (error) {
    await giveBack();
    throw error;
  }
  try {
    await keep(context, factor, place);
  } catch (error) {
    await giveBack();
    throw error;
  }
  context.report({ type: 'factor_enrolled', factor: { id: factor.id, type: factor.type } });
  return factor;
}

/** A factor that could not be written down is nobody's and could never be removed, so it goes at once. */
async function keep(context: OperationContext, factor: StoredFactor, place: number): Promise<void> {
  const { records, users, user, workOs, asking } = context;
  const undo = () => bestEffort(() => workOs.deleteFactor(factor.id));
  let isNew: boolean;
  try {
    isNew = await ownFactor(records, factor.id, user.id);
  } catch (error) {
    await undo();
    throw error;
  }
  // An id that is known already is somebody's factor: not to be shown to this user, and not to be deleted.
  if (!isNew) throw new Refusal('upstream_failed');
  try {
    await users.change(user.id, (record) => fillPlace(record, place, factor, asking()));
  } catch (error) {
    await undo();
    await bestEffort(() => disownFactor(records, factor.id, user.id));
    throw error;
  }
}

export const deleteFactor: EntityOperation = async (context, id) => {
  const { users, user, asking } = context;
  const factor = await users.change(user.id, (record) => beginRemoval(record, id, asking()));
  await finishRemoval(context, factor);
  context.report({ type: 'factor_removed', factor: { id, type: factor.type } });
  return emptyAnswer();
};

async function cleanUp(context: OperationContext): Promise<void> {
  const { users, user, asking, report } = context;
  const { factors } = await users.read(user.id);
  if (presentFactors({ factors }, asking()).length === factors.length) return;
  const expired = await users.change(user.id, (record) => beginCleanUp(record, asking()));
  const removals = expired.map(async (factor) => {
    await finishRemoval(context, factor);
    report({ type: 'factor_expired', factor: { id: factor.id, type: factor.type } });
  });
  await Promise.allSettled(removals);
}

/** Upstream first: if that fails, the factor can still be seen here and removed again. */
async function finishRemoval(context: OperationContext, factor: StoredFactor): Promise<void> {
  const { users, user, workOs } = context;
  try {
    await workOs.deleteFactor(factor.id);
  } catch (error) {
    const isRefused = error instanceof Refusal && !error.isOutcomeUnknown;
    const giveBack = isRefused
      ? keepFactor
      : (record: UserRecord, id: string) => letGo(record, id, 'removing');
    await bestEffort(() => users.change(user.id, (record) => giveBack(record, factor.id)));
    throw error;
  }
  await forgetFactor(context, factor);
}

/** Lets everything go that is kept of a factor, once WorkOS has it no more. */
export async function forgetFactor(context: OperationContext, factor: StoredFactor): Promise<void> {
  const { records, users, user } = context;
  await users.change(user.id, (record) => removeFactor(record, factor.id));
  await bestEffort(() => disownFactor(records, factor.id, user.id));
  const { answerKey } = factor;
  if (answerKey !== null) await bestEffort(() => forgetAnswer(context, answerKey));
}
