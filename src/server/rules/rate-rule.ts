import { Refusal } from '../refusal.js';

/** At most `count` in any span of `seconds`, wherever it begins: no clock's hour that could be met twice at its edge. */
export interface RateRule {
  /** A whole number, 1 or more. */
  count: number;
  /** A whole number, 1 or more. */
  seconds: number;
}

/** When the next one is allowed by all rules, milliseconds since 1970: `now` or earlier where it is allowed at once. */
export function allowedAt(times: readonly number[], rules: readonly RateRule[]): number {
  const newestFirst = times.toSorted((one, other) => other - one);
  return Math.max(
    ...rules.map(({ count, seconds }) => {
      // The one that has to leave the span before another may enter.
      const last = newestFirst[count - 1];
      return last === undefined ? -Infinity : last + seconds * 1000;
    }),
  );
}

/** The times that a rule can still ask for. One that is still to come was told by another clock: it counts as now. */
export function keepRecent(times: readonly number[], rules: readonly RateRule[], now: number): number[] {
  const longest = Math.max(...rules.map(({ seconds }) => seconds * 1000));
  return times.filter((time) => time > now - longest).map((time) => Math.min(time, now));
}

/**
 * The times, without what no rule asks for any more.
 * @throws {Refusal} `rate_limited`, if the rules do not allow another now.
 */
export function requireRoom(times: readonly number[], rules: readonly RateRule[], now: number): number[] {
  const recent = keepRecent(times, rules, now);
  const free = allowedAt(recent, rules);
  if (free > now) throw new Refusal('rate_limited', { retryAfter: secondsUntil(free, now) });
  return recent;
}

/** Without one that happened at `time`: given back, because it did not come to what is counted. */
export function giveBack(times: readonly number[], time: number): number[] {
  const index = times.lastIndexOf(time);
  return index < 0 ? [...times] : times.toSpliced(index, 1);
}

/** Seconds for `Retry-After`: a whole number, 1 to 3600. */
export const secondsUntil = (time: number, now: number): number =>
  Math.min(3600, Math.max(1, Math.ceil((time - now) / 1000)));
