import { createMemoryStore, createMfaHandler, type MfaHandlerOptions, type MfaUser } from 'mfa-kit/server';
import { createWorkOsEmulator } from 'mfa-kit/emulator';
import { expect } from 'vitest';

export const API_KEY = 'sk_test_51c8d2';
export const ORIGIN = 'https://app.example';
export const ADA: MfaUser = {
  id: 'user_ada',
  label: 'ada@example.com',
  sessionId: 'session_1',
  clientIp: '192.0.2.1',
};
export const EVE: MfaUser = {
  id: 'user_eve',
  label: 'eve@example.com',
  sessionId: 'session_2',
  clientIp: '192.0.2.2',
};
/** WorkOS's samples, valid in no country. */
export const PHONE = '+15005550006';
export const OTHER_PHONE = '+15555555555';

/** What a browser and `createHttpBackend` send with a write. */
export const WRITE_HEADERS = {
  Accept: 'application/json',
  'Content-Type': 'application/json',
  'Sec-Fetch-Site': 'same-origin',
  Origin: ORIGIN,
  'X-Requested-With': 'mfa-kit',
};

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: any;
}

export interface Call {
  headers?: Record<string, string | undefined>;
  /** Sent as it is, in place of the JSON body. */
  raw?: BodyInit;
}

type Upstream = (request: Request) => Response | Promise<Response> | undefined;

/**
 * The real handler before the real emulator, in process. `mounted.upstream` may answer a request in the emulator's place:
 * a fault of the network, or a WorkOS gone mad.
 */
export function mountHandler(overrides: Partial<MfaHandlerOptions> = {}) {
  const clock = { now: Date.parse('2026-03-01T12:00:00.000Z') };
  const emulator = createWorkOsEmulator({ apiKey: API_KEY, now: () => clock.now });
  const store = createMemoryStore();
  const users = new Map([ADA, EVE].map((user) => [user.id, user]));
  const requests: Request[] = [];
  /** Kept alive: the signal of a copy hears of an abort only as long as the original is there. */
  const originals: Request[] = [];

  const mounted = {
    clock,
    emulator,
    store,
    /** What went upstream. */
    requests,
    upstream: (() => undefined) as Upstream,
    handle: createMfaHandler({
      apiKey: API_KEY,
      basePath: '/api/mfa',
      origins: [ORIGIN],
      issuer: 'Foo Corp',
      user: (request) => users.get(request.headers.get('Cookie') ?? '') ?? null,
      store,
      now: () => clock.now,
      fetch: async (url, init): Promise<Response> => {
        const request = new Request(url, init);
        originals.push(request);
        requests.push(request.clone());
        return (await mounted.upstream(request)) ?? emulator.fetch(request);
      },
      ...overrides,
      sms: { testNumbers: [PHONE, OTHER_PHONE], ...overrides.sms },
    }),

    /** Sends a request as it is and checks what every answer owes. */
    send: async (request: Request): Promise<Answer> => {
      const response = await mounted.handle(request);
      const text = await response.text();
      const answer = {
        status: response.status,
        headers: response.headers,
        text,
        body: text ? JSON.parse(text) : undefined,
      };
      expectContract(answer);
      return answer;
    },

    /** A signed-in browser. */
    as: (user: MfaUser | null) => {
      const call = async (method: string, path: string, body?: unknown, { headers, raw }: Call = {}) => {
        const all = {
          ...(user && { Cookie: user.id }),
          ...(method === 'GET' ? { Accept: 'application/json' } : WRITE_HEADERS),
          ...headers,
        };
        const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
        const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
        const init: RequestInit & { duplex?: 'half' } = { method, headers: sent };
        if (payload !== undefined) Object.assign(init, { body: payload, duplex: 'half' });
        return mounted.send(new Request(`${ORIGIN}/api/mfa${path}`, init));
      };
      return {
        get: (path: string, options?: Call) => call('GET', path, undefined, options),
        post: (path: string, body: unknown = {}, options?: Call) => call('POST', path, body, options),
        delete: (path: string, options?: Call) => call('DELETE', path, undefined, options),
        call,
        async enrolTotp(): Promise<{ id: string; totp: { secret: string; qr_code: string; uri: string } }> {
          const { body } = await call('POST', '/factors', { type: 'totp' });
          return body;
        },
        async enrolSms(phoneNumber = PHONE): Promise<{ id: string }> {
          const { body } = await call('POST', '/factors', { type: 'sms', phone_number: phoneNumber });
          return body;
        },
        async challenge(factorId: string): Promise<string> {
          const { body } = await call('POST', `/factors/${factorId}/challenge`, {});
          return body.id;
        },
        verify: (challengeId: string, code: unknown) =>
          call('POST', `/challenges/${challengeId}/verify`, { code }),
        /** Challenges a factor and gives the right code, half a minute later: message and code are then new ones. */
        async prove(factorId: string): Promise<Answer> {
          clock.now += 30_000;
          const { body } = await call('POST', `/factors/${factorId}/challenge`, {});
          const code = emulator.currentCode(factorId);
          return call('POST', `/challenges/${body.id}/verify`, { code });
        },
      };
    },
  };
  return mounted;
}

/** What holds for every answer of the handler, whatever was asked. */
export function expectContract({ status, headers, text, body }: Answer): void {
  expect(headers.get('Cache-Control')).toBe('no-store');
  expect(headers.get('Vary')).toBe('Cookie, Origin');
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  expect(text).not.toContain(API_KEY);
  if (status === 204) {
    expect(text).toBe('');
    return;
  }
  expect(headers.get('Content-Type')).toBe('application/json');
  expect(status !== 429 || headers.has('Retry-After')).toBe(true);
  if (status < 400) return;
  const fields = headers.has('Retry-After') ? ['code', 'message', 'retry_after'] : ['code', 'message'];
  expect(Object.keys(body)).toEqual(fields);
  expect(body.code).toMatch(/^[a-z_]+$/);
  expect(body.message).toMatch(/^[A-Z][a-zA-Z /]+\.$/); // one of ours: no id, no number, no quoted text
}

/** A request as an adapter may make it: unparsed address, any method, headers a browser would not let a page set. */
export function bareRequest(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: HeadersInit; body?: string | undefined },
): Request {
  const stream = body === undefined ? null : new Response(body).body;
  return Object.assign(Object.create(null), { url, method, headers: new Headers(headers), body: stream });
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
