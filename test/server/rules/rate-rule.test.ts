// @vitest-environment node
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  allowedAt,
  giveBack,
  keepRecent,
  type RateRule,
  secondsUntil,
} from '../../../src/server/rules/rate-rule.js';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

const rule = fc.record({ count: fc.integer({ min: 1, max: 6 }), seconds: fc.integer({ min: 1, max: 90 }) });
const rules = fc.array(rule, { minLength: 1, maxLength: 3 });
/** Milliseconds from one try to the next: many at once, some at the very edge of a span. */
const pause = fc.oneof(
  fc.constantFrom(0, 0, 1, 999, 1000, 1001, 29_999, 30_000),
  fc.integer({ min: 0, max: 100_000 }),
);
const pauses = fc.array(pause, { minLength: 1, maxLength: 60 });

/** How many there are in the fullest span of a rule, wherever it begins. */
const fullest = (times: readonly number[], { seconds }: RateRule) =>
  Math.max(
    0,
    ...times.map((begin) => times.filter((time) => time >= begin && time < begin + seconds * 1000).length),
  );

/** Lets through what the rules allow, of tries that come one after the other. */
function letThrough(tries: readonly number[], all: readonly RateRule[]) {
  let kept: number[] = [];
  const passed: number[] = [];
  for (const now of tries) {
    kept = keepRecent(kept, all, now);
    if (allowedAt(kept, all) > now) continue;
    kept.push(now);
    passed.push(now);
  }
  return passed;
}

const tried = (all: readonly number[]) => {
  let now = NOW;
  return all.map((each) => (now += each));
};

describe('a rule', () => {
  it('lets no more through in any span than it says', () => {
    fc.assert(
      fc.property(pauses, rules, (all, limits) => {
        const passed = letThrough(tried(all), limits);
        for (const limit of limits) expect(fullest(passed, limit)).toBeLessThanOrEqual(limit.count);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses nothing that it could have let through', () => {
    fc.assert(
      fc.property(pauses, rules, (all, limits) => {
        const tries = tried(all);
        const passed = letThrough(tries, limits);
        for (const now of tries) {
          if (passed.includes(now)) continue;
          const before = passed.filter((time) => time < now);
          const isFull = limits.some(
            ({ count, seconds }) => before.filter((time) => time > now - seconds * 1000).length >= count,
          );
          expect(isFull).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('tells the instant from which it will let one through: not before, and then at once', () => {
    fc.assert(
      fc.property(pauses, rules, (all, limits) => {
        const times = letThrough(tried(all), limits);
        const free = allowedAt(times, limits);
        const isKept = (now: number) =>
          limits.every(
            (limit) =>
              fullest(
                [...times, now].toSorted((a, b) => a - b),
                limit,
              ) <= limit.count,
          );
        const last = times.at(-1) ?? NOW;
        expect(isKept(Math.max(free, last))).toBe(true);
        if (free > last) expect(isKept(free - 1)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('does not care in which order times were written down', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: NOW - 100_000, max: NOW }), { maxLength: 20 })
          .chain((times) =>
            fc.tuple(fc.constant(times), fc.shuffledSubarray(times, { minLength: times.length })),
          ),
        rules,
        ([times, shuffled], limits) => {
          expect(allowedAt(shuffled, limits)).toBe(allowedAt(times, limits));
          const recent = (of: readonly number[]) => keepRecent(of, limits, NOW).toSorted((a, b) => a - b);
          expect(recent(shuffled)).toEqual(recent(times));
        },
      ),
    );
  });

  it('forgets only what no rule can ask for again', () => {
    fc.assert(
      fc.property(pauses, rules, pause, (all, limits, later) => {
        const times = tried(all);
        const now = (times.at(-1) ?? NOW) + later;
        const free = allowedAt(keepRecent(times, limits, now), limits);
        expect(free > now).toBe(allowedAt(times, limits) > now);
        if (free > now) expect(free).toBe(allowedAt(times, limits));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ count: 1, seconds: 30 }, [NOW - 30_000], true],
    [{ count: 1, seconds: 30 }, [NOW - 29_999], false],
    [{ count: 1, seconds: 30 }, [], true],
    [{ count: 2, seconds: 30 }, [NOW - 1], true],
    [{ count: 2, seconds: 30 }, [NOW, NOW], false],
    [{ count: 1, seconds: 30 }, [NOW + 5000], false], // another process's clock is ahead
  ])('of %j after %j lets one through: %j', (limit, times, isAllowed) => {
    expect(allowedAt(times, [limit]) <= NOW).toBe(isAllowed);
  });
});

describe('giving back', () => {
  it('undoes the one that was taken, whatever was taken meanwhile', () => {
    const times = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 0, max: 5 }), (before, meanwhile, taken) => {
        const sorted = (all: readonly number[]) => all.toSorted((a, b) => a - b);
        const left = giveBack([...before, taken, ...meanwhile], taken);
        expect(sorted(left)).toEqual(sorted([...before, ...meanwhile]));
      }),
    );
  });

  it('gives nothing for what is not there any more', () => {
    const times = [1, 2, 3];
    expect(giveBack(times, 4)).toEqual([1, 2, 3]);
    expect(giveBack([], 4)).toEqual([]);
    giveBack(times, 2);
    expect(times).toEqual([1, 2, 3]); // its caller's list stays its caller's
  });
});

it('tells whole seconds, one at least and an hour at most, and never too few', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5000, max: 4_000_000 }), (wait) => {
      const seconds = secondsUntil(NOW + wait, NOW);
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(3600);
      if (wait <= 3_600_000) expect(seconds * 1000).toBeGreaterThanOrEqual(wait);
      if (seconds > 1) expect((seconds - 1) * 1000).toBeLessThan(wait);
    }),
  );
});
