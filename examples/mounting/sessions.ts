import { randomBytes } from 'node:crypto';

/** No script reads it, other sites' writes come without it, and no other host can set it. */
const COOKIE = '__Host-session';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** Stands for the sessions your app has already. These are in memory, and known to the browser by their id. */
export interface Session {
  readonly id: string;
  readonly user: { readonly id: string; readonly email: string };
  /**
   * Whether it still has to show the account's second factor. Set when the password was right: an account has one if
   * `findVerifiedFactors(store, user.id)` of `mfa-kit/server` finds any, in the `store` that the handler has.
   */
  readonly owesSecondFactor: boolean;
}

const sessions = new Map<string, Session>();

export async function beginSession(start: Omit<Session, 'id'>): Promise<Session> {
  const session = { ...start, id: randomBytes(32).toString('base64url') };
  sessions.set(session.id, session);
  return session;
}

export async function findSession(id: string | undefined): Promise<Session | null> {
  return sessions.get(id ?? '') ?? null;
}

/**
 * With a new id: whoever holds a copy of the cookie from before is left with nothing.
 * @param isFirst Whether the account had no second factor yet. The user's other sessions then end: whoever is in them has
 * shown a password only.
 */
export async function completeSession({ id, user }: Session, isFirst: boolean): Promise<Session> {
  // Of two that come at once, one gets it. In a database all of this is one transaction.
  if (!sessions.delete(id)) throw new Error('The session ended while the code was being checked.');
  if (isFirst)
    for (const other of sessions.values()) if (other.user.id === user.id) sessions.delete(other.id);
  return beginSession({ user, owesSecondFactor: false });
}

export function sessionIdOf(request: Request): string | undefined {
  const cookies = request.headers.get('Cookie')?.split('; ') ?? [];
  return cookies.find((each) => each.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** The `Set-Cookie` that goes with a session. */
export const cookieOf = ({ id }: Session) => `${COOKIE}=${id}; ${ATTRIBUTES}`;
