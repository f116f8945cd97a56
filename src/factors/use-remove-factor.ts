'use client';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';

import { type MfaError, toMfaError } from '../backend/mfa-error.js';
import { useMfaContext } from '../provider/mfa-context.js';
import { factorsClient } from './factors-client.js';

export interface UseRemoveFactorOptions {
  /** Called once for each factor that is gone. */
  onRemoved?: ((factorId: string) => void) | undefined;
  onError?: ((error: MfaError) => void) | undefined;
}

export type RemoveFactorState = {
  /** Deletes a factor. Ask the person first; ignored while one is being deleted. */
  remove: (factorId: string) => void;
} & ({ status: 'idle' } | { status: 'removing'; factorId: string } | { status: 'failed'; error: MfaError });

/** Removes factors, one at a time. One that is gone already counts as removed. */
export function useRemoveFactor({ onRemoved, onError }: UseRemoveFactorOptions = {}): RemoveFactorState {
  const { backend, sessions } = useMfaContext('useRemoveFactor');
  const isRemoving = useRef(false); // two presses can come before one render
  const { mutate, isPending, variables, error } = useMutation<void, Error, string>(
    {
      mutationFn: async (factorId) => {
        try {
          await backend().deleteFactor(factorId);
        } catch (reason) {
          const problem = toMfaError(reason);
          if (problem.code !== 'not_found') throw problem;
        }
      },
      onSettled: () => {
        isRemoving.current = false;
        sessions.factorsChanged();
      },
    },
    factorsClient(sessions),
  );
  const remove = (factorId: string) => {
    if (isRemoving.current) return;
    isRemoving.current = true;
    mutate(factorId, {
      onSuccess: () => onRemoved?.(factorId),
      onError: (reason) => onError?.(toMfaError(reason)),
    });
  };
  if (isPending) return { status: 'removing', factorId: variables, remove };
  return error ? { status: 'failed', error: toMfaError(error), remove } : { status: 'idle', remove };
}
