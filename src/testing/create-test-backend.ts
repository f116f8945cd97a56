import { createHttpBackend } from '../backend/create-http-backend.js';
import type { AuthenticationFactor, EnrollFactorRequest } from '../backend/mfa-backend.js';
import { createWorkOsEmulator } from '../emulator/index.js';
import { createMemoryStore, createMfaHandler, findVerifiedFactors, type MfaUser } from '../server/index.js';
import { toAuthenticationFactor } from '../server/authentication-factor.js';
import { parseRecord, userKey } from '../server/records/user-records.js';
import { Faults, isCall } from './fault.js';
import { send } from './send.js';
import type { TestBackend, TestBackendOptions, TestRequest } from './test-backend.js';

const ORIGIN = 'https://app.test';
const BASE_PATH = '/api/mfa';
const API_KEY = 'sk_test_emulator';
const ADA: MfaUser = { id: 'user_ada', label: 'ada@example.com', sessionId: 'session_ada' };
/** WorkOS's samples: valid in no country, and sent nowhere. */
const TEST_NUMBERS = ['+15005550006', '+15555555555'];
const STEP = 30_000; // milliseconds that an authenticator app shows a code
const DAY = 86_400_000; // milliseconds
const MOST_FACTORS = 10;
const BETWEEN = 120_000; // milliseconds from one factor of such a day to the next: no limit is met on the way

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
  let owned = 0;
  const accepted = new Set<string>();
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
    sms: { testNumbers: TEST_NUMBERS },
    limits: options.limits,
    onVerified: options.onVerified,
    onEvent: options.onEvent,
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
      await noteAccepted(body, response);
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

  /** Which codes the handler will not take again. */
  async function noteAccepted(body: unknown, response: Response): Promise<void> {
    if (typeof body !== 'object' || body === null || !('code' in body)) return;
    const answer: unknown = await response.clone().json();
    const isValid =
      typeof answer === 'object' && answer !== null && 'valid' in answer && answer.valid === true;
    if (isValid) accepted.add(String(body.code));
  }

  function currentCode(factorId = emulator.factors.at(-1)?.id ?? ''): string {
    const codes = [0, STEP, -STEP].map((later) => emulator.currentCode(factorId, now() + later));
    return codes.find((code) => !accepted.has(code)) ?? codes[0] ?? '';
  }

  const backend = createHttpBackend({ baseUrl: ORIGIN + BASE_PATH, fetch });

  const verifiedFactors = async () => (user ? findVerifiedFactors(store, user.id) : []);

  async function giveCode(factorId: string): Promise<void> {
    const { id } = await backend.challengeFactor(factorId);
    await backend.verifyChallenge({ challengeId: id, code: currentCode(factorId) });
  }

  async function stepUp(): Promise<void> {
    const [factor] = await verifiedFactors();
    if (!factor) throw new Error('Nobody is signed in who has a verified factor to step up with.');
    await giveCode(factor.id);
  }

  async function ownFactor(
    request: EnrollFactorRequest,
    { daysAgo = 1 } = {},
  ): Promise<AuthenticationFactor> {
    // The later ones later, and all of them before that day's own hour, so that `3` is three whole days.
    const back = daysAgo * DAY + (MOST_FACTORS - owned) * BETWEEN;
    owned += 1;
    offset -= back;
    try {
      const messages = emulator.inbox.length;
      if ((await verifiedFactors()).length > 0) await stepUp();
      emulator.inbox.length = messages; // one of that day's, too, and nothing of this factor's
      const { factor } = await backend.enrollFactor(request);
      offset += STEP; // the next text message may go to the same number
      await giveCode(factor.id);
      offset -= STEP;
      return { ...factor, status: 'verified' };
    } finally {
      offset += back;
    }
  }

  return {
    ...backend,
    emulator,
    store,
    factorsOf: async ({ id }) =>
      parseRecord(await store.read(userKey(id)), id).factors.map(toAuthenticationFactor),
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
    currentCode,
    ownFactor,
    stepUp,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
