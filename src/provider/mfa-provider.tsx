'use client';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';

import type { MfaBackend } from '../backend/mfa-backend.js';
import type { MessageOverrides } from '../messages/messages.js';
import { MessagesProvider } from '../messages/messages-context.js';
import { MfaContext } from './mfa-context.js';
import { SessionStore } from './session-store.js';
import { useBrowserLayoutEffect } from './use-browser-layout-effect.js';

export interface MfaProviderProps {
  /** Where the components' calls go: `createHttpBackend({ baseUrl: '/api/mfa' })`, or one of your own. */
  backend: MfaBackend;
  /** Another language, or single sentences in your own words: `{ code: { submit: 'Sign in' } }`. */
  messages?: MessageOverrides | undefined;
  children?: ReactNode;
}

/**
 * Gives the components below it their backend and their words, and keeps the flows under way, so that one survives the
 * remount of its component. Give it `key={user.id}` where another user can sign in without a page load.
 */
export function MfaProvider({ backend, messages, children }: MfaProviderProps) {
  const latest = useRef(backend);
  // Before the effects of the components below, which may call it at once.
  useBrowserLayoutEffect(() => {
    latest.current = backend;
  }, [backend]);
  const [sessions] = useState(() => new SessionStore());
  const context = useMemo(() => ({ backend: () => latest.current, sessions }), [sessions]);

  useEffect(() => sessions.attach(), [sessions]);

  return (
    <MfaContext.Provider value={context}>
      <MessagesProvider messages={messages}>{children}</MessagesProvider>
    </MfaContext.Provider>
  );
}
