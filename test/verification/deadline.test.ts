import { describe, expect, it, beforeEach, afterEach, vi } from 'vitest';

import { deadlineIn, expiryOf, formatSeconds, secondsUntil } from '../../src/verification/deadline.js';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets the two clocks of the device go different ways, in milliseconds. */
function pass({ wall, steady }: { wall: number; steady: number }) {
  const start = Date.now();
  vi.advanceTimersByTime(steady);
  vi.setSystemTime(start + wall);
}

describe('a countdown of ten minutes', () => {
  it.each([
    ['counts down while nothing happens', { wall: 4 * MINUTE, steady: 4 * MINUTE }, 360],
    ['is not fooled by a clock that is set back', { wall: -60 * MINUTE, steady: 4 * MINUTE }, 360],
    ['goes on while the device sleeps', { wall: 9 * MINUTE, steady: 0 }, 60],
    ['is over after a longer sleep', { wall: 11 * MINUTE, steady: 0 }, 0],
    ['is never negative', { wall: 60 * MINUTE, steady: 60 * MINUTE }, 0],
  ])('%s', (_title, time, left) => {
    const deadline = deadlineIn(600);
    pass(time);
    expect(secondsUntil(deadline)).toBe(left);
  });

  it.each([5 * 60, -5 * 60, 365 * 24 * 60])(
    'is the same on a device whose clock is off by %i minutes',
    (minutes) => {
      vi.setSystemTime(Date.now() + minutes * MINUTE);
      const deadline = deadlineIn(600);
      pass({ wall: MINUTE, steady: MINUTE });
      expect(secondsUntil(deadline)).toBe(540);
    },
  );

  it('shows a second until it is over', () => {
    const deadline = deadlineIn(600);
    expect(secondsUntil(deadline)).toBe(600);
    pass({ wall: 599_001, steady: 599_001 });
    expect(secondsUntil(deadline)).toBe(1);
    pass({ wall: 999, steady: 999 });
    expect(secondsUntil(deadline)).toBe(0);
  });
});

describe('the expiry of a challenge', () => {
  it.each([
    [{ expiresIn: 600 }, 600],
    [{ expiresIn: 0 }, 0],
    [{ expiresIn: undefined }, undefined],
    [{ expiresIn: 10 * 365 * 24 * 3600 }, undefined],
    [{ expiresIn: NaN }, undefined],
  ])('%j counts from %s seconds', (challenge, seconds) => {
    const expiry = expiryOf(challenge);
    expect(expiry && secondsUntil(expiry)).toBe(seconds);
  });
});

it.each([
  [0, '0:00'],
  [9, '0:09'],
  [65, '1:05'],
  [600, '10:00'],
  [3661, '1:01:01'],
])('writes %i seconds as %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});
