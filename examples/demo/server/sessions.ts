import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** No script reads it, and other sites' writes come without it. Over https add `Secure`, and name it `__Host-session`. */
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';
const COOKIE = 'session';
const LIFETIME = 12 * 60 * 60 * 1000; // milliseconds

export interface User {
  id: string;
  email: string;
}

export interface Session {
  readonly id: string;
  readonly user: User;
  /**
   * The factors that a right code was shown of in it: set by the server alone, when the handler reports one. Which of
   * them still count is asked each time: somebody may have added one of their own, shown its code and removed it.
   */
  readonly factorIds: readonly string[];
  readonly expiresAt: number;
}

/** Sessions as the demo needs them. A string that is returned is the `Set-Cookie` that goes with it. */
export interface Sessions {
  /** The session of a request's cookie, if the cookie is one of ours and has not run out. */
  find(request: Request): Session | undefined;
  get(id: string | undefined): Session | undefined;
  begin(user: User): string;
  /**
   * Adds a factor to a session, and gives it a new id: whoever holds a copy of the cookie from before is left with
   * nothing.
   * @param isFirst Whether the account had no factor yet. All other sessions of the user then end: whoever is in them
   * has shown a password only.
   * @throws {Error} If the session ended since it was looked up.
   */
  raise(session: Session, factorId: string, isFirst: boolean): { sessionId: string; cookie: string };
  end(session: Session | undefined): string;
}

/** Sessions in memory, known to the browser by a signed id. A real app keeps them in its database. */
export function createSessions({ secret, now }: { secret: string; now: () => number }): Sessions {
  const sessions = new Map<string, Session>();
  const sign = (id: string) => createHmac('sha256', secret).update(id).digest();

  function begin(user: User, factorIds: readonly string[]): { sessionId: string; cookie: string } {
    for (const { id, expiresAt } of sessions.values()) if (expiresAt <= now()) sessions.delete(id);
    const id = randomBytes(32).toString('base64url');
    sessions.set(id, { id, user, factorIds, expiresAt: now() + LIFETIME });
    const value = `${id}.${sign(id).toString('base64url')}`;
    return { sessionId: id, cookie: `${COOKIE}=${value}; ${ATTRIBUTES}; Max-Age=${LIFETIME / 1000}` };
  }

  function get(id = ''): Session | undefined {
    const session = sessions.get(id);
    return session && session.expiresAt > now() ? session : undefined;
  }

  return {
    get,
    find(request) {
      const [id = '', signature = ''] = cookieOf(request).split('.');
      const given = Buffer.from(signature, 'base64url');
      const right = sign(id);
      return given.length === right.length && timingSafeEqual(given, right) ? get(id) : undefined;
    },
    begin: (user) => begin(user, []).cookie,
    raise({ id }, factorId, isFirst) {
      // In one step, with nothing awaited in it: a session that ended stays ended, and of two that add the account's
      // first factor at the same time one ends the other.
      const session = get(id);
      if (!session) throw new Error('The session ended while the code was being checked.');
      const { user, factorIds } = session;
      sessions.delete(id);
      if (isFirst) {
        for (const other of sessions.values()) if (other.user.id === user.id) sessions.delete(other.id);
      }
      return begin(user, [...factorIds, factorId]);
    },
    end(session) {
      if (session) sessions.delete(session.id);
      return `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
    },
  };
}

function cookieOf(request: Request): string {
  const cookies = request.headers.get('Cookie')?.split('; ') ?? [];
  return cookies.find((each) => each.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}
