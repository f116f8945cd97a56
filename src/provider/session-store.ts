import type { Session } from './session.js';

// oxlint-disable-next-line typescript/no-explicit-any -- the store does not care what a session is about
type AnySession = Session<any, any>;

/** The flows under way below one provider. */
export class SessionStore {
  readonly #sessions = new Map<string, AnySession>();
  readonly #holders = new Map<AnySession, number>();
  readonly #departures = new Map<AnySession, ReturnType<typeof setTimeout>>();
  readonly #factorListeners = new Set<() => void>();
  #providers = 0;

  /** Tells whoever shows the user's factors that they may be others now. */
  factorsChanged(): void {
    for (const listener of this.#factorListeners) listener();
  }

  onFactorsChange(listener: () => void): () => void {
    this.#factorListeners.add(listener);
    return () => this.#factorListeners.delete(listener);
  }

  /** Ties the flows to a mounted provider and to the page; the returned function unties them. */
  attach(): () => void {
    const hide = () => this.#closeAll({ keepalive: true });
    const show = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      // Back from the back/forward cache: what is still on the screen begins anew.
      for (const session of this.#holders.keys()) session.start();
      this.factorsChanged();
    };
    addEventListener('pagehide', hide);
    addEventListener('pageshow', show);
    this.#providers += 1;
    return () => {
      removeEventListener('pagehide', hide);
      removeEventListener('pageshow', show);
      this.#providers -= 1;
      // StrictMode takes every effect back and runs it again at once: only who is still gone afterwards is gone.
      queueMicrotask(() => {
        if (this.#providers === 0) this.#closeAll();
      });
    };
  }

  /** The session of that name, made when there is none under way. Sends nothing, so it may be called in render. */
  open<S extends AnySession>(name: string, create: () => S): S {
    const current = this.#sessions.get(name);
    if (current && !isOver(current)) return current as S; // a name is always opened with the same `create`
    const session = create();
    this.#sessions.set(name, session);
    return session;
  }

  /** Starts a session and keeps it until the returned function is called, and a while longer. */
  hold(name: string, session: AnySession): () => void {
    clearTimeout(this.#departures.get(session));
    this.#departures.delete(session);
    this.#holders.set(session, (this.#holders.get(session) ?? 0) + 1);
    if (!this.#sessions.has(name)) this.#sessions.set(name, session);
    session.start();
    return () => {
      const left = (this.#holders.get(session) ?? 1) - 1;
      this.#holders.set(session, left);
      if (left > 0) return;
      this.#holders.delete(session);
      if (isOver(session)) this.#forget(name, session);
      else
        this.#departures.set(
          session,
          setTimeout(() => this.#leave(name, session), session.patience),
        );
    };
  }

  #closeAll(options?: { keepalive?: boolean }): void {
    for (const timer of this.#departures.values()) clearTimeout(timer);
    this.#departures.clear();
    // One that is on the screen may have lost its name to a later one.
    for (const session of new Set([...this.#sessions.values(), ...this.#holders.keys()]))
      session.close(options);
    for (const [name, session] of this.#sessions) {
      if (!this.#holders.has(session)) this.#sessions.delete(name);
    }
  }

  #leave(name: string, session: AnySession): void {
    this.#departures.delete(session);
    this.#forget(name, session);
    session.close();
  }

  #forget(name: string, session: AnySession): void {
    if (this.#sessions.get(name) === session) this.#sessions.delete(name);
  }
}

const isOver = (session: AnySession) => session.isDone && session.isHeard;
