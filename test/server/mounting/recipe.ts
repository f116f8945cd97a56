import { createWorkOsEmulator } from 'mfa-kit/emulator';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TOTP } from 'otpauth';
import { onTestFinished, vi } from 'vitest';

import { createMiddleware } from '../../../examples/demo/server/node-adapter.ts';
import type * as Sessions from '../../../examples/mounting/sessions.ts';

const API_KEY = 'sk_test_mounting';
/** The one that the recipes name. */
export const ORIGIN = 'https://app.example';
const ADA = { id: 'user_ada', email: 'ada@example.com' };

/** As the browser sends it, with a session or without. */
export type Send = (request: Request) => Promise<Response>;

/** A listener on a free port of this machine, until the test is over. */
export async function listen(listener: RequestListener): Promise<{ port: number; origin: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // null and text are for pipes
  return { port, origin: `http://127.0.0.1:${port}` };
}

/** Sends what was meant for the app's own origin to where it listens in this test. */
export function sendTo(origin: string): Send {
  return (request) =>
    fetch(`${origin}${new URL(request.url).pathname}`, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      ...(request.body && { duplex: 'half' }),
    });
}

/**
 * A recipe's own file, loaded as its host loads it: key and address of WorkOS (an emulator on this machine) come from
 * the environment, and everything it keeps in memory is new.
 */
export async function mountRecipe<Recipe>(
  load: () => Promise<Recipe>,
  sendOf: (recipe: Recipe) => Send | Promise<Send>,
  environment: Record<string, string> = {},
) {
  const emulator = createWorkOsEmulator({ apiKey: API_KEY });
  const workOs = await listen((incoming, outgoing) =>
    createMiddleware('/', emulator.fetch)(incoming, outgoing, () => outgoing.destroy()),
  );
  vi.resetModules();
  vi.stubEnv('WORKOS_API_KEY', API_KEY);
  vi.stubEnv('WORKOS_API_URL', workOs.origin);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });
  const spoken = listenToConsole();
  const recipe = await load();
  const sessions: typeof Sessions = await import('../../../examples/mounting/sessions.ts');
  const send = await sendOf(recipe);

  return {
    recipe,
    emulator,
    workOs: { apiKey: API_KEY, apiUrl: workOs.origin },
    spoken,
    send,

    /** A browser in which somebody is signed in. It takes the cookies it is given. */
    signIn: async (user = ADA, owesSecondFactor = false) => {
      const session = await sessions.beginSession({ user, owesSecondFactor });
      let cookie = nameAndValue(sessions.cookieOf(session));
      const browser = {
        get cookie() {
          return cookie;
        },
        call: async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
          const response = await send(requestOf(method, path, body, { Cookie: cookie, ...headers }));
          const [renewed] = response.headers.getSetCookie();
          if (renewed) cookie = nameAndValue(renewed);
          const text = await response.text();
          const json: any = text ? JSON.parse(text) : undefined;
          return { status: response.status, headers: response.headers, text, body: json };
        },
        /** Enrols an authenticator app and confirms it. */
        enrol: async () => {
          const { body: factor } = await browser.call('POST', '/factors', { type: 'totp' });
          const { body: challenge } = await browser.call('POST', `/factors/${factor.id}/challenge`, {});
          const code = emulator.currentCode(factor.id);
          await browser.call('POST', `/challenges/${challenge.id}/verify`, { code });
          return { id: String(factor.id), secret: String(factor.totp.secret) };
        },
        /** Shows the next code of an app: the same one is not taken twice. */
        verifyAgain: async ({ id, secret }: { id: string; secret: string }) => {
          const { body: challenge } = await browser.call('POST', `/factors/${id}/challenge`, {});
          const code = new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 });
          return browser.call('POST', `/challenges/${challenge.id}/verify`, { code });
        },
      };
      return browser;
    },
  };
}

/** What the recipe writes to its log and as mail, which both are the console there. It stays out of the test's own output. */
function listenToConsole(): unknown[][] {
  const spoken: unknown[][] = [];
  for (const method of ['info', 'warn', 'error'] as const) {
    const spy = vi.spyOn(console, method).mockImplementation((...words) => void spoken.push(words));
    onTestFinished(() => spy.mockRestore());
  }
  return spoken;
}

/** What `createHttpBackend` makes a browser send. */
export function requestOf(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Request {
  return new Request(`${ORIGIN}/api/mfa${path}`, {
    method,
    headers: {
      Accept: 'application/json',
      ...(method !== 'GET' && { Origin: ORIGIN, 'X-Requested-With': 'mfa-kit' }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const nameAndValue = (setCookie: string) => setCookie.split(';')[0] ?? '';
