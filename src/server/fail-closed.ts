import type { MfaStore } from './mfa-store.js';
import { Refusal } from './refusal.js';

/** The store as the handler sees it: whatever it throws becomes a 503, and its text stays inside. */
export function failClosed(store: MfaStore): MfaStore {
  return {
    addFactor: (...args) => orUnavailable(() => store.addFactor(...args)),
    listFactors: (...args) => orUnavailable(() => store.listFactors(...args)),
    findFactor: (...args) => orUnavailable(() => store.findFactor(...args)),
    markFactorVerified: (...args) => orUnavailable(() => store.markFactorVerified(...args)),
    removeFactor: (...args) => orUnavailable(() => store.removeFactor(...args)),
    addChallenge: (...args) => orUnavailable(() => store.addChallenge(...args)),
    findChallenge: (...args) => orUnavailable(() => store.findChallenge(...args)),
  };
}

async function orUnavailable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch {
    throw new Refusal('unavailable');
  }
}
