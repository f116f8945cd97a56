import { createHttpBackend } from '../backend/create-http-backend.js';
import type { MfaBackend } from '../backend/mfa-backend.js';
import { createWorkOsEmulator, type WorkOsEmulator } from '../emulator/index.js';
import {
  createMemoryStore,
  createMfaHandler,
  type MfaHandlerOptions,
  type MfaUser,
} from '../server/index.js';
import { type CallPattern, type Fault, Faults, isCall } from './fault.js';

const ORIGIN = 'https://app.test';
const BASE_PATH = '/api/mfa';
const API_KEY = 'sk_test_emulator';

export interface TestBackendOptions {
  /** Who is signed in. `null` for nobody. Default: `ada@example.com`. */
  user?: MfaUser | null | undefined;
  /** The app's name in authenticator apps. Default: `Example App`. */
  issuer?: string | undefined;
  onVerified?: MfaHandlerOptions['onVerified'];
}

/** A request as it was made, whether or not it arrived. */
export interface TestRequest {
  /** `POST`, `GET` or `DELETE`. */
  method: string;
  /** Below the base path: `/factors/auth_factor_01…/challenge`. */
  path: string;
  headers: Headers;
  body: unknown;
  keepalive: boolean;
}

export interface TestBackend extends MfaBackend {
  /** WorkOS's side: its factors, its inbox, the codes of the moment. */
  emulator: WorkOsEmulator;
  /** The servers' clock. It follows the real one, and can be moved on. */
  clock: { now: () => number; advance: (milliseconds: number) => void };
  /** What befalls calls on their way. */
  faults: Pick<Faults, 'next' | 'always' | 'clear'>;
  /** The requests made so far, oldest first; those of one kind: `requests('POST /factors/:id/challenge')`. */
  requests: (pattern?: CallPattern) => TestRequest[];
  /** Signs somebody else in, or out. */
  signIn: (user: MfaUser | null) => void;
  /** The code that would be right for a factor now; without an id, for the newest factor. */
  currentCode: (factorId?: string) => string;
}

/**
 * A backend for tests and stories: the real HTTP backend, the real handler and the real emulator, in this process.
 * Only the clock and the network's faults are of its making.
 */
export function createTestBackend(options: TestBackendOptions = {}): TestBackend {
  let offset = 0;
  let user: MfaUser | null =
    options.user === undefined ? { id: 'user_ada', label: 'ada@example.com' } : options.user;
  const now = () => Date.now() + offset;
  const faults = new Faults();
  const made: TestRequest[] = [];
  const emulator = createWorkOsEmulator({ apiKey: API_KEY, now });
  const handler = createMfaHandler({
    apiKey: API_KEY,
    apiUrl: 'https://workos.test',
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
    basePath: BASE_PATH,
    origins: [ORIGIN],
    issuer: options.issuer ?? 'Example App',
    user: () => user,
    store: createMemoryStore(),
    now,
    onVerified: options.onVerified,
  });

  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    const path = new URL(url).pathname.slice(BASE_PATH.length);
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    made.push({ method, path, headers: new Headers(headers), body, keepalive: init.keepalive ?? false });
    // As the browser sends it along; a request made by script is not allowed to.
    headers.set('Origin', ORIGIN);
    headers.set('Sec-Fetch-Site', 'same-origin');
    const request = new Request(url, { method, ...(init.body != null && { body: init.body }) });
    Object.defineProperty(request, 'headers', { value: headers });
    return pass(() => handler(request), faults.take(`${method} ${path}`), init.signal);
  }

  return {
    ...createHttpBackend({ baseUrl: ORIGIN + BASE_PATH, fetch }),
    emulator,
    clock: {
      now,
      advance: (milliseconds) => {
        offset += milliseconds;
      },
    },
    faults,
    requests: (pattern) =>
      pattern === undefined
        ? [...made]
        : made.filter(({ method, path }) => isCall(`${method} ${path}`, pattern)),
    signIn: (next) => {
      user = next;
    },
    currentCode: (factorId = emulator.factors.at(-1)?.id ?? '') => emulator.currentCode(factorId),
  };
}

async function pass(
  answer: () => Promise<Response>,
  fault: Fault | undefined,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
      return answer();
    case 'offline':
    case 'unreachable':
      throw new TypeError('Failed to fetch');
    case 'lost_answer':
      await answer();
      throw new TypeError('Failed to fetch');
    case 'hang':
      return orAborted(new Promise<never>(() => undefined), signal);
    case 'held':
      await orAborted(fault.until, signal);
      return answer();
    case 'late': {
      const response = await answer();
      await orAborted(fault.until, signal);
      return response;
    }
    case 'answer': {
      const { status, body, headers = {} } = fault;
      if (body === undefined) return new Response(null, { status, headers });
      return typeof body === 'string'
        ? new Response(body, { status, headers })
        : Response.json(body, { status, headers });
    }
    case 'tampered': {
      const response = await answer();
      return Response.json(fault.change(await response.json()), { status: response.status });
    }
  }
}

/** As a real `fetch` does: it gives up when its signal says so. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')), {
      once: true,
    });
    promise.then(resolve, reject);
  });
}
