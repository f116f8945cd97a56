import type { MfaStore } from 'mfa-kit/server';

import type { Session } from './sessions.ts';

/** `password`: half signed in, the second factor is still to come. `complete`: signed in. */
export type Stage = 'password' | 'complete';

/**
 * How far a session has come. Asked for each request and never remembered: a session is complete by a factor that the
 * account still has, or while it has none. The code of a factor that was removed since proves nothing.
 */
export async function stageOf({ user, factorIds }: Session, store: MfaStore): Promise<Stage> {
  const verified = await verifiedFactorIds(user.id, store);
  return verified.length === 0 || verified.some((id) => factorIds.includes(id)) ? 'complete' : 'password';
}

export async function verifiedFactorIds(userId: string, store: MfaStore): Promise<string[]> {
  const factors = await store.listFactors(userId);
  return factors.filter(({ status }) => status === 'verified').map(({ id }) => id);
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
