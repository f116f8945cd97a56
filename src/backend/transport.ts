import { foldNames } from './fold-names.js';
import { MfaError } from './mfa-error.js';

/** One exchange may take this long, its body included. */
const TIME_LIMIT = 15_000; // milliseconds
const SIZE_LIMIT = 256 * 1024; // bytes

export interface TransportOptions {
  /** Where the proxy is mounted: `/api/mfa`, or an absolute URL. */
  baseUrl: string;
  /** As for `fetch`. The default, `same-origin`, sends the session cookie to the app's own server only. */
  credentials?: RequestCredentials | undefined;
  /** More headers for each request, such as the host's own CSRF token. The kit's own win. */
  headers?: Record<string, string> | (() => Record<string, string>) | undefined;
  /** Another `fetch`, for tests and for hosts that wrap theirs. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

export interface Exchange {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: object;
  signal?: AbortSignal | undefined;
  idempotencyKey?: string | undefined;
  keepalive?: boolean | undefined;
}

export interface Answer {
  ok: boolean;
  status: number;
  headers: Headers;
  /** Names folded. `undefined` where there was no body, or (on a failure only) none that could be read. */
  body: unknown;
}

/** Sends one request, once. Never retries: the call may have been carried out although its answer was lost. */
export async function exchange(options: TransportOptions, request: Exchange): Promise<Answer> {
  const stop = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
  });
  const cancel = () => stop.abort(new MfaError('cancelled', { message: 'The caller gave the call up.' }));
  if (request.signal?.aborted) cancel();
  request.signal?.addEventListener('abort', cancel);
  const timer = setTimeout(
    () => stop.abort(new MfaError('timeout', { message: `No answer within ${TIME_LIMIT / 1000} s.` })),
    TIME_LIMIT,
  );
  try {
    // Raced, because a fetch may ignore its signal, and reading a body may outlast it.
    return await Promise.race([stopped, attempt(options, request, stop.signal)]);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', cancel);
    stop.abort(); // lets go of a connection whose body was not read to its end
  }
}

async function attempt(options: TransportOptions, request: Exchange, signal: AbortSignal): Promise<Answer> {
  const { method, path, body, idempotencyKey, keepalive } = request;
  const { baseUrl, credentials = 'same-origin', fetch = globalThis.fetch } = options;
  const extra = typeof options.headers === 'function' ? options.headers() : options.headers;
  let response: Response;
  try {
    response = await fetch(`${baseUrl.replace(/\/+$/, '')}${path}`, {
      method,
      headers: {
        ...extra,
        Accept: 'application/json',
        'X-Requested-With': 'mfa-kit',
        ...(body && { 'Content-Type': 'application/json' }),
        ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
      ...(keepalive && { keepalive }),
      redirect: 'error',
      cache: 'no-store',
      credentials,
      signal,
    });
  } catch {
    throw unreachable();
  }
  const { status, headers } = response;
  // A `fetch` of the host's may follow redirects all the same: what it then brings is not the proxy's answer.
  if (response.redirected || response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    throw badResponse(status);
  }
  const answer = { ok: response.ok, status, headers };
  try {
    return { ...answer, body: foldNames(await readJson(response)) };
  } catch (error) {
    // A failure is known by its status alone; a success that cannot be read is none.
    if (!response.ok && error === UNREADABLE) return { ...answer, body: undefined };
    throw error === UNREADABLE ? badResponse(status) : unreachable();
  }
}

const UNREADABLE = new Error('Not a JSON body within the size limit.');

async function readJson(response: Response): Promise<unknown> {
  const bytes = await readBytes(response);
  if (bytes.length === 0) return undefined;
  if (!/^application\/json\s*(;|$)/i.test(response.headers.get('Content-Type') ?? '')) throw UNREADABLE;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw UNREADABLE;
  }
}

async function readBytes(response: Response): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > SIZE_LIMIT) {
      void reader.cancel();
      throw UNREADABLE;
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(size);
  chunks.reduce((offset, chunk) => (bytes.set(chunk, offset), offset + chunk.length), 0);
  return bytes;
}

function unreachable(): MfaError {
  return globalThis.navigator?.onLine === false
    ? new MfaError('offline', { message: 'The device is offline.' })
    : new MfaError('network_error', { message: 'The request failed, or its answer did not arrive.' });
}

const badResponse = (status: number) =>
  new MfaError('bad_response', {
    status,
    message: 'The answer is no JSON of at most 256 kB from the proxy itself.',
  });
