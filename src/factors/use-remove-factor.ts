'use client';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';

import type { MfaError } from '../backend/mfa-error.js';
import { useMfaContext } from '../provider/mfa-context.js';
import type { Deadline } from '../verification/deadline.js';
import { FACTORS, factorsClient, type Listing } from './factors-client.js';
import type { Failure } from './failure.js';
import { has } from './load-factors.js';
import { removeFactor } from './remove-factor.js';

export interface UseRemoveFactorOptions {
  /** Called once for each factor that is gone, also after an unmount. */
  onRemoved?: ((factorId: string) => void) | undefined;
  /** Called for each removal that failed, also after an unmount. */
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
      mutationFn: (factorId) => removeFactor(factorId, backend(), client),
      // Here and not with `mutate`, whose callbacks are of the render at the press, and die with the component.
      onSuccess: (failure, factorId) => {
        isRemoving.current = false;
        if (!failure) removed.current = factorId;
        // Apart from the mutation, which would keep a host's error to itself.
        queueMicrotask(() => (failure ? onError?.(failure.error) : onRemoved?.(factorId)));
      },
    },
    client,
  );
  const remove = (factorId: string) => {
    // A list that came since may hold it again: then it is not gone, whatever was answered.
    const isListed = has(client.getQueryData<Listing>(FACTORS)?.list, factorId);
    if (isRemoving.current || (removed.current === factorId && !isListed)) return;
    isRemoving.current = true;
    mutation.mutate(factorId);
  };
  const reset = () => {
    if (!isRemoving.current) mutation.reset();
  };
  const { isPending, variables: factorId, data: failure } = mutation;
  if (isPending) return { status: 'removing', factorId, remove, reset };
  if (failure && factorId !== undefined) return { status: 'failed', factorId, ...failure, remove, reset };
  return { status: 'idle', remove, reset };
}
