'use client';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

import { type MfaContextValue, useMfaContext } from './mfa-context.js';
import type { Session, SessionEvents } from './session.js';
import { useBrowserLayoutEffect } from './use-browser-layout-effect.js';

type StateOf<S> = S extends Session<infer State, infer _Result> ? State : never;
type ResultOf<S> = S extends Session<infer _State, infer Result> ? Result : never;

/**
 * Follows the provider's session of that name and keeps it alive while mounted.
 * @param caller The hook that asks, for the error's text.
 * @param create Makes the session. Read once a name; sends nothing.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- any session will do; its own types come out again
export function useSession<S extends Session<any, any>>(
  caller: string,
  name: string,
  create: (backend: MfaContextValue['backend']) => S,
  events: { [K in keyof SessionEvents<ResultOf<S>>]: SessionEvents<ResultOf<S>>[K] | undefined },
): { session: S; state: StateOf<S> } {
  const { backend, sessions } = useMfaContext(caller);
  const open = () => ({ name, session: sessions.open(name, () => create(backend)) });
  const [held, setHeld] = useState(open);
  let current = held;
  if (held.name !== name) {
    current = open();
    setHeld(current);
  }
  const { session } = current;

  const latest = useRef(events);
  useBrowserLayoutEffect(() => {
    latest.current = events;
  });
  useEffect(
    () =>
      session.listen({
        onDone: (result) => latest.current.onDone?.(result as ResultOf<S>), // what `S` ends with: `any` lost it
        onError: (error) => latest.current.onError?.(error),
      }),
    [session],
  );
  useEffect(() => sessions.hold(name, session), [sessions, name, session]);

  // Cast: the state of an `S`, which `any` lost.
  return { session, state: useSyncExternalStore(session.subscribe, session.get, session.get) as StateOf<S> };
}
