import type { MfaStore } from './mfa-store.js';

/** Writes between two looks for what has expired. */
const SWEEP_EVERY = 256;

/**
 * A store in this process's memory: for development and tests. It is empty after a restart and not shared between
 * processes, so a factor enrolled before is then nobody's, and a limit counts in each of them alone.
 */
export function createMemoryStore(): MfaStore {
  const records = new Map<string, { text: string; expiresAt: number | null }>();
  let writes = 0;

  function sweep(now: number): void {
    for (const [key, { expiresAt }] of records) {
      if (expiresAt !== null && expiresAt <= now) records.delete(key);
    }
  }

  // Atomic because neither method awaits anything: JavaScript runs each of them to its end.
  return {
    async read(key) {
      return records.get(key)?.text ?? null;
    },
    async swap({ key, from, to, at, expiresAt }) {
      if ((records.get(key)?.text ?? null) !== from) return false;
      if (to === null) records.delete(key);
      else records.set(key, { text: to, expiresAt });
      writes += 1;
      if (writes % SWEEP_EVERY === 0) sweep(at);
      return true;
    },
  };
}
