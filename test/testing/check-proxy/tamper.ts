import { ORIGIN, type Proxy, type WorkOs } from './own-proxy.js';

/** Stands before a proxy and does one thing wrong. */
export type Fault = (request: Request, proxy: Proxy, workOs: WorkOs) => Promise<Response>;

// oxlint-disable-next-line typescript/no-explicit-any -- what comes over the wire is what the faults look into
type Wire = any;

export interface Answered {
  call: string;
  request: Request;
  status: number;
  body: Wire;
}

export interface Change {
  status?: number;
  /** `null` takes one away. */
  headers?: Record<string, string | null>;
  body?: (body: Wire) => unknown;
}

/** Which of the contract's calls it is: `GET /factors/:id`. */
export const callOf = ({ method, url }: Request) =>
  `${method} ${url
    .replace(`${ORIGIN}/api/mfa`, '')
    .replace(/auth_\w+/, ':id')
    .replace(/\?.*/, '')}`;

export const idOf = ({ url }: Request) => /auth_[a-z]+_\w+/.exec(url)?.[0] ?? '';

/** Changes some answers on their way. */
export function answering(isMeant: (answered: Answered) => boolean, change: Change): Fault {
  return async (request, proxy) => {
    const response = await proxy(request.clone());
    const text = await response.text();
    const body: Wire = text === '' ? undefined : JSON.parse(text);
    const isIt = isMeant({ call: callOf(request), request, status: response.status, body });
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries((isIt && change.headers) || {})) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    const sent = isIt && change.body ? JSON.stringify(change.body(body)) : text;
    if (sent !== '') headers.set('Content-Type', 'application/json');
    const status = (isIt && change.status) || response.status;
    return new Response(sent === '' ? null : sent, {
      status: status === 204 && sent !== '' ? 200 : status,
      headers,
    });
  };
}

/** Lets some requests through as others. */
export function letting(
  isMeant: (request: Request, body: string) => boolean,
  as: (request: Request, workOs: WorkOs) => Request,
): Fault {
  return async (request, proxy, workOs) => {
    const isIt = isMeant(request, await request.clone().text());
    return proxy(isIt ? as(request, workOs) : request);
  };
}

export function changed(request: Request, headers: Record<string, string | null>, body?: string): Request {
  const sent = new Headers(request.headers);
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) sent.delete(name);
    else sent.set(name, value);
  }
  return new Request(request, { headers: sent, ...(body !== undefined && { body }) });
}

/** As a page of the app's own would have sent it. */
export const asOwn = (request: Request) =>
  changed(request, { Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin', 'X-Requested-With': 'mfa-kit' });

/** As Ada's browser would have sent it. */
export const asAda = (request: Request, { cookieOf }: WorkOs) =>
  changed(request, { Cookie: cookieOf('ada') });

export const asJson = (body: string) => (request: Request) =>
  changed(request, { 'Content-Type': 'application/json' }, body);

/** At another address. */
export const at = (url: (old: string) => string, method?: string) => (request: Request) =>
  new Request(url(request.url), {
    method: method ?? request.method,
    headers:
      method === 'POST'
        ? asOwn(asJson('{}')(new Request(ORIGIN, { method, headers: request.headers }))).headers
        : request.headers,
    ...(method === 'POST' && { body: '{}' }),
  });

/** The first time only. */
export function once<T>(isMeant: (value: T) => boolean): (value: T) => boolean {
  let isDone = false;
  return (value) => {
    const isIt = !isDone && isMeant(value);
    isDone ||= isIt;
    return isIt;
  };
}
