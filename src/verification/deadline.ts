import type { AuthenticationChallenge } from '../backend/mfa-backend.js';

/** A point in time that no clock of the device has to be right for: so many seconds from a moment it has seen. */
export interface Deadline {
  /** Seconds from `since` to the deadline. */
  readonly seconds: number;
  /** Both clocks at the moment the duration was known, in milliseconds. */
  readonly since: Readonly<Clocks>;
}

interface Clocks {
  /** `Date.now()`: goes on while the device sleeps, but can be set. */
  wall: number;
  /** `performance.now()`: cannot be set, but may stand still while the device sleeps. */
  steady: number;
}

/** Durations beyond a day are no deadline anybody should watch. */
const LONGEST = 24 * 60 * 60;

const readClocks = (): Clocks => ({ wall: Date.now(), steady: performance.now() });

/**
 * The deadline a duration from now.
 * @param seconds Not negative, whole or not. Above a day it is cut to a day.
 */
export function deadlineIn(seconds: number): Deadline {
  return { seconds: Math.min(LONGEST, Math.max(0, seconds)), since: readClocks() };
}

/**
 * The deadline of a challenge, counted from now; `undefined` where it never expires, or not within a day. A challenge as
 * the SDK gave it has two instants of the server's clock, whose distance counts.
 */
export function expiryOf({ expiresIn, createdAt, expiresAt }: ChallengeTimes): Deadline | undefined {
  const seconds = expiresIn ?? (Date.parse(expiresAt ?? '') - Date.parse(createdAt ?? '')) / 1000;
  return seconds <= LONGEST ? deadlineIn(seconds) : undefined;
}

type ChallengeTimes = Pick<AuthenticationChallenge, 'expiresIn' | 'createdAt' | 'expiresAt'>;

/**
 * Milliseconds until a deadline, 0 once it has passed. Time has moved on by whichever clock moved further: the wall
 * clock knows of the device's sleep, the steady one is not fooled when the wall clock is set back.
 */
export function millisecondsUntil({ seconds, since }: Deadline): number {
  const now = readClocks();
  const passed = Math.max(0, now.wall - since.wall, now.steady - since.steady);
  return Math.max(0, seconds * 1000 - passed);
}

/** Seconds until a deadline as shown to people: a whole number, rounded up, 0 only once it has passed. */
export function secondsUntil(deadline: Deadline): number {
  return Math.ceil(millisecondsUntil(deadline) / 1000);
}

const pad = (part: number) => String(part).padStart(2, '0');

/** `9:05`, with hours where there are any. */
export function formatSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}
