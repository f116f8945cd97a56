import type { BenchCheck, StoreBench } from './store-bench.js';

const RACERS = 8;
const ROUNDS = 10;
const STEPS = 10; // of each racer

export const raceChecks: readonly BenchCheck[] = [
  {
    title: 'lets one of many first writers win',
    check: (bench) => raceFrom(bench, null, (racer) => `racer ${racer}`),
  },
  {
    title: 'lets one of many changes win',
    check: (bench) => raceFrom(bench, 'start', (racer) => `racer ${racer}`),
  },
  {
    title: 'lets one of many removals win',
    check: (bench) => raceFrom(bench, 'start', () => null),
  },
  {
    title: 'does not bring back what was removed at the same moment',
    check: (bench) => raceFrom(bench, 'start', (racer) => (racer % 2 === 0 ? null : `racer ${racer}`)),
  },
  {
    title: 'loses none of many changes at once',
    async check(bench) {
      const key = bench.key();
      await Promise.all(
        racers(async (racer) => {
          for (let step = 0; step < STEPS; step += 1) await increment(bench, key, racer);
        }),
      );
      await bench.store().has(key, String(RACERS * STEPS));
    },
  },
  {
    title: 'keeps changes of different keys at once apart',
    async check(bench) {
      const keys = racers(() => bench.key());
      await Promise.all(
        keys.map(async (key, racer) => {
          const store = bench.store(racer);
          await store.takes(key, { from: null, to: '0' });
          for (let step = 0; step < STEPS; step += 1) {
            await store.takes(key, { from: String(step), to: String(step + 1) });
          }
        }),
      );
      for (const key of keys) await bench.store().has(key, String(STEPS));
    },
  },
  {
    title: 'shows a change to every instance at once',
    async check(bench) {
      const key = bench.key();
      await bench.store().takes(key, { from: null, to: '0' });
      for (let step = 0; step < STEPS; step += 1) {
        await bench.store(step + 1).takes(key, { from: String(step), to: String(step + 1) });
        await bench.store(step).refuses(key, String(step + 1), { from: String(step), to: 'old' });
      }
    },
  },
];

const racers = <T>(run: (racer: number) => T): T[] =>
  Array.from({ length: RACERS }, (_, racer) => run(racer));

/** All at once, from the same text: one has to be told that it won, and its text has to be there. */
async function raceFrom(
  bench: StoreBench,
  from: string | null,
  goal: (racer: number) => string | null,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const key = bench.key();
    if (from !== null) await bench.store().takes(key, { from: null, to: from });
    const wins = await Promise.all(
      racers((racer) => bench.store(racer).swap(key, { from, to: goal(racer) })),
    );
    const winners = racers((racer) => racer).filter((racer) => wins[racer]);
    const [winner] = winners;
    if (winner === undefined || winners.length > 1) {
      throw new Error(`of ${RACERS} swaps at once from the same text, ${winners.length} gave true.`);
    }
    await bench.store().has(key, goal(winner));
  }
}

async function increment(bench: StoreBench, key: string, racer: number): Promise<void> {
  const store = bench.store(racer);
  const patientUntil = Date.now() + 30_000;
  for (;;) {
    const count = await store.read(key);
    if (await store.swap(key, { from: count, to: String(Number(count ?? '0') + 1) })) return;
    if (Date.now() > patientUntil) throw new Error('no swap came through in 30 seconds.');
  }
}
