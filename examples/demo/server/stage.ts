import { findVerifiedFactors, type MfaStore } from 'mfa-kit/server';

import type { Session } from './sessions.ts';

/** `password`: half signed in, the second factor is still to come. `complete`: signed in. */
export type Stage = 'password' | 'complete';

/**
 * How far a session has come. Asked for each request and never remembered: a session is complete by a factor that the
 * account still has, or while it has none. The code of a factor that was removed since proves nothing.
 *
 * The kit's handler needs no such stage: it lets a session that owes its second factor do no more than show a code. It
 * is for everything else in the app.
 */
export async function stageOf({ user, factorIds }: Session, store: MfaStore): Promise<Stage> {
  const verified = await findVerifiedFactors(store, user.id);
  return verified.length === 0 || verified.some(({ id }) => factorIds.includes(id)) ? 'complete' : 'password';
}
