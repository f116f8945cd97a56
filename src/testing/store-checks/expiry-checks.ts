import { AT, type BenchCheck, type StoreBench } from './store-bench.js';

const MINUTE = 60_000; // milliseconds
/** More than any store lets pass between two looks for what has expired, one hopes. */
const WRITES = 300;
const TRIES = 5;

export const expiryChecks: readonly BenchCheck[] = [
  {
    title: 'keeps what has not expired by the clock it is told, whatever its own says',
    async check(bench) {
      const keys = { soon: bench.key(), never: bench.key() };
      const store = bench.store();
      await store.takes(keys.soon, { from: null, to: 'a', expiresAt: AT + MINUTE });
      await store.takes(keys.never, { from: null, to: 'a', expiresAt: null });
      await manyWrites(bench, AT + MINUTE - 1);
      await store.has(keys.soon, 'a', AT + MINUTE - 1);
      await store.has(keys.never, 'a', AT + MINUTE - 1);
    },
  },
  {
    title: 'counts the expiry it was told last',
    async check(bench) {
      const keys = { later: bench.key(), never: bench.key() };
      const store = bench.store();
      for (const key of [keys.later, keys.never]) {
        await store.takes(key, { from: null, to: 'a', expiresAt: AT + 1 });
      }
      await store.takes(keys.later, { from: 'a', to: 'b', expiresAt: AT + MINUTE });
      await store.takes(keys.never, { from: 'a', to: 'b', expiresAt: null });
      await manyWrites(bench, AT + 2);
      await store.has(keys.later, 'b', AT + 2);
      await store.has(keys.never, 'b', AT + 2);
    },
  },
  {
    title: 'swaps from what it reads of the expired',
    async check(bench) {
      const store = bench.store();
      const at = AT + 2 * MINUTE;
      for (const to of ['b', null]) {
        const key = bench.key();
        await store.takes(key, { from: null, to: 'a', expiresAt: AT + MINUTE });
        if (await store.swap(key, { from: 'c', to, at })) {
          throw new Error('swap() took another text for one that had expired.');
        }
        // It may be dropped between the two, so the first try may fail; not every one.
        let isSwapped = false;
        for (let tries = 0; tries < TRIES && !isSwapped; tries += 1) {
          isSwapped = await store.swap(key, { from: await store.read(key), to, at });
        }
        if (!isSwapped) throw new Error('read() gave what swap() did not take, once it had expired.');
        await store.has(key, to, at);
      }
    },
  },
];

/** Under other keys, so that a store that sweeps has had its chance to. */
async function manyWrites(bench: StoreBench, at: number): Promise<void> {
  const keys = Array.from({ length: 10 }, () => bench.key());
  await Promise.all(
    keys.map(async (key, racer) => {
      const store = bench.store(racer);
      await store.takes(key, { from: null, to: '0', at });
      for (let step = 0; step < WRITES / keys.length; step += 1) {
        await store.takes(key, { from: String(step), to: String(step + 1), at });
      }
    }),
  );
}
