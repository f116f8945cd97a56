import { type Answer, isOk, readFailure } from './answer.js';
import { Interrupted, isLimited, isTurnedAway } from './interrupted.js';

/** One exchange may take this long, its body included. */
const TIME_LIMIT = 15_000; // milliseconds

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  /** Below the proxy's address, with `:id` where the id goes: the report shows it so. */
  path: string;
  /** Put in for `:id` as it is, so encoded already. */
  id?: string;
  json?: unknown;
  /** A body of another kind, as it is sent. `type: null` for no `Content-Type`. */
  raw?: { type: string | null; text: string };
  idempotencyKey?: string;
  /** In place of what the kit sends; `null` for none. Marks what a page of another site would send. */
  forged?: Record<string, string | null>;
  /** For the report, what is odd about it: `from another site`. */
  note?: string;
  /** Whether it is something that the kit never sends, beyond a `note`. */
  isStrange?: boolean;
  /** Whether a 429 may be about this call alone, as with codes and messages. */
  mayBeLimited?: boolean;
  /** Whether it comes after the run's end, when nothing can interrupt it any more. */
  isTidyingUp?: boolean;
}

/**
 * Somebody with a browser at the proxy. Each call is one request, never repeated; a refusal that may mean the end of
 * the session or a limit is followed by a plain `GET /factors`, which tells.
 *
 * @throws {Interrupted} If nothing that follows would prove anything.
 */
export type Visitor = (call: Call) => Promise<Answer>;

export interface VisitorOptions {
  /** Where the proxy is mounted, without a slash at the end. */
  url: string;
  /** The app's own origin, as its pages send it. */
  origin: string;
  /** The session. Kept up to date with what the proxy sets: sessions are renewed after a right code. */
  cookie: string | undefined;
  /** More headers on each request but forged ones: no page of another site can send them. */
  headers: Record<string, string>;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Told of every answer. */
  onAnswer: (answer: Answer) => void;
}

export function createVisitor({ url, origin, cookie, headers, fetch, onAnswer }: VisitorOptions): Visitor {
  const cookies = readCookies(cookie ?? '');
  let isLetIn = false;

  return async (call) => {
    const answer = await send(call);
    if (call.method === 'GET' && call.path === '/factors' && isOk(answer)) isLetIn = true;
    if (call.isTidyingUp) return answer;
    if (isLimited(answer) && !call.mayBeLimited) throw new Interrupted(answer, answer);
    if (isLimited(answer) || isOut(answer)) {
      const plain = await send({ method: 'GET', path: '/factors' });
      if (isLimited(plain) || isOut(plain)) throw new Interrupted(answer, plain);
    }
    return answer;
  };

  /** Whoever was never let in has no session to lose. */
  function isOut(answer: Answer): boolean {
    return isLetIn && isTurnedAway(answer);
  }

  async function send(call: Call): Promise<Answer> {
    const { method, path, id = '', json, raw, forged, note, isStrange = false } = call;
    const text = raw?.text ?? (json === undefined ? undefined : JSON.stringify(json));
    const sent = new Headers(forged ? {} : headers);
    const own: Record<string, string | null> = {
      Accept: 'application/json',
      'X-Requested-With': 'mfa-kit',
      'Sec-Fetch-Site': 'same-origin',
      'Sec-Fetch-Mode': 'cors',
      'Sec-Fetch-Dest': 'empty',
      Origin: method === 'GET' ? null : origin, // as browsers do with what a page asks of its own origin
      'Content-Type': raw ? raw.type : text === undefined ? null : 'application/json',
      'Idempotency-Key': call.idempotencyKey ?? null,
      ...forged,
    };
    for (const [name, value] of Object.entries(own)) {
      if (value === null) sent.delete(name);
      else sent.set(name, value);
    }
    if (cookies.size > 0)
      sent.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));

    const init: RequestInit = {
      method,
      headers: Object.fromEntries(sent),
      redirect: 'manual', // where to is nobody's business: the contract knows no redirect
      signal: AbortSignal.timeout(TIME_LIMIT),
      // As bytes: beside a string, `fetch` would put a content type of its own.
      ...(text !== undefined && { body: new TextEncoder().encode(text) }),
    };
    const came = await exchange(() => fetch(url + path.replace(':id', () => id), init));
    for (const line of came.headers.getSetCookie()) setCookie(cookies, line);
    const answer: Answer = {
      ...came,
      sent: `${method} ${path}${note ? ` ${note}` : ''}`,
      error: came.status === 0 ? undefined : await readFailure(came),
      isOrdinary: !isStrange,
    };
    onAnswer(answer);
    return answer;
  }
}

/** The answer, whatever happens on its way: a proxy that hangs up is a finding, not the end of the check. */
async function exchange(ask: () => Promise<Response>) {
  try {
    const response = await ask();
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, trouble: undefined };
  } catch (error) {
    return { status: 0, headers: new Headers(), text: '', trouble: error };
  }
}

function readCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const [name = '', ...value] = pair.split('=');
    if (name.trim() !== '') cookies.set(name.trim(), value.join('=').trim());
  }
  return cookies;
}

/** RFC 6265, as far as one proxy at one address needs it. */
function setCookie(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const [[name, value] = []] = readCookies(pair);
  if (name === undefined || value === undefined) return;
  const isOver = attributes.some((attribute) => {
    const [key = '', ...rest] = attribute.trim().split('=');
    const setting = rest.join('=');
    if (/^max-age$/i.test(key)) return Number(setting) <= 0;
    return /^expires$/i.test(key) && Date.parse(setting) <= Date.now();
  });
  if (isOver) cookies.delete(name);
  else cookies.set(name, value);
}
