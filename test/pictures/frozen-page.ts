/** What `freezePage` puts into the page. */
export interface FrozenPage {
  /** Timers that are due within half a second: a story whose phone rules load then is not at rest before. */
  dueSoon: Set<number>;
}

/** When every picture is taken: a code that was just sent has its ten minutes before it. */
export const INSTANT = Date.UTC(2026, 0, 15, 9, 30);

/**
 * Stops the clocks and seeds all chance, so that keys, QR codes, codes and countdowns are the same each time, and hides
 * the caret, which blinks. Timers still run. Runs in the page, before its own script.
 */
export function freezePage(instant: number): void {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given: [] | [number]) {
      // Typed as the shortest way to make one: whatever is given goes on as it is.
      super(...((given.length > 0 ? given : [instant]) as [number]));
    }
    static override now = () => instant;
    // Nothing calls it without `new`, which a class cannot answer.
  } as DateConstructor;
  performance.now = () => 1000;

  const dueSoon = new Set<number>();
  Object.assign(globalThis, { dueSoon } satisfies FrozenPage);
  const start = window.setTimeout.bind(window);
  const stop = window.clearTimeout.bind(window);
  const startKnown = (handler: (...values: unknown[]) => void, delay = 0, ...values: unknown[]) => {
    const timer = start(() => {
      dueSoon.delete(timer);
      handler(...values);
    }, delay);
    if (delay <= 500) dueSoon.add(timer);
    return timer;
  };
  const stopKnown = (timer: number | undefined) => {
    if (timer !== undefined) dueSoon.delete(timer);
    stop(timer);
  };
  Object.assign(globalThis, { setTimeout: startKnown, clearTimeout: stopKnown });

  // Mulberry32: evenly spread, and short.
  let state = 1;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  Math.random = () => next() / 2 ** 32;
  crypto.getRandomValues = <T extends ArrayBufferView>(array: T): T => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = next();
    return array;
  };
  crypto.randomUUID = () => {
    const hex = Array.from({ length: 4 }, () => next().toString(16).padStart(8, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  };

  addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = '* { caret-color: transparent !important }';
    document.head.append(style);
  });
}
