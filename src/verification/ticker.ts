import { type Deadline, millisecondsUntil } from './deadline.js';

// All countdowns of a page share this timer. It stands still while the page is hidden or nobody counts.

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Calls back about once a second, and at once when the page comes back into view. Returns how to stop. */
export function onTick(listener: () => void): () => void {
  if (listeners.size === 0) watch(true);
  listeners.add(listener);
  schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    watch(false);
    stop();
  };
}

/** Calls back as `onTick` does, until a deadline has passed: for the last time then. Returns how to stop earlier. */
export function onTickUntil(deadline: Deadline, listener: () => void): () => void {
  const unlisten = onTick(() => {
    if (millisecondsUntil(deadline) === 0) unlisten();
    listener();
  });
  return unlisten;
}

function tick() {
  timer = undefined;
  for (const listener of listeners) listener();
  schedule();
}

function schedule() {
  if (timer !== undefined || listeners.size === 0 || document.hidden) return;
  // Aligned to one phase, so that countdowns begun at different moments turn together.
  timer = setTimeout(tick, 1000 - (performance.now() % 1000));
}

function stop() {
  clearTimeout(timer);
  timer = undefined;
}

/** A tab that slept, was hidden or came from the back/forward cache shows an old time until it is told. */
function watch(on: boolean) {
  const change = on ? 'addEventListener' : 'removeEventListener';
  document[change]('visibilitychange', refresh);
  globalThis[change]('pageshow', refresh);
  globalThis[change]('focus', refresh);
}

function refresh() {
  stop();
  if (!document.hidden) tick();
}
