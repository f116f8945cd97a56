import type { Fault, TestBackend } from 'mfa-kit/testing';

import type { Network } from './toolbar.js';

/** How wrong the device's clock is. */
export const CLOCK_ERROR = 5 * 60 * 60 * 1000; // milliseconds

/**
 * Lets a state of the network befall every call from now on, except those for which the story has a fault of its own.
 * @returns How to end it.
 */
export function applyNetwork(network: Network, backend: TestBackend): () => void {
  const fault = faultOf(network, backend);
  const mend = fault && backend.faults.always('*', fault);
  const comeBack = network === 'offline' ? takeDeviceOffline() : undefined;
  return () => {
    mend?.();
    comeBack?.();
  };
}

function faultOf(network: Network, { emulator }: TestBackend): Fault | undefined {
  switch (network) {
    case 'fast':
    case 'clock': // the network is well; the story begins with a wrong clock
      return undefined;
    case 'slow':
      return { kind: 'slow', milliseconds: 3000 };
    case 'offline':
      return { kind: 'offline' };
    case 'too-often':
      return {
        kind: 'answer',
        status: 429,
        headers: { 'Retry-After': '30' },
        body: { code: 'rate_limit_exceeded', message: 'Too many requests.' },
      };
    case 'server-error':
      return { kind: 'answer', status: 500, body: { message: 'Internal server error.' } };
    case 'expired':
      // Whichever call it is: a challenge that is verified later is then over as well.
      return { kind: 'overtaken', by: () => emulator.expireChallenges('all') };
    case 'lost-answer':
      return { kind: 'lost_answer' };
  }
}

/** How many stories of the page want it to be offline: a docs page shows several. */
let wishes = 0;

/** The browser's own word on whether there is a network, which tells `offline` from any other failure. */
function takeDeviceOffline(): () => void {
  wishes += 1;
  if (wishes === 1) {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    dispatchEvent(new Event('offline'));
  }
  return () => {
    wishes -= 1;
    if (wishes > 0) return;
    Reflect.deleteProperty(navigator, 'onLine'); // the prototype's own shows again
    dispatchEvent(new Event('online'));
  };
}
