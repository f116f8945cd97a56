/** How far the device's clock runs ahead of the one the page came with, in milliseconds. */
let ahead = 0;
let unmoved: DateConstructor | undefined;
let moved: DateConstructor | undefined;

/**
 * Makes the device's clock run further ahead: `Date.now()` and `new Date()` tell a later time from now on, and a second
 * call adds to the first. `performance.now()` and timers stay as they are. The test backend's servers go by the device's
 * clock, so for them the time passes too. Call it in `play`: `beforeEach` runs again at each change in the toolbar.
 * @param milliseconds Negative to set the clock back.
 */
export function moveDeviceClock(milliseconds: number): void {
  ahead += milliseconds;
  if (globalThis.Date === moved) return;
  // Whatever `Date` is by now, a frozen one included, stays below and goes on telling the time it tells.
  const below = globalThis.Date;
  const now = () => below.now() + ahead;
  unmoved = below;
  moved = new Proxy(below, {
    apply: () => new below(now()).toString(),
    construct: (target, values, newTarget): Date =>
      Reflect.construct(target, values.length > 0 ? values : [now()], newTarget),
    get: (target, name, receiver): unknown => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  globalThis.Date = moved;
}

/** Puts the device's clock right. */
export function resetDeviceClock(): void {
  ahead = 0;
  // One that was put on top since then stays: below it the time is right again.
  if (unmoved && globalThis.Date === moved) globalThis.Date = unmoved;
}
