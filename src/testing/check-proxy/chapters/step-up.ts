import { type Answer, isOk, isRefused, seen } from '../answer.js';
import { challenge, enrol, type OwnTotp, remove, type Run, verify } from '../run.js';

/**
 * With a confirmed factor and no fresh code of it, a session that knows only the password must neither add a factor of
 * its own nor remove the person's. The code that confirmed the factor is no fresh one: whoever enrols it has it.
 * @returns The factor to go on with; another one where the proxy let the first be removed.
 */
export async function checkStepUp(run: Run, own: OwnTotp): Promise<OwnTotp | undefined> {
  const { findings } = run;
  const second = await enrol(run, { json: { type: 'totp' }, note: 'without a fresh code' });
  findings.judge('second factor without a fresh code', isStepUp(second.answer), seen(second.answer));
  if (second.id !== undefined) await remove(run, second.id);

  const removal = await run.user({
    method: 'DELETE',
    path: '/factors/:id',
    id: own.id,
    note: 'without a fresh code',
  });
  findings.judge('removal without a fresh code', isStepUp(removal), seen(removal));
  if (!isOk(removal)) return own;
  run.made.delete(own.id);
  return confirmAnother(run);
}

async function confirmAnother(run: Run): Promise<OwnTotp | undefined> {
  const { enrollment } = await enrol(run, { json: { type: 'totp' } });
  if (!enrollment?.totp) return undefined;
  const own = { id: enrollment.factor.id, authenticator: run.authenticatorFor(enrollment.totp.secret) };
  const { id } = await challenge(run, own.id);
  if (id === undefined) return undefined;
  const { verdict } = await verify(run, id, await own.authenticator.next());
  return verdict === true ? own : undefined;
}

const isStepUp = (answer: Answer) => isRefused(answer) && answer.error === 'step_up_required';
