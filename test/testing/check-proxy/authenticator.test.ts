// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Authenticator } from '../../../src/testing/check-proxy/authenticator.js';

const STEP = 30_000;
const NOON = Date.UTC(2026, 2, 1, 12);

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The code of each step is its number, counted from noon. */
const authenticator = () =>
  new Authenticator({
    secret: '',
    now: Date.now,
    codeAt: (_, time) => String((time - NOON) / STEP),
  });

it('has three right codes at once early in a step, each later than the last', async () => {
  const app = authenticator();
  expect([await app.next(), await app.next(), await app.next()]).toEqual(['-1', '0', '1']);
});

it('gives no code that may run out on its way', async () => {
  vi.setSystemTime(NOON + STEP - 5_000);
  expect(await authenticator().next()).toBe('0');
});

it('waits for the next step rather than give a code that is not right yet', async () => {
  vi.setSystemTime(NOON + STEP - 5_000);
  const app = authenticator();
  await app.next();
  await app.next();
  const given: string[] = [];
  const third = app.next().then((code) => given.push(code));
  await vi.advanceTimersByTimeAsync(4_999);
  expect(given).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await third;
  expect(given).toEqual(['2']);
});

it('gives the last code again, until time has made it a wrong one', async () => {
  const app = authenticator();
  await app.next();
  expect(app.again()).toBe('-1');
  vi.setSystemTime(NOON + STEP);
  expect(app.again()).toBeUndefined();
});

it('never gives a right code for a wrong one', () => {
  const app = new Authenticator({
    secret: '',
    now: Date.now,
    codeAt: (_, time) => (time === NOON ? '204621' : '236037'), // what it would give first
  });
  const wrong = Array.from({ length: 20 }, () => app.wrong());
  expect(wrong).not.toContain('204621');
  expect(wrong).not.toContain('236037');
  expect(new Set(wrong).size).toBe(20);
  expect(wrong.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
});
