import { createWorkOsEmulator } from 'mfa-kit/emulator';
import { createMemoryStore, createMfaHandler, type MfaHandlerOptions, type MfaUser } from 'mfa-kit/server';
import type { CheckOutcome, CheckProxyOptions, ProxyReport } from 'mfa-kit/testing';
import { randomUUID } from 'node:crypto';

export const API_KEY = 'sk_test_51c8d2f0';
export const PHONE = '+15005550006';
export const ORIGIN = 'https://app.example';
export const URL_OF_PROXY = `${ORIGIN}/api/mfa`;

const STEP = 30_000; // milliseconds

/** What a proxy is: a function of a request. */
export type Proxy = (request: Request) => Promise<Response>;

/** Its clock at the beginning of a step of 30 s, so that no test ever waits for the next one. */
const aligned = () => STEP - (Date.now() % STEP);

/**
 * WorkOS, its clock and two people, for any proxy to stand in front of.
 * @param ahead How far its clock is ahead of this machine's, in milliseconds.
 */
export function startWorkOs({ ahead = aligned() } = {}) {
  const clock = { ahead };
  const now = () => Date.now() + clock.ahead;
  const emulator = createWorkOsEmulator({ apiKey: API_KEY, now });
  const sessions = new Map<string, MfaUser>();
  const signIn = (id: string) => {
    const sessionId = randomUUID();
    sessions.set(sessionId, { id, label: `${id}@example.com`, sessionId });
    return `theme=dark; session=${sessionId}`;
  };
  const ada = signIn('ada');
  const eve = signIn('eve');
  return {
    now,
    emulator,
    sessions,
    sessionIdOf: (request: Request) => /session=([^;]+)/.exec(request.headers.get('Cookie') ?? '')?.[1] ?? '',
    ada,
    eve,
    /** Of the session as it is now. */
    cookieOf: (id: string) => `session=${[...sessions].find(([, user]) => user.id === id)?.[0]}`,
    /** All that a check can be given, so that no row is left out. */
    given: {
      url: URL_OF_PROXY,
      cookie: ada,
      other: { cookie: eve },
      now,
      codeOf: ({ phoneNumber }) => {
        const message = emulator.inbox.at(-1);
        if (message?.to !== phoneNumber) throw new Error('No message came.');
        return message.code;
      },
      expire: () => {
        clock.ahead += 11 * 60_000; // a whole number of steps, too
      },
    } satisfies CheckProxyOptions,
  };
}

export type WorkOs = ReturnType<typeof startWorkOs>;

/** The kit's own handler in front of it. A right code renews the session, as a host should. */
export function mountHandler(workOs: WorkOs, overrides: Partial<MfaHandlerOptions> = {}): Proxy {
  const { emulator, now, sessions, sessionIdOf } = workOs;
  let cookie: string | undefined; // of the answer under way: the check sends one request after the other
  const handle = createMfaHandler({
    apiKey: API_KEY,
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
    basePath: '/api/mfa',
    origins: [ORIGIN],
    issuer: 'Foo Corp',
    user: (request) => sessions.get(sessionIdOf(request)) ?? null,
    store: createMemoryStore(),
    sms: { testNumbers: [PHONE] },
    now,
    onVerified({ user }) {
      const sessionId = randomUUID();
      sessions.delete(user.sessionId ?? '');
      sessions.set(sessionId, { ...user, sessionId });
      cookie = `session=${sessionId}; HttpOnly; SameSite=Lax`;
      return { sessionId };
    },
    ...overrides,
  });
  return async (request) => {
    const response = await handle(request);
    if (cookie) response.headers.append('Set-Cookie', cookie);
    cookie = undefined;
    return response;
  };
}

/** How the check reaches a proxy in this process. */
export const through =
  (proxy: Proxy): NonNullable<CheckProxyOptions['fetch']> =>
  (url, init) =>
    proxy(new Request(url, init));

/** The names of the rows with one of these outcomes. */
export const named = (report: ProxyReport, ...outcomes: CheckOutcome[]) =>
  report.rows.filter(({ outcome }) => outcomes.includes(outcome)).map(({ name }) => name);
