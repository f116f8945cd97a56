// @vitest-environment node
import { createMemoryStore, type StoreChange } from 'mfa-kit/server';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

const AT = Date.parse('2026-03-01T12:00:00.000Z');

const change = (from: string | null, to: string | null, more: Partial<StoreChange> = {}): StoreChange => ({
  key: 'user:ada',
  from,
  to,
  at: AT,
  expiresAt: null,
  ...more,
});

it('lets one of many that race for a key win, and every other know that it lost', async () => {
  const store = createMemoryStore();
  const racers = Array.from({ length: 50 }, (_, index) => store.swap(change(null, String(index))));
  const won = await Promise.all(racers);
  expect(won.filter(Boolean)).toHaveLength(1);
  expect(await store.read('user:ada')).toBe(String(won.indexOf(true)));
});

it('loses no count, however many count at the same time', async () => {
  const store = createMemoryStore();
  const countOne = async () => {
    for (;;) {
      const from = await store.read('user:ada');
      await Promise.resolve();
      if (await store.swap(change(from, String(Number(from) + 1)))) return;
    }
  };
  await Promise.all(Array.from({ length: 40 }, countOne));
  expect(await store.read('user:ada')).toBe('40');
});

it.each([
  ['a', 'A'],
  ['a', 'a '],
  ['', ' '],
  ['a', 'a\u0000'],
  ['é', 'e\u0301'], // one letter, written in two ways
  ['\ud800', '\ud801'],
  ['1', '1.0'],
  ['{"a":1,"b":2}', '{"b":2,"a":1}'],
])('takes %j for nothing but itself: not for %j', async (text, other) => {
  const store = createMemoryStore();
  await store.swap(change(null, text));
  expect(await store.swap(change(other, 'taken'))).toBe(false);
  expect(await store.read('user:ada')).toBe(text);
  expect(await store.swap(change(null, 'kept', { key: `user:${text}` }))).toBe(true);
  expect(await store.read(`user:${other}`)).toBeNull();
});

it('tells nothing from an empty text', async () => {
  const store = createMemoryStore();
  expect(await store.read('user:ada')).toBeNull();
  expect(await store.swap(change('', 'a'))).toBe(false);
  expect(await store.swap(change(null, ''))).toBe(true);
  expect(await store.read('user:ada')).toBe('');
  expect(await store.swap(change(null, 'a'))).toBe(false);
  expect(await store.swap(change('', null))).toBe(true);
  expect(await store.read('user:ada')).toBeNull();
  expect(await store.swap(change(null, null))).toBe(true); // nothing was there, and nothing is
  expect(await store.read('user:ada')).toBeNull();
});

const MANY = 1000; // more writes than it takes between two looks for what has expired

it('forgets what has expired by the handler’s clock, and nothing a millisecond before', async () => {
  const store = createMemoryStore();
  await store.swap(change(null, 'over', { key: 'over', expiresAt: AT }));
  await store.swap(change(null, 'last', { key: 'last', expiresAt: AT + 1 }));
  await store.swap(change(null, 'ever', { key: 'ever', expiresAt: null }));
  await store.swap(change(null, 'once', { key: 'renewed', expiresAt: AT }));
  await store.swap(change('once', 'again', { key: 'renewed', expiresAt: null }));
  for (let write = 0; write < MANY; write += 1) {
    await store.swap(change(write === 0 ? null : String(write - 1), String(write), { key: 'busy' }));
  }
  const kept = ['over', 'last', 'ever', 'renewed'].map((key) => store.read(key));
  expect(await Promise.all(kept)).toEqual([null, 'last', 'ever', 'again']);
  expect(await store.swap(change(null, 'new', { key: 'over' }))).toBe(true); // what is forgotten is nothing
});

it('is not grown for ever by what nobody asks for again', async () => {
  const store = createMemoryStore();
  const keys = Array.from({ length: MANY }, (_, index) => `answer:${index}`);
  for (const [index, key] of keys.entries()) {
    await store.swap(change(null, 'x', { key, at: AT + index, expiresAt: AT + index + 10 }));
  }
  const left = await Promise.all(keys.map((key) => store.read(key)));
  expect(left.filter((text) => text !== null).length).toBeLessThan(MANY / 2);
});

it('holds what the last swap that won wrote, in any order of calls', async () => {
  const text = fc.constantFrom(null, '', 'a', 'A', '__proto__');
  const key = fc.constantFrom('k', 'K', '__proto__', 'constructor');
  const step = fc.record({ key, from: text, to: text, expiresAt: fc.constantFrom(null, AT + 1) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const store = createMemoryStore();
      const model = new Map<string, string | null>();
      for (const each of steps) {
        const isAsTold = (model.get(each.key) ?? null) === each.from;
        expect(await store.swap(change(each.from, each.to, each))).toBe(isAsTold);
        if (isAsTold) model.set(each.key, each.to);
        expect(await store.read(each.key)).toBe(model.get(each.key) ?? null);
      }
    }),
  );
});
