import { ORIGIN, type Proxy, type WorkOs } from './own-proxy.js';

const headers = { 'Content-Type': 'application/json', 'Retry-After': '30' };

/** What stands in front of many proxies: so many requests a minute, for everything. */
export function behindLimit(proxy: Proxy, most: number): Proxy {
  let count = 0;
  return async (request) => {
    count += 1;
    return count > most ? new Response('{"message":"Slow down."}', { status: 429, headers }) : proxy(request);
  };
}

/** Everybody is signed out after so many requests. */
export function signedOutAfter(proxy: Proxy, { sessions }: WorkOs, most: number): Proxy {
  let count = 0;
  return async (request) => {
    count += 1;
    if (count > most) sessions.clear();
    return proxy(request);
  };
}

/** Never asks where a request comes from. */
export const trustingAll =
  (proxy: Proxy): Proxy =>
  (request) => {
    const sent = new Headers(request.headers);
    sent.set('Origin', ORIGIN);
    sent.set('X-Requested-With', 'mfa-kit');
    sent.delete('Sec-Fetch-Site');
    return proxy(new Request(request, { headers: sent }));
  };
