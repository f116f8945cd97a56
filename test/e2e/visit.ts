import { generateSync } from 'otplib';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { expect } from 'vitest';

import type { EmulatorSide } from './demo.ts';
import { scanScreenshot } from './qr-scanner.ts';

/** WorkOS's sample number. */
export const PHONE = '+15005550006';

export interface VisitOptions extends BrowserContextOptions {
  /** Makes the page's own clock one that `visit.pass` can move. */
  clock?: 'movable';
}

export interface Visit {
  page: Page;
  /** Calls of the kit to the handler, such as `POST /factors`. */
  calls: string[];
  /** Answers of 400 and above, such as `422 POST /challenges/:id/verify`: each one a test has to expect. */
  refusals: string[];
  button: (name: string | RegExp) => Locator;
  /** The one-time code's field. */
  code: Locator;
  /** Waits for a text somewhere on the page. */
  sees: (text: string | RegExp) => Promise<void>;
  /** From the sign-in page to whatever comes after the password. */
  signIn: (email?: string) => Promise<void>;
  /** Until the settings page is there. */
  isSignedIn: () => Promise<void>;
  /** Opens the enrolment and scans it. */
  scanKey: (code?: () => Promise<string>) => Promise<Authenticator>;
  /** Scans the QR code that is on the screen. */
  keyOnScreen: () => Promise<Authenticator>;
  /** @param code A code of an older factor, where the account has one. */
  enrolApp: (code?: () => Promise<string>) => Promise<Authenticator>;
  enrolPhone: (code?: () => Promise<string>) => Promise<void>;
  /** Gives the fresh code that the server has asked for. */
  confirm: (code: () => Promise<string>) => Promise<void>;
  /** Enters the number and asks for the code. */
  sendCodeTo: (phoneNumber: string) => Promise<void>;
  /** The newest text message's code. */
  newestCode: () => Promise<string>;
  /** Lets time pass here and at the server. Needs `clock: 'movable'`. */
  pass: (seconds: number) => Promise<void>;
  /** Has a secret be looked for, at the end, wherever it must not be. */
  keepSecret: (text: string) => void;
  /** Calls the handler as any script of the page could, and tells the status. */
  request: (method: string, path: string, body?: object) => Promise<number>;
  /** Ids of the factors that the handler lists to this browser. */
  factorIds: () => Promise<string[]>;
  /** What the server thinks of this browser's session. */
  stage: () => Promise<string | undefined>;
  end: () => Promise<void>;
}

/** What an authenticator app keeps. Made by a library that is not the emulator's. */
export interface Authenticator {
  uri: URL;
  secret: string;
  /** A right code, another one each time: one is taken once, and WorkOS takes those of the steps before and after. */
  code: () => Promise<string>;
  wrongCode: () => Promise<string>;
}

