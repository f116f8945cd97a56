'use client';
import { createContext, useContext } from 'react';

import type { MfaBackend } from '../backend/mfa-backend.js';
import type { SessionStore } from './session-store.js';

export interface MfaContextValue {
  /** The host's backend of the moment: flows under way go on with it when the host passes another. */
  backend: () => MfaBackend;
  sessions: SessionStore;
}

export const MfaContext = createContext<MfaContextValue | undefined>(undefined);

/** @param caller The component or hook that asks, for the error's text. */
export function useMfaContext(caller: string): MfaContextValue {
  const context = useContext(MfaContext);
  if (context) return context;
  throw new Error(
    `${caller} found no <MfaProvider>, so it has no backend to talk to. Wrap your app: ` +
      `<MfaProvider backend={createHttpBackend({ baseUrl: '/api/mfa' })}>.`,
  );
}
