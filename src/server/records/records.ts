import type { MfaStore, StoreChange } from '../mfa-store.js';
import { Refusal } from '../refusal.js';
import { withTimeLimit } from '../time-limit.js';

const CALL_LIMIT = 5_000; // milliseconds, for one call of the store
const RACE_LIMIT = 5_000; // milliseconds, for all tries of one change
/** Tries that follow at once: with few that race, the next one nearly always gets through. */
const EAGER_TRIES = 8;

/** What a change makes of a record: its new text, `null` for none, and when it may be forgotten. */
export type Next = Pick<StoreChange, 'to' | 'expiresAt'>;

/**
 * The store as the handler sees it. Whatever it throws, and that it takes too long, becomes a 503, and its text stays inside.
 */
export interface Records {
  read(key: string): Promise<string | null>;
  /** One swap, tried once. */
  swap(change: Omit<StoreChange, 'at'>): Promise<boolean>;
  /**
   * Changes a record by what it really was at that moment: `decide` is called again for as long as others get in
   * between. It may throw, and then nothing is changed.
   */
  change<T>(key: string, decide: (text: string | null) => { next: Next | undefined; result: T }): Promise<T>;
}

export function createRecords(store: MfaStore, now: () => number): Records {
  const read = (key: string) => orUnavailable(() => store.read(key));
  const swap = (change: Omit<StoreChange, 'at'>) => orUnavailable(() => store.swap({ ...change, at: now() }));

  return {
    read,
    swap,
    async change(key, decide) {
      const deadline = performance.now() + RACE_LIMIT;
      for (let tries = 0; performance.now() < deadline; tries += 1) {
        if (tries >= EAGER_TRIES) await pause(Math.random() * Math.min(100, 2 * tries));
        const from = await read(key);
        const { next, result } = decide(from);
        if (next === undefined || (await swap({ key, from, ...next }))) return result;
      }
      throw new Refusal('unavailable');
    },
  };
}

async function orUnavailable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await withTimeLimit(CALL_LIMIT, async () => ask());
  } catch (cause) {
    throw new Refusal('unavailable', { cause });
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
