import type { AuthenticationFactor } from '../backend/mfa-backend.js';
import type { MfaEvent } from './events.js';
import { checkLimits, type MfaLimits } from './limits.js';
import type { MfaStore } from './mfa-store.js';
import { mistake, requireNames, shown } from './mistake.js';
import { Refusal } from './refusal.js';
import { isCountry } from './sms-number.js';

export interface MfaHandlerOptions {
  /** WorkOS's secret key (`sk_…`). It goes upstream and nowhere else. */
  apiKey: string;
  /** Where the WorkOS API is. Default `https://api.workos.com`; another for an emulator or a test server. */
  apiUrl?: string | undefined;
  /** How WorkOS is called. Default: the runtime's own `fetch`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Where the handler is mounted, such as `/api/mfa`, as the browser sees it. */
  basePath: string;
  /** The app's own origins, such as `https://app.example`. Writes from pages of any other origin are refused. */
  origins: readonly string[];
  /** The app's name, as authenticator apps show it. */
  issuer: string;
  /** Who is signed in: read it from your session, never from the request's own claims. `null` for nobody. */
  user: (request: Request) => MfaUser | null | Promise<MfaUser | null>;
  /** Who owns which factor. `createMemoryStore()` will do for development. */
  store: MfaStore;
  sms?: MfaSmsOptions | undefined;
  /** What the handler counts, where the defaults do not fit. */
  limits?: MfaLimits | undefined;
  /** The server's clock, milliseconds since 1970. Default `Date.now`. */
  now?: (() => number) | undefined;
  /**
   * Called after a right code and before the browser hears of it: the place to mark the session as verified, because
   * nothing the browser says is proof. If it throws, or takes more than 10 seconds, the browser gets an error and a
   * pending factor stays pending, so the same enrolment may be told again: make it repeatable.
   *
   * A host that gives the session a new id, as it should, returns it: what the code allows for the next minutes then holds in
   * the session as it is called from now on.
   */
  onVerified?: ((event: VerifiedEvent) => RenewedSession | void | Promise<RenewedSession | void>) | undefined;
  /**
   * Hears what was really wrong behind a 500, 502 or 503: what `user`, `onVerified` or the store threw, what WorkOS answered. For
   * your log alone: such an error may quote anything. It is not waited for, and may fail.
   * @param call What was asked for, without ids, such as `POST /factors/:id/challenge`.
   */
  onError?: ((error: unknown, call: string) => unknown) | undefined;
  /** Hears of everything that a security log wants to know. It is not waited for, and may fail. */
  onEvent?: ((event: MfaEvent) => unknown) | undefined;
}

export interface RenewedSession {
  /** The session's id from now on, as `user(request)` will return it. */
  sessionId: string;
}

export interface MfaSmsOptions {
  /** The text message, with `{{code}}` where the code goes. A last line that binds the code to your site is added. */
  template?: string | undefined;
  /** The only countries that text messages go to, ISO 3166-1 alpha-2: name those you have customers in. Default: all. */
  countries?: readonly string[] | undefined;
  /** Numbers taken although no numbering plan knows them, E.164: WorkOS's `+15005550006`, in development. */
  testNumbers?: readonly string[] | undefined;
}

/** The signed-in user, as the host knows them. */
export interface MfaUser {
  /** Never changes and is never given to anybody else. Case-sensitive, 255 characters at most. */
  id: string;
  /** The account's name in authenticator apps: an e-mail address or a user name. */
  label: string;
  /**
   * The host's session: a right code in it allows to add and remove factors for five minutes. Without it nobody who has a
   * verified factor can do either. Kept as a keyed hash.
   */
  sessionId?: string | undefined;
  /** The client's address, by which text messages are limited too. Take it from your own proxy's header only. */
  clientIp?: string | undefined;
}

export interface VerifiedEvent {
  /** As `user(request)` returned it. */
  user: MfaUser;
  /** The factor whose code was right, already with `status: 'verified'`. Its phone number is masked. */
  factor: AuthenticationFactor;
  /** `enrollment` where this was the factor's first right code. */
  purpose: 'enrollment' | 'verification';
}

const WORKOS = 'https://api.workos.com';
const STORE_METHODS = ['read', 'swap'] as const satisfies (keyof MfaStore)[];

