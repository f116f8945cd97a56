import { newKey } from '../../backend/idempotency-key.js';
import type { AuthenticationFactor, Enrollment } from '../../backend/mfa-backend.js';
import { ID } from '../../backend/wire.schema.js';
import { type Answer, isOk, isRefused, jsonOf, read, seen } from './answer.js';
import type { Authenticator } from './authenticator.js';
import type { CheckName } from './contract.js';
import type { Findings } from './findings.js';
import type { Call, Visitor } from './visitor.js';

/** A factor that the check has made, with what is needed to show its codes. */
export interface OwnTotp {
  id: string;
  authenticator: Authenticator;
}

/** What the chapters share. */
export interface Run {
  findings: Findings;
  /** The signed-in test user. */
  user: Visitor;
  /** Nobody: no cookie, no token. */
  nobody: Visitor;
  /** A second signed-in user, where there is one. */
  other: Visitor | undefined;
  /** Every answer so far. */
  answers: readonly Answer[];
  /** The factors that the check has made and not removed. Only they are ever removed. */
  made: Set<string>;
  /** What it has made and not removed in the second user's account. */
  madeByOther: Set<string>;
  /** The factor of each challenge. */
  challenged: Map<string, string>;
  /** The factors that a code was accepted for. */
  confirmed: Set<string>;
  /** The answers that may hold a secret. */
  enrolments: Set<Answer>;
  /** What no answer may hold. */
  secrets: Set<string>;
  /** The code that each of these answers is about. */
  sentCodes: Map<Answer, string>;
  /** Every right code there was, sent or not. */
  knownCodes: Set<string>;
  authenticatorFor: (secret: string) => Authenticator;
}

export interface Attempt {
  answer: Answer;
  /** `undefined` where the kit cannot read the answer. */
  enrollment: Enrollment | undefined;
  /** The factor that now exists; `undefined` where none was made. */
  id: string | undefined;
}

/** Every `POST /factors` of the check goes through here, so that what comes of it is removed again. */
export const enrol = (run: Run, call: Partial<Call>) => enrolAs(run.user, run.made, run, call);

export async function enrolAs(
  visitor: Visitor,
  made: Set<string>,
  { enrolments, secrets, challenged }: Run,
  call: Partial<Call>,
): Promise<Attempt> {
  const answer = await visitor({ method: 'POST', path: '/factors', idempotencyKey: newKey(), ...call });
  if (!isOk(answer)) return { answer, enrollment: undefined, id: undefined };
  enrolments.add(answer);
  const enrollment =
    (await read(answer, (backend) => backend.enrollFactor({ type: 'totp' }))) ??
    (await read(answer, (backend) => backend.enrollFactor({ type: 'sms', phoneNumber: '' })));
  const id = enrollment?.factor.id ?? anyFactorId(jsonOf(answer));
  if (id !== undefined) made.add(id);
  if (enrollment?.totp) secrets.add(enrollment.totp.secret);
  if (enrollment?.challenge) challenged.set(enrollment.challenge.id, enrollment.factor.id);
  return { answer, enrollment, id };
}

/** Removes one of the check's own factors. */
export const remove = (run: Run, id: string, call: Partial<Call> = {}) =>
  removeAs(run.user, run.made, id, call);

export async function removeAs(
  visitor: Visitor,
  made: Set<string>,
  id: string,
  call: Partial<Call> = {},
): Promise<Answer> {
  const answer = await visitor({ method: 'DELETE', path: '/factors/:id', id, ...call });
  if (isOk(answer) || answer.status === 404) made.delete(id);
  return answer;
}

/** Judges a request that had to be refused, and removes at once what it made. */
export async function expectNoEnrolment(run: Run, name: CheckName, call: Partial<Call>): Promise<Attempt> {
  const attempt = await enrol(run, call);
  run.findings.judge(name, isRefused(attempt.answer), seen(attempt.answer));
  if (attempt.id !== undefined) await remove(run, attempt.id);
  return attempt;
}

export async function listIds(visitor: Visitor): Promise<Set<string> | undefined> {
  const factors = await listFactors(await visitor({ method: 'GET', path: '/factors' }));
  return factors && new Set(factors.map(({ id }) => id));
}

export const listFactors = (answer: Answer): Promise<AuthenticationFactor[] | undefined> =>
  read(answer, (backend) => backend.listFactors());

/** Challenges a factor. `undefined` where the kit could not read the answer. */
export async function challenge(
  { user, challenged }: Run,
  factorId: string,
  { idempotencyKey = newKey(), ...call }: Partial<Call> = {},
) {
  const answer = await user({
    method: 'POST',
    path: '/factors/:id/challenge',
    id: factorId,
    json: {},
    idempotencyKey,
    ...call,
  });
  const made = await read(answer, (backend) => backend.challengeFactor(factorId));
  if (made) challenged.set(made.id, factorId);
  return { answer, id: made?.id };
}

/** Sends a code. `verdict` is `undefined` where the kit reads neither `valid: true` nor `valid: false`. */
export async function verify(
  { user, sentCodes, challenged, confirmed }: Run,
  challengeId: string,
  code: string,
  call: Partial<Call> = {},
) {
  const answer = await user({
    method: 'POST',
    path: '/challenges/:id/verify',
    id: challengeId,
    json: { code },
    ...call,
  });
  sentCodes.set(answer, code);
  const verification = await read(answer, (backend) => backend.verifyChallenge({ challengeId, code }));
  const factorId = challenged.get(challengeId);
  const isPerhapsTaken = isOk(answer) && verification?.valid !== false;
  if (isPerhapsTaken && factorId !== undefined) confirmed.add(factorId);
  return { answer, verdict: verification?.valid };
}

/** An id in WorkOS's form that nobody has. */
export function unknownId(kind: 'factor' | 'challenge'): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const random = crypto.getRandomValues(new Uint8Array(24));
  return `auth_${kind}_01${Array.from(random, (byte) => letters[byte % 32]).join('')}`;
}

/** A factor's id in an answer that the kit cannot read, so that it can be removed all the same. */
function anyFactorId(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const item of Object.values(value)) {
    if (typeof item === 'string' && item.startsWith('auth_factor_') && ID.test(item)) return item;
    const inside = anyFactorId(item);
    if (inside !== undefined) return inside;
  }
  return undefined;
}
