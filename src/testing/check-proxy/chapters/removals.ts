import { isOk, seen } from '../answer.js';
import { listIds, type OwnTotp, remove, removeAs, type Run } from '../run.js';
import { showFreshCode } from './codes.js';

/** Removes a factor that was never confirmed, which takes no fresh code. */
export async function checkRemoval(run: Run, id: string): Promise<void> {
  const { findings, user } = run;
  const removal = await remove(run, id);
  findings.judge('DELETE /factors/:id', isOk(removal), seen(removal));
  if (!isOk(removal)) return;
  const ids = await listIds(user);
  if (ids) {
    const isGone = !ids.has(id);
    findings.judge(
      'removed factor is gone',
      isGone,
      `${seen(removal)}, then GET /factors ${isGone ? 'without' : 'with'} it`,
    );
  }
  const single = await user({ method: 'GET', path: '/factors/:id', id, note: 'of a removed factor' });
  findings.judge('removed factor is gone', single.status === 404, seen(single));
}

/**
 * Removes a confirmed factor after a fresh code.
 * @param own Whose code is shown once more if the last one does not count any longer: a proxy may forget it when it
 * renews the session.
 */
export async function checkVerifiedRemoval(run: Run, id: string, own: OwnTotp): Promise<boolean> {
  let removal = await remove(run, id);
  if (removal.error === 'step_up_required' && (await showFreshCode(run, own)))
    removal = await remove(run, id);
  run.findings.judge('verified factor can be removed', isOk(removal), seen(removal));
  return isOk(removal);
}

/** What is left of the check's own factors, and of no others. */
export async function checkLeftovers(run: Run): Promise<void> {
  const { findings, made } = run;
  for (const id of made) {
    const removal = await remove(run, id);
    findings.judge('nothing left behind', !made.has(id), `${seen(removal)}: remove it yourself`);
  }
  findings.judge('nothing left behind', true, 'DELETE of each');
}

/** The same after a run that has ended early: what cannot be removed stays in the two sets. */
export async function tidyUp({ user, made, other, madeByOther }: Run): Promise<void> {
  for (const id of made) await removeAs(user, made, id, { isTidyingUp: true });
  if (!other) return;
  for (const id of madeByOther) await removeAs(other, madeByOther, id, { isTidyingUp: true });
}

/** A factor of the check's own that it could not remove. */
export interface LeftFactor {
  id: string;
  /** A `verified` one asks its user for codes that nobody can make any more: its secret ends with the run. */
  status: 'pending' | 'verified';
  /** Whose: the test user's, or the second one's. */
  of: 'user' | 'other';
}

export function leftovers({ made, madeByOther, confirmed }: Run): LeftFactor[] {
  const left = (of: LeftFactor['of']) => (id: string) =>
    ({ id, status: confirmed.has(id) ? 'verified' : 'pending', of }) as const;
  return [...[...made].map(left('user')), ...[...madeByOther].map(left('other'))];
}
