import { useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

export interface User {
  id: string;
  email: string;
  /** `password`: the second factor is still to come. What may be done meanwhile, the server decides. */
  stage: 'password' | 'complete';
}

export type Session =
  | { status: 'loading' }
  | { status: 'unreachable' }
  | { status: 'ready'; workOs: 'real' | 'emulated'; user: User | null };

/** Who is signed in, as the server says. */
export function useSession() {
  const [session, setSession] = useState<Session>({ status: 'loading' });

  const refresh = useCallback(async () => setSession(await readSession()), []);
  useEffect(() => {
    void readSession().then(setSession);
  }, []);

  /** @returns Whether the server took it. */
  async function signIn(email: string, password: string): Promise<boolean> {
    const isTaken = await post('/api/sign-in', { email, password });
    if (isTaken) await refresh();
    return isTaken;
  }

  async function signOut(): Promise<void> {
    // The screens go first: an enrolment under way is taken back by the provider, and needs the session for it.
    flushSync(() => setSession({ status: 'loading' }));
    await new Promise((resolve) => setTimeout(resolve));
    await post('/api/sign-out', {});
    await refresh();
  }

  return { session, refresh, signIn, signOut };
}

async function readSession(): Promise<Session> {
  try {
    const response = await fetch('/api/session', { cache: 'no-store' });
    if (!response.ok) return { status: 'unreachable' };
    return { status: 'ready', ...(await response.json()) };
  } catch {
    return { status: 'unreachable' };
  }
}

/** A write to the demo's own API, with the header that no other site can send. */
export async function post(path: string, body: object): Promise<boolean> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'demo' },
      body: JSON.stringify(body),
    });
    return response.ok;
  } catch {
    return false;
  }
}
