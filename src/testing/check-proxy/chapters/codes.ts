import { newKey } from '../../../backend/idempotency-key.js';
import { type Answer, fieldsOf, isOk, isRefused, seen } from '../answer.js';
import type { CheckName } from '../contract.js';
import { challenge, listFactors, type OwnTotp, type Run, verify } from '../run.js';

/** What is not tried without a confirmed factor. */
const NEED_A_CODE = [
  'POST /challenges/:id/verify',
  'wrong code',
  'right code',
  'verified factor can be removed',
  'code from a text message',
  'used challenge',
  'TOTP code used before',
  'wrong codes on one challenge',
  '429 says how long to wait',
  '429 says it once',
  'second factor without a fresh code',
  'removal without a fresh code',
] as const satisfies CheckName[];

/** Bodies of `verify` whose code is no string. The digits are wrong ones, for a proxy that makes a string of them. */
const noStrings = (wrong: string): [string, object][] => [
  ['a number', { code: Number(wrong) }],
  ['an array', { code: [wrong] }],
  ['an object', { code: { $ne: null } }],
  ['true', { code: true }],
  ['nothing', {}],
];

/** The first challenge, asked for twice with one key. Its id; `undefined` where there is none. */
export async function checkChallenge(run: Run, { id }: OwnTotp): Promise<string | undefined> {
  const { findings } = run;
  const key = newKey();
  const first = await challenge(run, id, { idempotencyKey: key });
  findings.judge('POST /factors/:id/challenge', isOk(first.answer), seen(first.answer));
  if (isOk(first.answer)) findings.judge('challenge', first.id !== undefined, seen(first.answer));
  if (first.id === undefined) return undefined;
  const again = await challenge(run, id, { idempotencyKey: key });
  findings.judge('repeated challenge', again.id === first.id, `${seen(again.answer)} for the same key`);
  return first.id;
}

/**
 * A code's whole life on the challenge that confirms the factor.
 * @param forged What a wrong code from another site was answered with.
 * @returns Whether the factor was confirmed.
 */
export async function checkCodes(
  run: Run,
  { id, authenticator }: OwnTotp,
  challengeId: string,
  forged: Answer | undefined,
): Promise<boolean> {
  const { findings, user } = run;
  for (const [what, json] of noStrings(authenticator.wrong())) {
    const answer = await user({
      method: 'POST',
      path: '/challenges/:id/verify',
      id: challengeId,
      json,
      note: `with ${what} as code`,
    });
    findings.judge('code that is no string', isRefused(answer), seen(answer));
    // It was taken for a code: more of them would only use up the tries.
    if (isOk(answer)) break;
  }
  // Six characters to a program that counts them, and more than six bytes. Then digits without an end.
  for (const [what, code] of [
    ['full-width digits', '１２３４５６'],
    ['5,000 digits', '7'.repeat(5000)],
  ] as const) {
    const { answer, verdict } = await verify(run, challengeId, code, { note: `with ${what}` });
    findings.judge(
      'code of other characters',
      isRefused(answer) || (isOk(answer) && verdict === false),
      seen(answer),
    );
  }

  const wrong = await verify(run, challengeId, authenticator.wrong(), {
    note: 'with a wrong code',
    mayBeLimited: true,
  });
  if (wrong.answer.status === 429 && wrong.answer.error === 'rate_limited') {
    findings.skip(
      NEED_A_CODE,
      'The proxy counts the wrong codes of an earlier run too: wait 15 minutes, or take another test user.',
    );
    return false;
  }
  findings.judge('wrong code', isOk(wrong.answer) && wrong.verdict === false, verdictSeen(wrong));
  // A refusal of the code is none of the request: it got through.
  if (forged && fieldsOf(forged) === fieldsOf(wrong.answer)) {
    findings.judge('other site: verify', false, `${seen(forged)}, as a wrong code of the app's own`);
  }

  const right = await verify(run, challengeId, await authenticator.next(), { note: 'with the right code' });
  findings.judge('POST /challenges/:id/verify', isOk(right.answer), seen(right.answer));
  const isConfirmed = isOk(right.answer) && right.verdict === true;
  if (isOk(right.answer)) findings.judge('right code', isConfirmed, verdictSeen(right));
  if (!isConfirmed) return false;

  const used = await verify(run, challengeId, authenticator.again() ?? authenticator.wrong(), {
    note: 'on a used challenge',
  });
  findings.judge(
    'used challenge',
    isRefused(used.answer) && used.answer.error === 'challenge_used',
    verdictSeen(used),
  );

  const list = await user({ method: 'GET', path: '/factors', note: 'after the right code' });
  const factors = await listFactors(list);
  if (factors) {
    const status = factors.find((factor) => factor.id === id)?.status;
    findings.judge(
      'status of a factor',
      status === 'verified',
      `${seen(list)}, status ${status ?? 'missing'}`,
    );
  }
  return true;
}

/** Shows a later code of the factor, on a challenge of its own: the fresh proof that a removal wants. */
export async function showFreshCode(run: Run, { id, authenticator }: OwnTotp): Promise<boolean> {
  const fresh = await challenge(run, id);
  if (fresh.id === undefined) return false;
  const { verdict } = await verify(run, fresh.id, await authenticator.next(), { note: 'with a fresh code' });
  return verdict === true;
}

/** The code just accepted is sent once more, on a challenge of its own: somebody may have looked over a shoulder. */
export async function checkReplay(run: Run, { id, authenticator }: OwnTotp): Promise<void> {
  const { findings } = run;
  const fresh = await challenge(run, id);
  if (fresh.id === undefined) return;
  const code = authenticator.again();
  if (code === undefined) {
    findings.skip(['TOTP code used before'], 'The answers took so long that the code had run out by itself.');
    return;
  }
  const replayed = await verify(run, fresh.id, code, { note: 'with a code used before' });
  const isSafe = isRefused(replayed.answer) || replayed.verdict === false;
  findings.judge('TOTP code used before', isSafe, verdictSeen(replayed));
}

export function verdictSeen({ answer, verdict }: { answer: Answer; verdict: boolean | undefined }): string {
  return verdict === undefined ? seen(answer) : `${seen(answer)}, valid: ${verdict}`;
}
