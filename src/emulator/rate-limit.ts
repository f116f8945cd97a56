import { rateLimitExceeded } from './wire-error.js';

/** At most `requests` in each window of `seconds`. */
export interface RateLimit {
  requests: number;
  seconds: number;
}

export interface RateLimiter {
  /**
   * Counts one request.
   * @throws {WireError} 429 with `Retry-After` if it is one too many.
   */
  take(): void;
  /** Refuses everything for that many seconds, by the emulator's clock. */
  block(seconds: number): void;
  reset(): void;
}

/**
 * One limit over the whole environment, in fixed windows that start with a request.
 * @param limit `undefined` for none but what `block` forces.
 * @param now Milliseconds since 1970.
 */
export function createRateLimiter(limit: RateLimit | undefined, now: () => number): RateLimiter {
  let blockedUntil = -Infinity;
  let windowEnd = -Infinity;
  let taken = 0;

  const refuseUntil = (end: number) => rateLimitExceeded(Math.max(1, Math.ceil((end - now()) / 1000)));

  return {
    take() {
      if (now() < blockedUntil) throw refuseUntil(blockedUntil);
      if (limit === undefined) return;
      if (now() >= windowEnd) {
        windowEnd = now() + limit.seconds * 1000;
        taken = 0;
      }
      if (taken >= limit.requests) throw refuseUntil(windowEnd);
      taken += 1;
    },
    block(seconds) {
      blockedUntil = now() + seconds * 1000;
    },
    reset() {
      blockedUntil = -Infinity;
      windowEnd = -Infinity;
    },
  };
}
