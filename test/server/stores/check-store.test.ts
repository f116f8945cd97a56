// @vitest-environment node
import { createMemoryStore } from 'mfa-kit/server';
import { checkStore, storeChecks } from 'mfa-kit/testing';
import { describe, expect, it } from 'vitest';

import { broken, BROKEN_STORES } from './broken-stores.js';

/** What a host reads when its store fails. */
async function complaint(check: Promise<void>): Promise<string> {
  const error: unknown = await check.then(
    () => new Error('The store passed.'),
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.message : '';
}

describe('a store that', () => {
  it.each(Object.entries(BROKEN_STORES))('%s is caught', async (_name, { stores, caught }) => {
    for (const title of caught) {
      const check = storeChecks.find((each) => each.title === title);
      await expect(check?.run(...stores())).rejects.toThrow(/ gave /);
    }
  });

  it('is made of the same parts, and not broken, passes', async () => {
    const [store] = broken({})();
    await expect(checkStore(store!)).resolves.toBeUndefined();
  });

  it('is in memory passes', async () => {
    await expect(checkStore(createMemoryStore())).resolves.toBeUndefined();
  });
});

describe('every check', () => {
  it.each(storeChecks.map(({ title }) => title))('"%s" catches a store', (title) => {
    expect(Object.values(BROKEN_STORES).flatMap(({ caught }) => caught)).toContain(title);
  });
});

describe('checkStore()', () => {
  it('says each promise that was not kept, and how', async () => {
    const { stores } = BROKEN_STORES['ignores case']!;
    const [store] = stores();
    expect(await complaint(checkStore(store!))).toBe(
      [
        `The store does not keep 1 of ${storeChecks.length} promises.`,
        '- compares texts byte by byte: swap() from "Ada" to "c" gave true, though "ada" was there.',
      ].join('\n'),
    );
  });

  it('writes out what nobody could see in a message', async () => {
    const { stores } = BROKEN_STORES['compares in normal form']!;
    expect(await complaint(checkStore(stores()[0]!))).toContain(
      String.raw`swap() from "e\u{301}" to "c" gave true, though "\u{e9}" was there.`,
    );
  });

  it('names every promise when the store is down', async () => {
    const down = () => Promise.reject(new Error('The database is down.'));
    const message = await complaint(checkStore({ read: down, swap: down }));
    for (const { title } of storeChecks.filter((check) => !check.title.includes('or refuses'))) {
      expect(message).toMatch(new RegExp(`^- ${title}: .*The database is down\\.$`, 'm'));
    }
  });

  it('leaves nothing behind, and touches nothing else', async () => {
    const kept = new Map<string, string>();
    const store = createMemoryStore();
    await store.swap({ key: 'user:ada', from: null, to: 'a', at: Date.now(), expiresAt: Date.now() + 1 });
    await checkStore({
      read: (key) => store.read(key),
      swap: async (change) => {
        const isSwapped = await store.swap(change);
        if (isSwapped && change.to === null) kept.delete(change.key);
        else if (isSwapped) kept.set(change.key, change.to ?? '');
        return isSwapped;
      },
    });
    expect([...kept]).toEqual([]);
    expect(await store.read('user:ada')).toBe('a');
  });
});
