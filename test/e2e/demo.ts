import { type Browser, chromium } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

import { CHROMIUM_ARGS, findChromium } from '../tools/chromium.mjs';
import { type DemoServer, startDemo } from './demo-server.mjs';
import { openVisit, type Visit, type VisitOptions } from './visit.ts';

/** The emulator's side, which no page can see: what was sent, what exists, what time it is. */
export interface EmulatorSide {
  /** Codes sent so far, newest first. */
  codes: () => Promise<string[]>;
  /** `totp` or `sms` for each factor that exists at WorkOS. */
  factors: () => Promise<string[]>;
  /** Lets time pass for the server alone. */
  pass: (seconds: number) => Promise<void>;
  /** Milliseconds since 1970, by the server's clock. */
  now: () => Promise<number>;
}

/**
 * The demo as `npm start` runs it, for the tests of one file. Each test begins with nobody in it; afterwards each visit
 * is checked for what it must never show.
 */
export function runDemo() {
  let server: DemoServer;
  let browser: Browser;
  const visits: Visit[] = [];

  beforeAll(async () => {
    const executablePath = await findChromium();
    server = await startDemo(); // known before anything else can fail: `afterAll` has to stop it
    browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  beforeEach(() => send('/api/dev/reset', {}));
  afterEach(async () => {
    for (const visit of visits.splice(0)) await visit.end();
  });

  async function send(path: string, body: object) {
    const response = await fetch(`${server.origin}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'demo', Origin: server.origin },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  }

  async function read(path: string) {
    const response = await fetch(`${server.origin}${path}`);
    return response.json();
  }

  const emulator: EmulatorSide = {
    async codes() {
      const { messages } = await read('/api/dev/inbox');
      return messages.map(({ body }: { body: string }) => /\d{6}/.exec(body)?.[0]);
    },
    async factors() {
      const { factors } = await read('/api/dev/factors');
      return factors.map(({ type }: { type: string }) => type);
    },
    pass: (seconds) => send('/api/dev/clock', { seconds }),
    async now() {
      const { secondsAhead } = await read('/api/dev/inbox');
      return Date.now() + secondsAhead * 1000;
    },
  };

  return {
    emulator,
    /** Another person's browser, with nothing in it. */
    visit: async (options?: VisitOptions): Promise<Visit> => {
      const visit = await openVisit(browser, server.origin, emulator, options);
      visits.push(visit);
      return visit;
    },
  };
}

/** For `expect.poll`: what is done without anybody waiting for it, such as taking a factor back, is seen a moment later. */
export const SOON = { timeout: 10_000 };
