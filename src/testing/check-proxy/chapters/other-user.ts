import { type Answer, fieldsOf, isOk, isRefused, seen } from '../answer.js';
import type { CheckName } from '../contract.js';
import { enrolAs, listIds, removeAs, type Run } from '../run.js';
import type { UnknownAnswers } from './unknown-ids.js';

const ROWS = [
  'list of factors of others',
  'factor of another: GET',
  'factor of another: challenge',
  'factor of another: DELETE',
  'challenge of another: verify',
  'Idempotency-Key of another',
] as const satisfies CheckName[];

export interface OtherTargets {
  factorId: string;
  challengeId: string | undefined;
  /** Of the challenge. Wrong, so that nothing is used up should it get through. */
  wrongCode: string;
  /** May be lost. */
  spareId: string | undefined;
  /** The `Idempotency-Key` that the factor was enrolled with. */
  key: string;
}

/** What a second user gets who has got hold of the first one's ids: what everybody gets for an id that nobody has. */
export async function checkOtherUser(
  run: Run,
  unknown: UnknownAnswers,
  targets: OtherTargets,
): Promise<void> {
  const { other, user, findings, made } = run;
  if (!other) {
    findings.skip(ROWS, 'Needs a second signed-in user: give `other` (--other-cookie).');
    return;
  }
  const { factorId, challengeId, wrongCode, spareId, key } = targets;
  const note = 'of another user';
  const ids = await listIds(other);
  if (ids === undefined) {
    findings.skip(ROWS, 'The second user’s GET /factors was not answered with a list: look at its cookie.');
    return;
  }
  findings.judge('list of factors of others', !ids.has(factorId), 'GET /factors of another user');

  const alike = (name: CheckName, answer: Answer, missing: Answer) => {
    const isAlike = isRefused(answer) && fieldsOf(answer) === fieldsOf(missing);
    const difference =
      answer.status === missing.status ? `with other fields than ${missing.sent}` : `but ${seen(missing)}`;
    const came = isRefused(answer) && !isAlike ? `${seen(answer)}, ${difference}` : seen(answer);
    findings.judge(name, isAlike, came);
  };
  alike(
    'factor of another: GET',
    await other({ method: 'GET', path: '/factors/:id', id: factorId, note }),
    unknown.get,
  );
  alike(
    'factor of another: challenge',
    await other({ method: 'POST', path: '/factors/:id/challenge', id: factorId, json: {}, note }),
    unknown.challenge,
  );
  if (challengeId !== undefined) {
    alike(
      'challenge of another: verify',
      await other({
        method: 'POST',
        path: '/challenges/:id/verify',
        id: challengeId,
        json: { code: wrongCode },
        note,
      }),
      unknown.verify,
    );
  }
  await checkKeyOfAnother(run, factorId, key);
  if (spareId === undefined) return;
  const removal = await other({ method: 'DELETE', path: '/factors/:id', id: spareId, note });
  alike('factor of another: DELETE', removal, unknown.remove);
  const left = await user({
    method: 'GET',
    path: '/factors/:id',
    id: spareId,
    note: 'after another user’s DELETE',
  });
  const isGone = left.status === 404;
  findings.judge('factor of another: DELETE', !isGone, seen(left));
  if (isGone) made.delete(spareId);
}

/** A key is remembered for one user: for all of them, it would hand the first one's secret to whoever repeats it. */
async function checkKeyOfAnother(run: Run, factorId: string, key: string): Promise<void> {
  const { other, madeByOther, findings } = run;
  if (!other) return;
  const { answer, id } = await enrolAs(other, madeByOther, run, {
    json: { type: 'totp' },
    idempotencyKey: key,
    note: 'with the key of another user',
  });
  const isTheirs = id === factorId;
  if (isTheirs) madeByOther.delete(factorId);
  findings.judge(
    'Idempotency-Key of another',
    isRefused(answer) || (isOk(answer) && id !== undefined && !isTheirs),
    isTheirs ? `${seen(answer)}, the first user’s factor with its secret` : seen(answer),
  );
  if (id === undefined || isTheirs) return;
  const removal = await removeAs(other, madeByOther, id);
  const isGone = !madeByOther.has(id);
  findings.judge('nothing left behind', isGone, `${seen(removal)} of the second user: remove it yourself`);
}
