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
  const cancelled = new MfaError('cancelled', { message: 'The caller gave the call up.' });
  if (request.signal?.aborted) throw cancelled;

  const stop = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
  });
  const cancel = () => stop.abort(cancelled);
  request.signal?.addEventListener('abort', cancel);
  const timer = setTimeout(
    () => stop.abort(new MfaError('timeout', { message: `No answer within ${TIME_LIMIT / 1000} s.` })),
    TIME_LIMIT,
  );
  try {
    // Raced, because a fetch may ignore its signal, and reading a body may outlast it.
    return await Promise.race([stopped, attempt(options, request, stop.signal)]);
  } catch (error) {
    throw error instanceof MfaError ? error : unreachable();
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', cancel);
    stop.abort(); // lets go of a connection whose body was not read to its end
  }
}

async function attempt(options: TransportOptions, request: Exchange, signal: AbortSignal): Promise<Answer> {
  const { url, init } = build(options, request);
  const { fetch = globalThis.fetch } = options;
  const response = await fetch(url, { ...init, signal });
  const { ok, status, headers } = response;
  // A `fetch` of the host's may follow redirects all the same: what it then brings is not the proxy's answer.
  if (response.redirected) throw badResponse(status);
  try {
    return { ok, status, headers, body: await readJson(response, signal) };
  } catch (error) {
    if (error !== UNREADABLE) throw error;
    // A failure is known by its status alone; a success that cannot be read is none.
    if (ok) throw badResponse(status);
    return { ok, status, headers, body: undefined };
  }
}

function build(options: TransportOptions, { method, path, body, idempotencyKey, keepalive }: Exchange) {
  try {
    const { baseUrl, credentials = 'same-origin', headers: extra } = options;
    const headers = new Headers(typeof extra === 'function' ? extra() : extra);
    headers.set('Accept', 'application/json');
    headers.set('X-Requested-With', 'mfa-kit');
    if (body) headers.set('Content-Type', 'application/json');
    if (idempotencyKey) headers.set('Idempotency-Key', idempotencyKey);
    const init: RequestInit = {
      method,
      headers: Object.fromEntries(headers), // plain: a `fetch` of the host's may spread them
      redirect: 'error',
      cache: 'no-store',
      credentials,
      ...(body && { body: JSON.stringify(body) }),
      ...(keepalive && { keepalive }),
    };
    return { url: baseUrl.replace(/\/+$/, '') + path, init };
  } catch {
    throw new MfaError('invalid_request', {
      message: 'No request could be built. Look at `baseUrl`, `headers` and `idempotencyKey`.',
    });
  }
}

const UNREADABLE = new Error('Not a JSON body within the size limit.');

async function readJson({ ok, headers, body }: Response, signal: AbortSignal): Promise<unknown> {
  const type = headers.get('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase();
  // RFC 9457: some frameworks describe failures, and nothing else, as `problem+json`.
  const isJson = type === 'application/json' || (!ok && type === 'application/problem+json');
  const limit = isJson ? SIZE_LIMIT : 0;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      size += chunk.length;
      if (!(size <= limit)) throw UNREADABLE; // and the rest is never fetched
      chunks.push(chunk);
    },
  });
  await body?.pipeTo(sink, { signal });
  if (size === 0) return undefined;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
    return foldNames(JSON.parse(text));
  } catch {
    throw UNREADABLE;
  }
}

function unreachable(): MfaError {
  const navigator: Partial<Navigator> = globalThis.navigator ?? {}; // a server has none, or one without `onLine`
  return (navigator.onLine ?? true)
    ? new MfaError('network_error', { message: 'The request failed, or its answer did not arrive.' })
    : new MfaError('offline', { message: 'The device is offline.' });
}

const badResponse = (status: number) =>
  new MfaError('bad_response', {
    status,
    message: 'The answer is no JSON of at most 256 kB from the proxy itself.',
  });
