'use client';
import { useCallback, useSyncExternalStore } from 'react';

import { type Deadline, secondsUntil } from './deadline.js';
import { onTickUntil } from './ticker.js';

function useTicks(deadline: Deadline | undefined) {
  return useCallback(
    (listener: () => void) => (deadline ? onTickUntil(deadline, listener) : () => undefined),
    [deadline],
  );
}

/**
 * Seconds until a deadline: a whole number, rounded up, 0 once it has passed; `undefined` without a deadline.
 * Renders once a second. `Countdown` shows the same without rendering.
 */
export function useCountdown(deadline: Deadline | undefined): number | undefined {
  const read = useCallback(() => deadline && secondsUntil(deadline), [deadline]);
  return useSyncExternalStore(useTicks(deadline), read, read);
}

/** Whether a deadline lies ahead. Renders once, when it passes. */
export function useIsAhead(deadline: Deadline | undefined): boolean {
  const read = useCallback(() => deadline !== undefined && secondsUntil(deadline) > 0, [deadline]);
  return useSyncExternalStore(useTicks(deadline), read, read);
}
