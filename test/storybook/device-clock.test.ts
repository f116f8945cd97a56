import { afterEach, describe, expect, it } from 'vitest';

import { moveDeviceClock, resetDeviceClock } from '../../stories/device-clock.js';

const own = globalThis.Date;
const HOUR = 3_600_000;

afterEach(() => {
  resetDeviceClock();
  globalThis.Date = own;
});

/** As a tool that takes pictures puts it into the page before anything else. */
function freezeDate(at: number) {
  globalThis.Date = class extends own {
    constructor(...values: [] | [number]) {
      super(values[0] ?? at);
    }
    static override now = () => at;
    // A class cannot be called as the built-in can.
  } as DateConstructor;
}

describe('the device clock of a story', () => {
  it('runs ahead, for each way to ask for the time', () => {
    moveDeviceClock(5 * HOUR);
    const expected = own.now() + 5 * HOUR;
    expect(Date.now()).toBeCloseTo(expected, -2);
    expect(new Date().getTime()).toBeCloseTo(expected, -2);
    expect(own.parse(Date())).toBeCloseTo(expected, -4);
  });

  it('adds one move to another, and goes back with a negative one', () => {
    moveDeviceClock(2 * HOUR);
    moveDeviceClock(HOUR);
    moveDeviceClock(-4 * HOUR);
    expect(Date.now()).toBeCloseTo(own.now() - HOUR, -2);
  });

  it('leaves a date that is given, and what a date is', () => {
    moveDeviceClock(HOUR);
    expect(new Date('2026-01-02T03:04:05Z').toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(new Date(2026, 0, 2).getTime()).toBe(new own(2026, 0, 2).getTime());
    expect(new Date()).toBeInstanceOf(own);
    expect(new own()).toBeInstanceOf(Date);
    expect(Date.UTC(2026, 0)).toBe(own.UTC(2026, 0));
  });

  it('leaves the steady clock alone', () => {
    const before = performance.now();
    moveDeviceClock(HOUR);
    expect(performance.now() - before).toBeLessThan(HOUR / 2);
  });

  it('moves a clock that was frozen before, and leaves it frozen afterwards', () => {
    freezeDate(1_000_000);
    const frozen = globalThis.Date;
    moveDeviceClock(HOUR);
    expect(Date.now()).toBe(1_000_000 + HOUR);
    expect(new Date().getTime()).toBe(1_000_000 + HOUR);
    resetDeviceClock();
    expect(globalThis.Date).toBe(frozen);
    expect(Date.now()).toBe(1_000_000);
  });

  it('is put right, and can be moved again', () => {
    moveDeviceClock(HOUR);
    resetDeviceClock();
    expect(globalThis.Date).toBe(own);
    moveDeviceClock(1000);
    expect(Date.now()).toBeCloseTo(own.now() + 1000, -2);
  });

  it('is right again below a clock that was put on top of it', () => {
    moveDeviceClock(HOUR);
    const below = globalThis.Date;
    const onTop = class extends below {};
    globalThis.Date = onTop as DateConstructor;
    resetDeviceClock();
    expect(globalThis.Date).toBe(onTop);
    expect(Date.now()).toBeCloseTo(own.now(), -2);
  });
});
