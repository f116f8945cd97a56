import { QueryClient } from '@tanstack/react-query';

import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import type { SessionStore } from '../provider/session-store.js';
import type { Failure } from './failure.js';

/** One for each provider, made by the first who wants it: a screen without a list of factors does not load it. */
const clients = new WeakMap<SessionStore, QueryClient>();

/**
 * The provider's own QueryClient, apart from the host's, so that no persister or logger of theirs sees a factor.
 * Nothing is fetched or repeated by itself, and nothing waits for the network to come back.
 */
export function factorsClient(sessions: SessionStore): QueryClient {
  const known = clients.get(sessions);
  if (known) return known;
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { retry: 0, networkMode: 'always', gcTime: 0 },
    },
  });
  clients.set(sessions, client);
  return client;
}

export const FACTORS = ['factors'] as const;

/** What is kept under that key: the newest list that came, and why no newer one did. */
export type Listing =
  { list: FactorsThen; failure: Failure | undefined } | { list: undefined; failure: Failure };

interface FactorsThen {
  factors: readonly AuthenticationFactor[];
  loadedAt: number;
}
