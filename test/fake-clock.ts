import { act } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

/**
 * Puts the tests of a file on a clock that goes on by itself and can be moved on.
 * @returns Lets that many milliseconds pass for the device and for the servers.
 */
export function fakeClock(): (milliseconds: number) => Promise<unknown> {
  beforeEach(() => {
    vi.useFakeTimers({
      shouldAdvanceTime: true,
      toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  return (milliseconds) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
}
