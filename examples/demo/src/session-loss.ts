import type { FactorsState } from 'mfa-kit';
import { useEffect } from 'react';

/** Calls back when the server no longer knows who asks for the list: the session ended somewhere else. */
export function useSessionLoss(factors: FactorsState, onSessionLost: () => Promise<void>): void {
  const isLost = factors.status === 'failed' && factors.error.code === 'unauthenticated';
  useEffect(() => {
    if (isLost) void onSessionLost();
  }, [isLost, onSessionLost]);
}
