'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import type { MfaError } from '../backend/mfa-error.js';
import { useMfaContext } from '../provider/mfa-context.js';
import type { Deadline } from '../verification/deadline.js';
import { FACTORS, factorsClient, type Listing } from './factors-client.js';
import { toFailure } from './failure.js';
import { type LoadedFactors, loadFactors } from './load-factors.js';

export interface UseFactorsOptions {
  /** Called for each load that failed. */
  onError?: ((error: MfaError) => void) | undefined;
}

export type FactorsState =
  | { status: 'loading' }
  | ({ status: 'failed'; error: MfaError } & Reloading)
  | ({
      status: 'ready';
      /** Why a newer list did not come; this one still stands. */
      error: MfaError | undefined;
    } & LoadedFactors &
      Reloading);

interface Reloading {
  /** A newer list is on its way; what is shown still stands. */
  isReloading: boolean;
  /** When the server will take another try, where it said so. */
  retryAt: Deadline | undefined;
  /** Loads the list again; ignored while it is being loaded. */
  reload: () => void;
}

/**
 * The signed-in user's factors. Loads on mount, after each enrolment and removal below the same provider, and when the
 * page comes back from the back/forward cache; nothing is loaded again by itself.
 */
export function useFactors({ onError }: UseFactorsOptions = {}): FactorsState {
  const { backend, sessions } = useMfaContext('useFactors');
  const client = factorsClient(sessions);
  const { data, isFetching, isFetchedAfterMount, refetch } = useQuery(
    {
      queryKey: FACTORS,
      // Without the query's signal: a remount takes over the request under way instead of repeating it.
      queryFn: async (): Promise<Listing> => {
        try {
          return { list: await loadFactors(backend()), failure: undefined };
        } catch (reason) {
          const failure = toFailure(reason);
          // Nobody is to see whose factors they were.
          if (failure.error.code === 'unauthenticated') return { list: undefined, failure };
          return { list: client.getQueryData<Listing>(FACTORS)?.list, failure };
        }
      },
    },
    client,
  );
  useTellOnce(data?.isTold ? undefined : data?.failure?.error, onError);

  // What failed before this mount may be over: somebody has signed in since.
  if (!data || !(data.list || isFetchedAfterMount)) return { status: 'loading' };
  const reloading: Reloading = {
    isReloading: isFetching,
    retryAt: data.failure?.retryAt,
    reload: () => void refetch({ cancelRefetch: false }),
  };
  return data.list
    ? { status: 'ready', ...data.list, error: data.failure?.error, ...reloading }
    : { status: 'failed', error: data.failure.error, ...reloading };
}

/** Tells of each error that comes while mounted, StrictMode's second run of the effect aside. */
function useTellOnce(error: MfaError | undefined, onError: UseFactorsOptions['onError']) {
  const told = useRef(error);
  useEffect(() => {
    if (error && error !== told.current) onError?.(error);
    told.current = error;
  }, [error, onError]);
}
