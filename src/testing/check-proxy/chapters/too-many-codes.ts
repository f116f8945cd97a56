import { type Answer, seen } from '../answer.js';
import type { CheckName } from '../contract.js';
import { challenge, type OwnTotp, type Run, verify } from '../run.js';
import { verdictSeen } from './codes.js';

/** With five wrong codes the sixth is refused. Fewer may be allowed, but not more. */
const TRIES = 6;
const WAIT_ROWS = ['429 says how long to wait', '429 says it once'] as const satisfies CheckName[];

/** Provokes one lock-out, on a challenge of its own, and stays below what locks a user out. Comes after all other codes. */
export async function checkTooManyCodes(run: Run, { id, authenticator }: OwnTotp): Promise<void> {
  const { findings } = run;
  const target = await challenge(run, id);
  if (target.id === undefined) return;
  for (let tried = 1; ; tried += 1) {
    const attempt = await verify(run, target.id, authenticator.wrong(), {
      note: `with wrong code ${tried}`,
      mayBeLimited: true,
    });
    const { answer } = attempt;
    const isLocked = answer.error === 'too_many_attempts' || answer.error === 'rate_limited';
    if (!isLocked && tried < TRIES) continue;

    findings.judge('wrong codes on one challenge', isLocked && answer.status === 429, verdictSeen(attempt));
    if (answer.status !== 429) {
      findings.skip(WAIT_ROWS, `No 429 was to be had: ${seen(answer)}.`);
      return;
    }
    judgeWait(run, answer);
    return;
  }
}

function judgeWait({ findings }: Run, answer: Answer): void {
  const header = answer.headers.get('Retry-After');
  // As text: a kit's reading of it would have been clamped already.
  const inBody = /"retry_?after"\s*:\s*"?(-?[\d.]+)/i.exec(answer.text)?.[1];
  const isSaid = header !== null || inBody !== undefined;
  const came = `${seen(answer)}, Retry-After ${header === null ? 'missing' : 'sent'}, retry_after ${inBody === undefined ? 'missing' : 'sent'}`;
  findings.judge(
    '429 says how long to wait',
    isSaid && isWhole(header) && isWhole(inBody),
    isSaid ? `${came}, as ${header ?? '–'} and ${inBody ?? '–'}` : came,
  );
  const isOne = header === null || inBody === undefined || header === inBody;
  if (isSaid) findings.judge('429 says it once', isOne, `${came}, as ${header ?? '–'} and ${inBody ?? '–'}`);
}

/** Seconds, where there are any. */
const isWhole = (text: string | null | undefined) => text == null || /^[1-9]\d{0,8}$/.test(text);