export async function openVisit(
  browser: Browser,
  origin: string,
  emulator: EmulatorSide,
  { clock, ...options }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  if (clock) await page.clock.install();

  const faults: string[] = [];
  const spoken: string[] = [];
  const secrets = new Set([PHONE.slice(1), PHONE.slice(2)]);
  const calls: string[] = [];
  const refusals: string[] = [];

  page.on('console', (message) => {
    const text = message.text();
    spoken.push(text);
    // The browser's own line about a status: `refusals` has it, with the address.
    if (text.startsWith('Failed to load resource: the server responded')) return;
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${text}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`)); // rejections nobody handled, too
  page.on('request', (request) => {
    const url = request.url();
    spoken.push(url);
    if (!/^(data|blob):/.test(url) && !url.startsWith(`${origin}/`)) faults.push(`left the machine: ${url}`);
    if (url.startsWith(`${origin}/api/mfa/`)) calls.push(`${request.method()} ${route(url)}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400)
      refusals.push(`${response.status()} ${response.request().method()} ${route(response.url())}`);
  });
  page.on('framenavigated', (frame) => spoken.push(frame.url()));

  await page.goto(origin);

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const sees = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const code = page.getByLabel('One-time code');

  const visit: Visit = {
    page,
    calls,
    refusals,
    button,
    sees,
    code,

    async signIn(email = 'ada@example.com') {
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill('correct horse');
      await button('Sign in').click();
      await page.getByLabel('Password').waitFor({ state: 'detached' });
    },
    isSignedIn: () => page.getByRole('heading', { name: 'Sign-in security' }).waitFor(),

    async scanKey(confirmation) {
      await button('Add authenticator app').click();
      if (confirmation) await visit.confirm(confirmation);
      await page.getByRole('img', { name: /^QR code/ }).waitFor();
      return visit.keyOnScreen();
    },
    async keyOnScreen() {
      const text = scanScreenshot(await page.screenshot({ fullPage: true }));
      expect(text, 'what the camera read').toBeDefined();
      const authenticator = readKey(new URL(text ?? ''), emulator.now);
      secrets.add(authenticator.secret);
      return authenticator;
    },
    async enrolApp(confirmation) {
      const authenticator = await visit.scanKey(confirmation);
      await code.fill(await authenticator.code());
      await sees('Your authenticator app was added.');
      return authenticator;
    },
    async enrolPhone(confirmation) {
      await button('Add phone').click();
      await visit.sendCodeTo(PHONE);
      if (confirmation) {
        await visit.confirm(confirmation);
        await button('Send code').click(); // the number still stands there
      }
      await code.waitFor();
      await code.fill(await visit.newestCode());
      await sees('Your phone was added.');
    },
    async confirm(confirmation) {
      await sees('Before you change your second steps');
      const refusal = refusals.findIndex((each) => each.startsWith('403 '));
      expect(refusals.splice(refusal, 1)).toEqual([expect.stringMatching(/^403 (POST|DELETE) \/factors/)]);
      await sees(/enter the code it shows|We sent a code to/);
      await code.fill(await confirmation());
      await page.getByText('Before you change your second steps').waitFor({ state: 'detached' });
    },
    async sendCodeTo(phoneNumber) {
      await page.getByLabel('Phone number').fill(phoneNumber);
      await button('Send code').click();
    },
    async newestCode() {
      const [newest = ''] = await emulator.codes();
      secrets.add(newest);
      return newest;
    },

    async pass(seconds) {
      await emulator.pass(seconds);
      await page.clock.fastForward(seconds * 1000);
    },
    keepSecret: (text) => void secrets.add(text),

    request: (method, path, body) =>
      page.evaluate(async ({ address, init }) => (await fetch(address, init)).status, {
        address: path,
        init: {
          method,
          headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'mfa-kit' },
          ...(body && { body: JSON.stringify(body) }),
        },
      }),
    factorIds: () =>
      page.evaluate(async () => {
        const { data } = await (await fetch('/api/mfa/factors')).json();
        return data.map(({ id }: { id: string }) => id);
      }),
    stage: () =>
      page.evaluate(async () => {
        const { user } = await (await fetch('/api/session')).json();
        return user?.stage;
      }),

    async end() {
      const stores = page.isClosed() ? [] : await page.evaluate(readStores);
      await context.close();
      const everything = [...spoken, ...stores].join('\n');
      for (const secret of secrets) expect(everything, 'a secret where it must not be').not.toContain(secret);
      expect(faults).toEqual([]);
      expect(refusals, 'answers that the test did not expect').toEqual([]);
    },
  };
  return visit;
}

/** The path below the handler with ids left out, so that tests can name it. */
function route(url: string): string {
  return new URL(url).pathname.replace(/^\/api\/mfa/, '').replace(/auth_(factor|challenge)_\w+/, ':id');
}

function readKey(uri: URL, now: () => Promise<number>): Authenticator {
  const secret = uri.searchParams.get('secret') ?? '';
  const given = new Set<string>();
  const codeIn = async (seconds: number) =>
    generateSync({ secret, epoch: Math.floor((await now()) / 1000) + seconds });
  return {
    uri,
    secret,
    async code() {
      for (const seconds of [0, 30, -30]) {
        const code = await codeIn(seconds);
        if (given.has(code)) continue;
        given.add(code);
        return code;
      }
      throw new Error('Each code that would be right now was given already.');
    },
    async wrongCode() {
      const right = await codeIn(0);
      return String((Number(right) + 500_000) % 1_000_000).padStart(6, '0');
    },
  };
}

/** Everything that a page can leave behind in a browser. Runs in the page. */
async function readStores(): Promise<string[]> {
  const databases = await indexedDB.databases();
  return [
    location.href,
    JSON.stringify(history.state),
    document.cookie,
    JSON.stringify(Object.entries(localStorage)),
    JSON.stringify(Object.entries(sessionStorage)),
    ...databases.map(({ name }) => `database ${name}`),
    ...(await caches.keys()),
  ];
}
