'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import type { MfaError } from '../backend/mfa-error.js';
import { useMfaContext } from '../provider/mfa-context.js';
import type { Deadline } from '../verification/deadline.js';
import { maskPhone } from '../verification/masked-phone.js';
import { FACTORS, factorsClient, type Listing } from './factors-client.js';
import { toFailure } from './failure.js';

export interface UseFactorsOptions {
  /** Called for each load that failed. */
  onError?: ((error: MfaError) => void) | undefined;
}

export type FactorsState =
  | { status: 'loading' }
  | ({ status: 'failed'; error: MfaError } & Reloading)
  | ({
      status: 'ready';
      /** Of the signed-in user, pending ones included. Phone numbers are masked. */
      factors: readonly AuthenticationFactor[];
      /** When this list came, **milliseconds** of `Date.now()`. */
      loadedAt: number;
      /** Why a newer list did not come; this one still stands. */
      error: MfaError | undefined;
    } & Reloading);

interface Reloading {
  /** A newer list is on its way; what is shown still stands. */
  isReloading: boolean;
  /** When the server will take another try, where it said so. */
  retryAt: Deadline | undefined;
  /** Loads the list again; ignored while it is being loaded. */
  reload: () => void;
}

/**
 * The signed-in user's factors. Loads on mount and after each enrolment and removal below the same provider; nothing is
 * loaded again by itself.
 */
export function useFactors({ onError }: UseFactorsOptions = {}): FactorsState {
  const { backend, sessions } = useMfaContext('useFactors');
  const client = factorsClient(sessions);
  const { data, isFetching, refetch } = useQuery(
    {
      queryKey: FACTORS,
      // Without the query's signal: a remount takes over the request under way instead of repeating it.
      queryFn: async (): Promise<Listing> => {
        try {
          const factors = (await backend().listFactors()).map(withMaskedPhone);
          return { list: { factors, loadedAt: Date.now() }, failure: undefined };
        } catch (reason) {
          return { list: client.getQueryData<Listing>(FACTORS)?.list, failure: toFailure(reason) };
        }
      },
    },
    client,
  );
  useEffect(
    () => sessions.onFactorsChange(() => void client.invalidateQueries({ queryKey: FACTORS })),
    [sessions, client],
  );
  useTellOnce(data?.failure?.error, onError);

  if (!data) return { status: 'loading' };
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

/** A proxy may send whole numbers; the cache keeps none. */
function withMaskedPhone(factor: AuthenticationFactor): AuthenticationFactor {
  return factor.sms ? { ...factor, sms: { phoneNumber: maskPhone(factor.sms.phoneNumber) } } : factor;
}
