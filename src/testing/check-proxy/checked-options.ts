import { CannotCheck } from './cannot-check.js';
import type { ProxySession } from './check-proxy.js';

export function checkedUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CannotCheck(
      'The address of the proxy has to be a whole one, such as http://localhost:3000/api/mfa.',
    );
  }
  const { search, hash, username, password, href } = new URL(url);
  if (search || hash || username || password) {
    throw new CannotCheck(
      'The address of the proxy has to be plain: without a query, a fragment, a name or a password.',
    );
  }
  return href.replace(/\/+$/, '');
}

export function checkedOrigin(origin: string): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;
  throw new CannotCheck('The origin has to be scheme, host and port only, such as https://app.example.');
}

/** `fetch` would refuse it too, in a sentence that repeats it: and it is a secret. */
export function checkSession({ cookie = '', headers = {} }: ProxySession): void {
  if (!isPrintable(cookie) || (cookie !== '' && !cookie.includes('='))) {
    throw new CannotCheck(
      'The cookie is none: give what stands behind "Cookie:", such as session=…, on one line.',
    );
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !isPrintable(value)) {
      throw new CannotCheck('A header has a name or a value that HTTP does not know.');
    }
  }
}

const isPrintable = (text: string) => /^[\t\x20-\x7e]*$/.test(text);

/** Headers that stand for the person are left out where nobody is signed in; those that let a request in at all stay. */
export function withoutSession(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)),
  );
}
