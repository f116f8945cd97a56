import type { MfaUser } from './handler-options.js';
import { Refusal } from './refusal.js';

/** Asks the host who is signed in. Whatever goes wrong there ends the request: nobody is let in by an accident. */
export async function requireUser(
  findUser: (request: Request) => MfaUser | null | Promise<MfaUser | null>,
  request: Request,
): Promise<MfaUser> {
  let user: MfaUser | null;
  try {
    user = await findUser(request);
  } catch {
    throw new Refusal('unavailable');
  }
  if (user === null || user === undefined) throw new Refusal('unauthenticated');
  if (!isText(user.id) || !isText(user.label)) throw new Refusal('failed');
  return user;
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';

/**
 * Refuses what another site made the browser send. Browsers set `Sec-Fetch-Site` and `Origin` themselves and no page
 * can forge them; the extra header needs a CORS preflight, which is never granted here.
 * @see OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata" and "Custom Request Headers".
 */
export function requireSameOrigin({ method, headers }: Request, origins: readonly string[]): void {
  if (method === 'GET') return;
  const site = headers.get('Sec-Fetch-Site');
  const origin = headers.get('Origin');
  const isSameOrigin =
    (site !== null || origin !== null) &&
    (site === null || site === 'same-origin') &&
    (origin === null || origins.includes(origin));
  if (!isSameOrigin || headers.get('X-Requested-With') !== 'mfa-kit') throw new Refusal('forbidden');
}

/**
 * Takes `application/json` alone, which no HTML form can send. A DELETE needs no body, so it may come without the
 * header; its body is never read.
 */
export function requireJson({ method, headers }: Request): void {
  const type = headers.get('Content-Type');
  if (type === null ? method === 'POST' : !/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    throw new Refusal('not_json');
  }
}
