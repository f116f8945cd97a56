import { LOOK_ALIKES, UNSTORABLE } from './look-alikes.js';
import { type BenchCheck, type CheckedStore, shown } from './store-bench.js';

const KILOBYTE = 1024;
const MOST = 256 * KILOBYTE; // bytes of a text
const LONGEST_KEY = 512; // characters

const TEXTS = [
  '',
  ' ',
  ' a b  ',
  '\t\r\n',
  'null',
  '0',
  'true',
  '007',
  '1e3',
  '{"b":1, "a":[1.0,"\\u0000\\ud800"],"b":2}', // JSON that a JSON column would write anew
  `'; DROP TABLE users; -- $1 ? :a %s \\`,
  '\u00e9 e\u0301 \u200b \u202e \u2028 \ufeff \ufffd \uffff \u{1f600} \u{10ffff}',
];

export const textChecks: readonly BenchCheck[] = [
  {
    title: 'gives null for what is not there',
    async check(bench) {
      const key = bench.key();
      const got = await bench.store().read(key);
      if (got !== null) throw new Error(`read() gave ${shown(got)} for a key that nobody wrote.`);
    },
  },
  {
    title: 'gives every text back to the letter',
    async check(bench) {
      for (const text of TEXTS) {
        const key = bench.key();
        await bench.store().takes(key, { from: null, to: text });
        await bench.store(1).has(key, text);
      }
    },
  },
  {
    title: 'keeps texts of 256 kB, and compares them to the end',
    async check(bench) {
      for (const large of ['a'.repeat(MOST - 1), '\u20ac'.repeat(MOST / 3)]) {
        const key = bench.key();
        const store = bench.store();
        await store.takes(key, { from: null, to: `${large}b` });
        await store.refuses(key, `${large}b`, { from: `${large}c`, to: 'small' });
        await bench.store(1).has(key, `${large}b`);
        await store.takes(key, { from: `${large}b`, to: `${large}c` });
        await store.takes(key, { from: `${large}c`, to: 'small' });
      }
    },
  },
  {
    title: 'replaces and removes a text only while it is what the caller says',
    async check(bench) {
      const key = bench.key();
      const store = bench.store();
      await store.takes(key, { from: null, to: 'a' });
      await store.refuses(key, 'a', { from: 'b', to: 'c' });
      await store.refuses(key, 'a', { from: 'b', to: null });
      await store.takes(key, { from: 'a', to: 'b' });
      await store.refuses(key, 'b', { from: 'a', to: 'c' });
      await store.takes(key, { from: 'b', to: null });
      await store.refuses(key, null, { from: 'b', to: 'c' });
      await store.refuses(key, null, { from: 'b', to: null });
      await store.takes(key, { from: null, to: 'a' });
    },
  },
  {
    title: 'tells nothing from a text, an empty one too',
    async check(bench) {
      const store = bench.store();
      const key = bench.key();
      await store.takes(key, { from: null, to: null });
      await store.has(key, null);
      for (const text of ['', 'null', 'undefined']) {
        await store.refuses(key, null, { from: text, to: 'b' });
        await store.refuses(key, null, { from: text, to: null });
        await store.takes(key, { from: null, to: text });
        await store.refuses(key, text, { from: null, to: 'b' });
        await store.refuses(key, text, { from: null, to: text });
        await store.refuses(key, text, { from: null, to: null });
        await store.takes(key, { from: text, to: null });
      }
    },
  },
  {
    title: 'compares texts byte by byte',
    async check(bench) {
      for (const [one, other] of LOOK_ALIKES) {
        for (const [there, from] of [
          [one, other],
          [other, one],
        ] as const) {
          const key = bench.key();
          const store = bench.store();
          await store.takes(key, { from: null, to: there });
          await store.refuses(key, there, { from, to: 'c' });
          await store.refuses(key, there, { from, to: null });
        }
      }
    },
  },
  {
    title: 'keeps keys apart that look alike',
    async check(bench) {
      for (const [one, other] of LOOK_ALIKES) {
        await keptApart(bench.store(), one, other, bench.alike(one, other));
      }
    },
  },
  {
    title: 'takes keys of 512 characters, and compares them to the end',
    async check(bench) {
      for (const character of ['a', '\u20ac', '\u{1f600}', '\\']) {
        const key = bench.key();
        const long = key + character.repeat(Math.floor((LONGEST_KEY - key.length) / character.length));
        const ends = [`${long.slice(0, -2)}b`, `${long.slice(0, -2)}c`] as const;
        await keptApart(bench.store(), `${character}b`, `${character}c`, bench.own(...ends));
      }
    },
  },
  {
    title: 'keeps keys apart that hold NUL or half a character, or refuses them',
    async check(bench) {
      for (const [one, other] of UNSTORABLE) {
        const keys = bench.alike(one, other);
        const store = bench.store();
        if ((await holds(store, keys[0])) && (await holds(store, keys[1]))) {
          await keptApart(store, one, other, keys);
        }
      }
    },
  },
  {
    title: 'keeps a text that holds NUL or half a character as it is, or refuses it',
    async check(bench) {
      for (const text of new Set(UNSTORABLE.flat())) {
        const key = bench.key();
        const store = bench.store();
        let isTaken: boolean;
        try {
          isTaken = await store.swap(key, { from: null, to: text });
        } catch {
          continue;
        }
        if (isTaken) await store.has(key, text);
      }
    },
  },
];

async function holds(store: CheckedStore, key: string): Promise<boolean> {
  try {
    await store.read(key);
    if (await store.swap(key, { from: null, to: 'a' })) await store.swap(key, { from: 'a', to: null });
    return true;
  } catch {
    return false;
  }
}

async function keptApart(
  store: CheckedStore,
  one: string,
  other: string,
  [key, otherKey]: readonly [string, string],
): Promise<void> {
  try {
    await store.takes(key, { from: null, to: 'one' });
    await store.takes(otherKey, { from: null, to: 'other' });
    await store.has(key, 'one');
    await store.takes(key, { from: 'one', to: null });
    await store.has(otherKey, 'other');
    await store.takes(otherKey, { from: 'other', to: null });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`with keys that end in ${shown(one)} and ${shown(other)}, ${reason}`, { cause: error });
  }
}
