import { createHttpBackend } from '../backend/create-http-backend.js';
import type { MfaBackend } from '../backend/mfa-backend.js';
import { createWorkOsEmulator, type WorkOsEmulator } from '../emulator/index.js';
import {
  createMemoryStore,
  createMfaHandler,
  type MfaHandlerOptions,
  type MfaStore,
  type MfaUser,
} from '../server/index.js';
import { type CallPattern, type Fault, Faults, isCall } from './fault.js';
import { send } from './send.js';

const ORIGIN = 'https://app.test';
const BASE_PATH = '/api/mfa';
const API_KEY = 'sk_test_emulator';
const ADA: MfaUser = { id: 'user_ada', label: 'ada@example.com' };

export interface TestBackendOptions {
  /** Who is signed in. `null` for nobody. Default: `ada@example.com`. */
  user?: MfaUser | null | undefined;
  /** The app's name in authenticator apps. Default: `Example App`. */
  issuer?: string | undefined;
  onVerified?: MfaHandlerOptions['onVerified'];
}

/** A request as it was made, whether or not it arrived. The same object tells later how it ended. */
export interface TestRequest {
  /** `POST`, `GET` or `DELETE`. */
  method: string;
  /** Below the base path: `/factors/auth_factor_01…/challenge`. */
  path: string;
  headers: Headers;
  body: unknown;
  keepalive: boolean;
  /** What befell it on its way. */
  fault: Fault['kind'] | undefined;
  /** `undefined` while it is under way. */
  outcome: TestOutcome | undefined;
}

/** How a request ended, as its caller sees it. */
export interface TestOutcome {
  /** `undefined` where no answer arrived. */
  status: number | undefined;
  /** Milliseconds from the request to its end. */
  duration: number;
}

export interface TestBackend extends MfaBackend {
  /** WorkOS's side: its factors, its inbox, the codes of the moment. */
  emulator: WorkOsEmulator;
  /** The handler's side: whose factors they are, and which are confirmed. */
  store: MfaStore;
  /** The servers' clock. It follows the real one, and can be moved on. */
  clock: { now: () => number; advance: (milliseconds: number) => void };
  /** What befalls calls on their way. */
  faults: Pick<Faults, 'next' | 'always' | 'clear'>;
  /** The requests made so far, oldest first; those of one kind: `requests('POST /factors/:id/challenge')`. */
  requests: (pattern?: CallPattern) => TestRequest[];
  /** Who is signed in now. */
  readonly user: MfaUser | null;
  /** Signs somebody else in, or out with `null`. */
  signIn: (user: MfaUser | null) => void;
  /** The code that would be right for a factor now; without an id, for the newest factor. */
  currentCode: (factorId?: string) => string;
  /**
   * Calls back whenever something has happened: a request was made, was carried out by the server or has ended, somebody
   * signed in or out, the clock was moved. Returns how to stop.
   */
  subscribe: (listener: () => void) => () => void;
}

/**
 * A backend for tests and stories: the real HTTP backend, the real handler and the real emulator, in this process.
 * Only the clock and the network's faults are of its making.
 */
export function createTestBackend(options: TestBackendOptions = {}): TestBackend {
  let offset = 0;
  let user: MfaUser | null = options.user === undefined ? ADA : options.user;
  const now = () => Date.now() + offset;
  const faults = new Faults();
  const made: TestRequest[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const store = createMemoryStore();
  const emulator = createWorkOsEmulator({ apiKey: API_KEY, now });
  const handler = createMfaHandler({
    apiKey: API_KEY,
    apiUrl: 'https://workos.test',
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
    basePath: BASE_PATH,
    origins: [ORIGIN],
    issuer: options.issuer ?? 'Example App',
    user: () => user,
    store,
    now,
    onVerified: options.onVerified,
  });

  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    const path = new URL(url).pathname.slice(BASE_PATH.length);
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const fault = faults.take(`${method} ${path}`);
    const entry: TestRequest = {
      method,
      path,
      headers: new Headers(headers),
      body,
      keepalive: init.keepalive ?? false,
      fault: fault?.kind,
      outcome: undefined,
    };
    made.push(entry);
    tell();
    // As the browser sends it along; a request made by script is not allowed to.
    headers.set('Origin', ORIGIN);
    headers.set('Sec-Fetch-Site', 'same-origin');
    const request = new Request(url, { method, ...(init.body != null && { body: init.body }) });
    Object.defineProperty(request, 'headers', { value: headers });
    const answer = async () => {
      const response = await handler(request);
      tell();
      return response;
    };
    const since = performance.now();
    let status: number | undefined;
    try {
      const response = await send(answer, fault, init.signal);
      ({ status } = response);
      return response;
    } finally {
      entry.outcome = { status, duration: performance.now() - since };
      tell();
    }
  }

  return {
    ...createHttpBackend({ baseUrl: ORIGIN + BASE_PATH, fetch }),
    emulator,
    store,
    clock: {
      now,
      advance: (milliseconds) => {
        offset += milliseconds;
        tell();
      },
    },
    faults,
    requests: (pattern) =>
      pattern === undefined
        ? [...made]
        : made.filter(({ method, path }) => isCall(`${method} ${path}`, pattern)),
    get user() {
      return user;
    },
    signIn: (next) => {
      user = next;
      tell();
    },
    currentCode: (factorId = emulator.factors.at(-1)?.id ?? '') => emulator.currentCode(factorId),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