/** Finds a developer's mistakes when the app starts, not when the first person signs in. */
export function checkOptions(options: MfaHandlerOptions) {
  // Called from JavaScript, or with what another function forgot to return.
  if (typeof options !== 'object' || options === null) {
    throw mistake(
      'no options',
      'It has to know the key, the address, the users and the store.',
      "createMfaHandler({ apiKey, basePath: '/api/mfa', origins, issuer, user, store })",
    );
  }
  const {
    apiKey,
    apiUrl = WORKOS,
    fetch,
    basePath,
    origins,
    issuer,
    user,
    store,
    sms,
    limits,
    now,
    onVerified,
    onEvent,
    onError,
  } = options;
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw mistake(
      'an apiKey that is missing or has blanks in it',
      'Without the key WorkOS refuses every call.',
      "apiKey: process.env.WORKOS_API_KEY, set to the secret key of WorkOS's dashboard",
    );
  }
  if (typeof basePath !== 'string' || !/^(\/[\w~-][\w.~-]*)+$/.test(basePath)) {
    throw mistake(
      `the basePath ${shown(basePath)}`,
      'Routes are compared with the path as it is sent, so no request would ever match.',
      "basePath: '/api/mfa': a slash first, none at the end, no blanks",
    );
  }
  if (!Array.isArray(origins) || origins.length === 0 || !origins.every(isOrigin)) {
    throw mistake(
      `the origins ${shown(origins)}`,
      'They decide whose pages may write, and are compared to the letter.',
      "origins: ['https://app.example']: scheme, host and port only, no path and no slash at the end",
    );
  }
  if (typeof issuer !== 'string' || issuer.trim() === '') {
    throw mistake(
      'no issuer',
      'Authenticator apps would show a code that nobody can tell from others.',
      "issuer: 'Foo Corp'",
    );
  }
  if (typeof user !== 'function') {
    throw mistake(
      'no user function',
      'The handler would not know whose factors it serves.',
      'user: async (request) => …, returning { id, label } from your session or null',
    );
  }
  if (typeof store !== 'object' || !STORE_METHODS.every((method) => typeof store?.[method] === 'function')) {
    throw mistake(
      `no store with the methods ${STORE_METHODS.join(', ')}`,
      'It keeps whose factors they are; without it nobody could be told from another.',
      'store: createMemoryStore() in development',
    );
  }
  for (const [name, value] of Object.entries({ fetch, now, onVerified, onEvent, onError })) {
    if (value === undefined || typeof value === 'function') continue;
    throw mistake(`a ${name} that is no function`, 'It would fail on the first request.', `${name}: () => …`);
  }
  return {
    apiKey,
    apiUrl: checkedApiUrl(apiUrl, fetch !== undefined),
    // Looked up on each call: tracing libraries replace it after this module has loaded.
    fetch: fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init)),
    basePath,
    origins: [...origins],
    issuer,
    user,
    store,
    sms: checkedSms(sms, issuer),
    limits: checkLimits(limits),
    now: soundClock(now ?? Date.now),
    onVerified,
    onEvent,
    onError,
  };
}

export type CheckedOptions = ReturnType<typeof checkOptions>;

/** One that tells no number fails the request, before a record is written by it that could never be read again. */
const soundClock = (now: () => number) => () => {
  const time = now();
  if (!Number.isFinite(time)) throw new Refusal('failed');
  return time;
};

function checkedSms(sms: MfaSmsOptions = {}, issuer: string) {
  requireNames('sms', sms, ['template', 'countries', 'testNumbers'], "sms: { countries: ['GB', 'US'] }");
  const { template, countries, testNumbers = [] } = sms;
  if (template !== undefined && !(typeof template === 'string' && template.includes('{{code}}'))) {
    throw mistake(
      'an sms.template without {{code}}',
      'People would get a text message with no code in it.',
      "sms: { template: 'Your code is {{code}}' }",
    );
  }
  if (
    countries !== undefined &&
    !(Array.isArray(countries) && countries.length > 0 && countries.every(isCountry))
  ) {
    throw mistake(
      `the sms.countries ${shown(countries)}`,
      'A country that nobody knows would allow nobody’s number.',
      "sms: { countries: ['GB', 'US'] }: codes of ISO 3166-1, in capitals",
    );
  }
  if (!Array.isArray(testNumbers) || !testNumbers.every(isE164)) {
    throw mistake(
      `the sms.testNumbers ${shown(testNumbers)}`,
      'They are compared to the letter.',
      "sms: { testNumbers: ['+15005550006'] }",
    );
  }
  return {
    template: template ?? `Your ${issuer} code is {{code}}.`,
    countries: countries && [...countries],
    testNumbers: [...testNumbers],
  };
}

const isE164 = (value: unknown) => typeof value === 'string' && /^\+[1-9]\d{6,14}$/.test(value);

function isOrigin(value: unknown): boolean {
  const url = typeof value === 'string' && URL.canParse(value) && new URL(value);
  // A URL parser takes an asterisk in a host's name, but the comparison would never match it.
  return url && /^https?:$/.test(url.protocol) && url.origin === value && !url.host.includes('*');
}

/** The key travels with each call, so it goes over TLS, or no further than this machine or the host's own `fetch`. */
function checkedApiUrl(apiUrl: string, hasOwnFetch: boolean): string {
  const url = typeof apiUrl === 'string' && URL.canParse(apiUrl) && new URL(apiUrl);
  const isPlain = url && !url.search && !url.hash && !url.username && !url.password;
  const isLocal = url && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (isPlain && (url.protocol === 'https:' || (url.protocol === 'http:' && (isLocal || hasOwnFetch)))) {
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  }
  throw mistake(
    'an apiUrl that cannot be used',
    'The API key is sent there with each call, so it has to be https, or http on this machine.',
    `apiUrl: '${WORKOS}', or leave it out`,
  );
}
