import type { MfaStore } from '../server/mfa-store.js';
import { expiryChecks } from './store-checks/expiry-checks.js';
import { raceChecks } from './store-checks/race-checks.js';
import { StoreBench } from './store-checks/store-bench.js';
import { textChecks } from './store-checks/text-checks.js';

/** One thing that a store has to keep. */
export interface StoreCheck {
  /** Such as `lets one of many first writers win`. */
  title: string;
  /** Rejects with an `Error` that says what the store did, if it does not keep it. */
  run: (...stores: MfaStore[]) => Promise<void>;
}

/** What `checkStore` checks, one by one: for a runner that should name each. */
export const storeChecks: readonly StoreCheck[] = [...textChecks, ...raceChecks, ...expiryChecks].map(
  ({ title, check }) => ({
    title,
    async run(...stores) {
      const bench = new StoreBench(stores);
      try {
        await check(bench);
      } finally {
        await bench.clear();
      }
    },
  }),
);

/**
 * Checks that a store of your own keeps what `MfaStore` promises: that it compares to the letter, that one of many at
 * once wins, that nothing is lost or comes back. It needs no test runner, writes under keys of its own
 * (`mfa-kit check …`, dated 1970, so that nothing else expires by them), and removes them.
 *
 * It cannot see whether your store rejects while the database is down, which it has to.
 * @param stores The same data opened more than once, as two instances of your app would: only then is one caught that
 * remembers what another has changed. One store alone is checked as far as that goes.
 * @throws {AggregateError} With a line for each check that failed, and its error in `errors`.
 * @example
 * it('is a store', () => checkStore(createRedisStore(oneClient), createRedisStore(anotherClient)));
 */
export async function checkStore(...stores: [MfaStore, ...MfaStore[]]): Promise<void> {
  const failures: Error[] = [];
  for (const { title, run } of storeChecks) {
    try {
      await run(...stores);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(new Error(`${title}: ${reason}`, { cause: error }));
    }
  }
  if (failures.length === 0) return;
  const lines = failures.map(({ message }) => `- ${message}`);
  throw new AggregateError(
    failures,
    `The store does not keep ${failures.length} of ${storeChecks.length} promises.\n${lines.join('\n')}`,
  );
}
