/**
 * How long a request that never came back holds what it took, in milliseconds. Longer than any may take by its own time
 * limits: a dozen calls of the store, two of WorkOS.
 */
export const LEASE = 120_000;
