import type { MfaStore } from 'mfa-kit/server';

import type { Session } from './sessions.ts';

/** `password`: half signed in, the second factor is still to come. `complete`: signed in. */
export type Stage = 'password' | 'complete';

/**
 * How far a session has come. Asked for each request and never remembered: the moment a user's first factor is
 * verified, every session of theirs that has shown a password only is half signed in.
 */
export async function stageOf(session: Session, store: MfaStore): Promise<Stage> {
  if (session.hasSecondFactor) return 'complete';
  const factors = await store.listFactors(session.user.id);
  return factors.some(({ status }) => status === 'verified') ? 'password' : 'complete';
}

/**
 * What a half signed in session may ask of the MFA handler: what it takes to finish signing in, and no more.
 *
 * Somebody who has the password only, perhaps a stolen one, must not delete the factor that stops them (DELETE), nor
 * add one of their own and pass with that (POST /factors). Nor may they have codes sent for a factor that was never
 * verified: it may carry their number, from before the account had a second factor.
 */
export async function mayFinishSignIn(
  { method, url }: Request,
  user: { id: string },
  store: MfaStore,
): Promise<boolean> {
  const path = new URL(url).pathname.replace(/^\/api\/mfa/, '');
  if (method === 'GET') return /^\/factors(\/[\w-]+)?$/.test(path);
  if (method !== 'POST') return false;
  const challenged = /^\/factors\/([\w-]+)\/challenge$/.exec(path)?.[1];
  if (challenged) return (await store.findFactor(user.id, challenged))?.status === 'verified';
  return /^\/challenges\/[\w-]+\/verify$/.test(path);
}
