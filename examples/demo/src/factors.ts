import { type AuthenticationFactor, isMfaError } from 'mfa-kit';
import { useCallback, useEffect, useState } from 'react';

import { backend } from './backend.ts';

export type Factors =
  | { status: 'loading' }
  | { status: 'failed'; isSessionLost: boolean }
  | { status: 'ready'; list: readonly AuthenticationFactor[] };

/**
 * The signed-in user's factors. What is shown stays there while they are read again.
 * @param onSessionLost Called when the server no longer knows who asks.
 */
export function useFactors(onSessionLost: () => Promise<void>) {
  const [factors, setFactors] = useState<Factors>({ status: 'loading' });

  const reload = useCallback(async () => setFactors(await readFactors()), []);
  useEffect(() => {
    void readFactors().then(setFactors);
  }, []);

  const isSessionLost = factors.status === 'failed' && factors.isSessionLost;
  useEffect(() => {
    if (isSessionLost) void onSessionLost();
  }, [isSessionLost, onSessionLost]);

  return { factors, reload };
}

async function readFactors(): Promise<Factors> {
  try {
    return { status: 'ready', list: await backend.listFactors() };
  } catch (error) {
    return { status: 'failed', isSessionLost: isMfaError(error) && error.code === 'unauthenticated' };
  }
}
