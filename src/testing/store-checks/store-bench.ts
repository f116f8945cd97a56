import type { MfaStore } from '../../server/mfa-store.js';

/** A check as it is written down: `storeChecks` gives it its stores, and clears up after it. */
export interface BenchCheck {
  title: string;
  check: (bench: StoreBench) => Promise<void>;
}

/** Milliseconds of 1970, long before anything real expires. */
export const AT = 1_000_000_000;

export interface Change {
  from: string | null;
  to: string | null;
  at?: number;
  expiresAt?: number | null;
}

/** The stores to be checked, which have the same data: its calls look at what they answer, and tell what was wrong. */
export class StoreBench {
  readonly #stores: readonly CheckedStore[];
  readonly #keys = new Set<string>();
  readonly #run = Math.random().toString(36).slice(2, 10);

  constructor(stores: readonly MfaStore[]) {
    this.#stores = stores.map((store) => new CheckedStore(store));
  }

  /** One of the stores, in turn. */
  store(turn = 0): CheckedStore {
    const store = this.#stores[turn % this.#stores.length];
    if (!store) throw new Error('There is no store to check.');
    return store;
  }

  /** A key that nobody has used. */
  key(): string {
    const [key] = this.alike('', '');
    return key;
  }

  /** Two keys that differ in their ends alone. */
  alike(one: string, other: string): readonly [string, string] {
    const stem = `mfa-kit check ${this.#run} ${this.#keys.size} `;
    return this.own(stem + one, stem + other);
  }

  /** Remembers keys that a check has made of one of these. */
  own(one: string, other: string): readonly [string, string] {
    this.#keys.add(one).add(other);
    return [one, other];
  }

  /** Removes what the checks have left, as far as the store lets it. */
  async clear(): Promise<void> {
    for (const key of this.#keys) {
      try {
        const store = this.store();
        const left = await store.read(key);
        if (left !== null) await store.swap(key, { from: left, to: null });
      } catch {
        // What is wrong with the store has been said by the check itself.
      }
    }
  }
}

export class CheckedStore {
  readonly #store: MfaStore;

  constructor(store: MfaStore) {
    this.#store = store;
  }

  async read(key: string): Promise<string | null> {
    const text: unknown = await this.#store.read(key);
    if (typeof text !== 'string' && text !== null) {
      throw new Error(`read() gave ${shown(text)}. It has to be a string or null.`);
    }
    return text;
  }

  async swap(key: string, { from, to, at = AT, expiresAt = null }: Change): Promise<boolean> {
    const swapped: unknown = await this.#store.swap({ key, from, to, at, expiresAt });
    if (typeof swapped !== 'boolean') {
      throw new TypeError(`swap() gave ${shown(swapped)}. It has to be true or false.`);
    }
    return swapped;
  }

  /** A swap that has to succeed. */
  async takes(key: string, change: Change): Promise<void> {
    if (await this.swap(key, change)) return;
    throw new Error(
      `swap() from ${shown(change.from)} to ${shown(change.to)} gave false, though that was written last.`,
    );
  }

  /** A swap that must not succeed, because `there` is there, and must not change it. */
  async refuses(key: string, there: string | null, change: Change): Promise<void> {
    if (await this.swap(key, change)) {
      throw new Error(
        `swap() from ${shown(change.from)} to ${shown(change.to)} gave true, though ${shown(there)} was there.`,
      );
    }
    await this.has(key, there);
  }

  /** Sees that this is there, by `read` at once and by a swap. */
  async has(key: string, text: string | null, at = AT): Promise<void> {
    const got = await this.read(key);
    if (got !== text) throw new Error(`read() gave ${shown(got)}, though ${shown(text)} was there.`);
    if (text === null) {
      await this.takes(key, { from: null, to: 'probe', at });
      await this.takes(key, { from: 'probe', to: null, at });
    } else {
      await this.takes(key, { from: text, to: text, at });
    }
  }
}

/** For a message: in quotes, with what cannot be seen written out, and cut. */
export function shown(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  const text = JSON.stringify(value).replace(
    /[^ -~]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return text.length > 80 ? `${text.slice(0, 40)}…${text.slice(-20)} (${value.length} characters)` : text;
}
