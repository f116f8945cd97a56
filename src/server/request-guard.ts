import type { MfaUser } from './handler-options.js';
import { Refusal } from './refusal.js';
import { withTimeLimit } from './time-limit.js';

const USER_TIME_LIMIT = 10_000; // milliseconds
const ID_LIMIT = 255; // characters

/**
 * Asks the host who is signed in. Whatever goes wrong there ends the request, also that it takes too long: nobody is
 * let in by an accident.
 */
export async function requireUser(
  findUser: (request: Request) => MfaUser | null | Promise<MfaUser | null>,
  request: Request,
): Promise<MfaUser> {
  let user: MfaUser | null;
  try {
    user = await withTimeLimit(USER_TIME_LIMIT, async () => findUser(request));
  } catch (cause) {
    throw new Refusal('unavailable', { cause });
  }
  if (user === null || user === undefined) throw new Refusal('unauthenticated');
  const { id, label, sessionId, clientIp } = user;
  // A session or an address that is no text would be one that everybody shares.
  const isUsable =
    isText(id) &&
    id.length <= ID_LIMIT &&
    isText(label) &&
    isTextOrAbsent(sessionId) &&
    isTextOrAbsent(clientIp);
  if (!isUsable) {
    const cause = new Error(
      'user() returned no user that can be used: id and label have to be texts, id of 255 characters at most; sessionId and clientIp texts or absent.',
    );
    throw new Refusal('failed', { cause });
  }
  // What was looked at is what counts: the host's object may be one that changes while the request goes on.
  return { ...user, id, label, sessionId: sessionId ?? undefined, clientIp: clientIp ?? undefined };
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';
/** `null` is absent too, in JavaScript: `headers.get` gives it. */
const isTextOrAbsent = (value: unknown) => value === undefined || value === null || isText(value);

/**
 * Refuses what another site made the browser send. Browsers set `Sec-Fetch-Site` and `Origin` themselves and no page
 * can forge them; the extra header needs a CORS preflight, which is never granted here.
 * @see OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata" and "Custom Request Headers".
 */
export function requireSameOrigin({ method, headers }: Request, origins: readonly string[]): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers.get('Sec-Fetch-Site');
  const origin = headers.get('Origin');
  const isSameOrigin =
    (site !== null || origin !== null) &&
    (site === null || site === 'same-origin') &&
    (origin === null || origins.includes(origin));
  if (!isSameOrigin || headers.get('X-Requested-With') !== 'mfa-kit') throw new Refusal('forbidden');
}

/** What a write brings has to be `application/json`, which no HTML form can send. A DELETE may bring nothing. */
export function requireJson({ method, headers }: Request): void {
  const type = headers.get('Content-Type');
  if (method === 'GET' || (method === 'DELETE' && type === null)) return;
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type ?? '')) throw new Refusal('not_json');
}

/** The name of one intent, where the request has one: printable ASCII, as every HTTP library passes it on. */
export function readIdempotencyKey({ headers }: Request): string | undefined {
  const key = headers.get('Idempotency-Key');
  if (key === null) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new Refusal('invalid_key');
  return key;
}
