'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import { type MfaError, toMfaError } from '../backend/mfa-error.js';
import { useMfaContext } from '../provider/mfa-context.js';
import { maskPhone } from '../verification/masked-phone.js';
import { FACTORS, factorsClient } from './factors-client.js';

export type FactorsState =
  | { status: 'loading' }
  | { status: 'failed'; error: MfaError; reload: () => void }
  | {
      status: 'ready';
      /** Of the signed-in user, pending ones included. Phone numbers are masked. */
      factors: readonly AuthenticationFactor[];
      /** A newer list is on its way; this one still stands. */
      isReloading: boolean;
      reload: () => void;
    };

/**
 * The signed-in user's factors. Loads on mount and after each enrolment and removal below the same provider; nothing is
 * loaded again by itself.
 */
export function useFactors(): FactorsState {
  const { backend, sessions } = useMfaContext('useFactors');
  const client = factorsClient(sessions);
  const { data, error, isFetching, refetch } = useQuery(
    {
      queryKey: FACTORS,
      // Without the query's signal: a remount takes over the request under way instead of repeating it.
      queryFn: async () => (await backend().listFactors()).map(withMaskedPhone),
    },
    client,
  );
  useEffect(
    () => sessions.onFactorsChange(() => void client.invalidateQueries({ queryKey: FACTORS })),
    [sessions, client],
  );
  const reload = () => void refetch();
  if (error) return { status: 'failed', error: toMfaError(error), reload };
  return data ? { status: 'ready', factors: data, isReloading: isFetching, reload } : { status: 'loading' };
}

/** A proxy may send whole numbers; the cache keeps none. */
function withMaskedPhone(factor: AuthenticationFactor): AuthenticationFactor {
  return factor.sms ? { ...factor, sms: { phoneNumber: maskPhone(factor.sms.phoneNumber) } } : factor;
}
