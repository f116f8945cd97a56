'use client';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';

import type { MfaError } from '../backend/mfa-error.js';
import { useMfaContext } from '../provider/mfa-context.js';
import type { Deadline } from '../verification/deadline.js';
import { FACTORS, factorsClient, type Listing } from './factors-client.js';
import { type Failure, toFailure } from './failure.js';

export interface UseRemoveFactorOptions {
  /** Called once for each factor that is gone. */
  onRemoved?: ((factorId: string) => void) | undefined;
  onError?: ((error: MfaError) => void) | undefined;
}

export type RemoveFactorState = {
  /** Deletes a factor. Ask the person first; ignored while one is being deleted. */
  remove: (factorId: string) => void;
  /** Lets go of a failure, once the person has decided to keep the factor. */
  reset: () => void;
} & (
  | { status: 'idle' }
  | { status: 'removing'; factorId: string }
  | {
      status: 'failed';
      factorId: string;
      error: MfaError;
      /** When the server will take another try, where it said so. */
      retryAt: Deadline | undefined;
    }
);

/** Removes factors, one at a time. One that is gone already counts as removed. */
export function useRemoveFactor({ onRemoved, onError }: UseRemoveFactorOptions = {}): RemoveFactorState {
  const { backend, sessions } = useMfaContext('useRemoveFactor');
  const client = factorsClient(sessions);
  const isRemoving = useRef(false); // two presses can come before one render
  const removed = useRef<string>(undefined); // and one before its row is gone
  const mutation = useMutation<Failure | undefined, Error, string>(
    {
      mutationFn: async (factorId) => {
        try {
          await backend().deleteFactor(factorId);
        } catch (reason) {
          const failure = toFailure(reason);
          if (failure.error.code !== 'not_found') return failure;
        }
        removed.current = factorId;
        // Gone from the screen at once, also where the list cannot be loaded again now.
        client.setQueryData<Listing>(FACTORS, (listing) => listing && without(factorId, listing));
        return undefined;
      },
      onSettled: () => {
        isRemoving.current = false;
        sessions.factorsChanged();
      },
    },
    client,
  );
  const remove = (factorId: string) => {
    if (isRemoving.current || removed.current === factorId) return;
    isRemoving.current = true;
    mutation.mutate(factorId, {
      onSuccess: (failure) => (failure ? onError?.(failure.error) : onRemoved?.(factorId)),
    });
  };
  const reset = () => {
    if (!isRemoving.current) mutation.reset();
  };
  const { isPending, variables: factorId, data: failure } = mutation;
  if (isPending) return { status: 'removing', factorId, remove, reset };
  if (failure && factorId !== undefined) return { status: 'failed', factorId, ...failure, remove, reset };
  return { status: 'idle', remove, reset };
}

function without(factorId: string, listing: Listing): Listing {
  const { list } = listing;
  if (!list) return listing;
  return { ...listing, list: { ...list, factors: list.factors.filter(({ id }) => id !== factorId) } };
}
