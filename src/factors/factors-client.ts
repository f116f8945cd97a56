import { QueryClient } from '@tanstack/react-query';

import type { SessionStore } from '../provider/session-store.js';
import type { Failure } from './failure.js';
import type { LoadedFactors } from './load-factors.js';

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
        gcTime: 1000, // what nobody shows is forgotten; 0 would forget it between a first render and its effects, too
      },
      mutations: { retry: 0, networkMode: 'always', gcTime: 0 },
    },
  });
  clients.set(sessions, client);
  // Here rather than in each hook that shows the list: one change, one load.
  sessions.onFactorsChange(() => reloadFactors(client));
  return client;
}

/** Loads the list again where it is shown. */
export function reloadFactors(client: QueryClient): void {
  void client.cancelQueries({ queryKey: FACTORS }); // a list under way may be older than the change
  void client.invalidateQueries({ queryKey: FACTORS });
}

export const FACTORS = ['factors'] as const;

/** What is kept under that key: the newest list that came, and why no newer one did. */
export type Listing = {
  /** Whether `failure` is another call's, which has told of it. */
  isTold?: boolean;
} & ({ list: LoadedFactors; failure: Failure | undefined } | { list: undefined; failure: Failure });
