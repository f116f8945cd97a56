// @vitest-environment node
import { createServer, type RequestListener } from 'node:http';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { newKey } from '../../src/backend/idempotency-key.js';
import type { MfaBackend } from '../../src/backend/mfa-backend.js';
import { MfaError } from '../../src/backend/mfa-error.js';
import {
  backendTo,
  CALLS,
  CHALLENGE,
  CODE,
  errorOf,
  FACTOR,
  forbidden,
  PHONE,
  proxyAnswering,
  proxySending,
  verify,
} from './proxy-answering.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const VALID = JSON.stringify({ challenge: { id: CHALLENGE }, valid: true });
const KB_256 = 256 * 1024;

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(() => process.on('unhandledRejection', note));
afterAll(() => process.off('unhandledRejection', note));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Sent = RequestInit & { url: string; headers: Record<string, string> };

/** A backend that notes what it sends; its proxy answers every call with 500. */
function recorder(options?: Parameters<typeof backendTo>[1]) {
  const sent: Sent[] = [];
  const backend = backendTo((url, init) => {
    sent.push({ ...init, url, headers: Object.fromEntries(Object.entries(init.headers ?? {})) });
    return Promise.resolve(Response.json({}, { status: 500 }));
  }, options);
  return { backend, sent };
}

async function sentBy(
  call: (backend: MfaBackend) => Promise<unknown>,
  options?: Parameters<typeof backendTo>[1],
) {
  const { backend, sent } = recorder(options);
  await errorOf(call(backend));
  expect(sent).toHaveLength(1);
  return sent[0]!;
}

describe('what a proxy is sent', () => {
  const base = 'https://app.example/api/mfa';
  it.each<[string, (backend: MfaBackend) => Promise<unknown>, object]>([
    ['listFactors', (backend) => backend.listFactors(), { method: 'GET', url: `${base}/factors` }],
    [
      'enrollFactor with an app',
      (backend) => backend.enrollFactor({ type: 'totp' }),
      { method: 'POST', url: `${base}/factors`, body: '{"type":"totp"}' },
    ],
    [
      'enrollFactor with a phone',
      (backend) => backend.enrollFactor({ type: 'sms', phoneNumber: PHONE }),
      { method: 'POST', url: `${base}/factors`, body: `{"type":"sms","phone_number":"${PHONE}"}` },
    ],
    [
      'challengeFactor',
      (backend) => backend.challengeFactor(FACTOR),
      { method: 'POST', url: `${base}/factors/${FACTOR}/challenge`, body: '{}' },
    ],
    [
      'verifyChallenge',
      verify,
      { method: 'POST', url: `${base}/challenges/${CHALLENGE}/verify`, body: `{"code":"${CODE}"}` },
    ],
    [
      'deleteFactor',
      (backend) => backend.deleteFactor(FACTOR),
      { method: 'DELETE', url: `${base}/factors/${FACTOR}` },
    ],
  ])('%s is the request of the contract', async (_name, call, expected) => {
    const { method, url, body } = await sentBy(call);
    expect(JSON.parse(JSON.stringify({ method, url, body }))).toEqual(expected);
  });

  it.each(CALLS)(
    '%s follows no redirect, uses no cache and keeps cookies to the own origin',
    async (_name, call) => {
      const sent = await sentBy(call);
      expect(sent).toMatchObject({ redirect: 'error', cache: 'no-store', credentials: 'same-origin' });
      expect(sent.signal).toBeInstanceOf(AbortSignal);
      expect(sent.headers).toMatchObject({ accept: 'application/json', 'x-requested-with': 'mfa-kit' });
      expect(sent.headers['content-type']).toBe(sent.method === 'POST' ? 'application/json' : undefined);
      expect(sent).not.toHaveProperty('keepalive');
    },
  );

  it('keeps the code, the number and the secret out of URLs and headers', async () => {
    for (const call of [
      verify,
      (backend: MfaBackend) => backend.enrollFactor({ type: 'sms', phoneNumber: PHONE }),
    ]) {
      const { url, headers } = await sentBy(call);
      expect(JSON.stringify([url, headers])).not.toMatch(/123456|5005550006/);
    }
  });

  it('lets a removal outlive the page', async () => {
    const sent = await sentBy((backend) => backend.deleteFactor(FACTOR, { keepalive: true }));
    expect(sent.keepalive).toBe(true);
  });

  it.each(['/api/mfa', '/api/mfa/', '/api/mfa//'])('takes a host’s baseUrl %j', async (baseUrl) => {
    expect((await sentBy((backend) => backend.listFactors(), { baseUrl })).url).toBe('/api/mfa/factors');
  });

  it('sends cookies across origins only where the host says so', async () => {
    const sent = await sentBy((backend) => backend.listFactors(), { credentials: 'include' });
    expect(sent.credentials).toBe('include');
  });

  it.each([
    [
      'as an object',
      { 'X-CSRF': 't', accept: 'text/html', 'x-requested-with': 'evil', 'Idempotency-key': '1' },
    ],
    ['made for each call', () => ({ 'x-csrf': 't', ACCEPT: 'text/html', 'X-REQUESTED-WITH': 'evil' })],
  ])('sends a host’s headers, %s, and lets none replace its own', async (_how, headers) => {
    const sent = await sentBy((backend) => backend.enrollFactor({ type: 'totp' }, { idempotencyKey: 'k' }), {
      headers,
    });
    expect(sent.headers).toEqual({
      'x-csrf': 't',
      accept: 'application/json',
      'x-requested-with': 'mfa-kit',
      'content-type': 'application/json',
      'idempotency-key': 'k',
    });
  });

  it.each<[string, Parameters<typeof backendTo>[1], string]>([
    [
      'headers that throw',
      {
        headers: () => {
          throw new TypeError('csrf cookie s3cret');
        },
      },
      'k',
    ],
    ['a header with a line break', { headers: { 'X-CSRF': 'a\nb' } }, 'k'],
    ['a baseUrl that is not there', { baseUrl: forbidden(undefined) }, 'k'],
    ['a key no header can carry', {}, 'k\n'.repeat(2)],
  ])('sends nothing and says where to look for %s', async (_what, options, idempotencyKey) => {
    const { backend, sent } = recorder(options);
    const error = await errorOf(backend.enrollFactor({ type: 'totp' }, { idempotencyKey }));
    expect(error.code).toBe('invalid_request');
    expect(error.message).toContain('`headers`');
    expect(error.message).not.toContain('s3cret');
    expect(sent).toEqual([]);
  });

  it('names each enrolment and challenge by a key of its own, and nothing else', async () => {
    const { backend, sent } = recorder();
    for (const [, call] of [...CALLS, ...CALLS]) await errorOf(call(backend));
    const keys = sent.map(({ headers }) => headers['idempotency-key']);
    const named = sent.filter(({ headers }) => headers['idempotency-key']).map(({ url }) => url);
    expect(named.map((url) => url.replace(base, ''))).toEqual([
      '/factors',
      `/factors/${FACTOR}/challenge`,
      '/factors',
      `/factors/${FACTOR}/challenge`,
    ]);
    expect(new Set(keys.filter(Boolean)).size).toBe(4);
  });

  it('uses a given key again, so that one intent is one factor and one text message', async () => {
    const { backend, sent } = recorder();
    const options = { idempotencyKey: 'intent-1' };
    await errorOf(backend.enrollFactor({ type: 'sms', phoneNumber: PHONE }, options));
    await errorOf(backend.enrollFactor({ type: 'sms', phoneNumber: PHONE }, options));
    await errorOf(backend.challengeFactor(FACTOR, options));
    expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'intent-1',
      'intent-1',
      'intent-1',
    ]);
  });

  it('finds keys that never meet, also where there is no randomUUID', () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const keys = Array.from({ length: 1000 }, newKey);
    expect(new Set(keys).size).toBe(1000);
    for (const key of keys) expect(key).toMatch(/^[a-z0-9-]{4,64}$/);
  });

  it.each([
    '',
    '.',
    '..',
    '../factors',
    'a/b',
    'a%2fb',
    'a?b',
    'a#b',
    'a b',
    'a\n',
    'ä',
    'a;b',
    'a\\b',
    'a'.repeat(129),
  ])('lets no id into a path that could leave it: %j', async (id) => {
    const { backend, sent } = recorder();
    for (const call of [
      backend.challengeFactor(id),
      backend.deleteFactor(id),
      backend.verifyChallenge({ challengeId: id, code: CODE }),
    ]) {
      const error = await errorOf(call);
      expect(error).toMatchObject({ code: 'invalid_request', status: undefined });
      expect(error.message).toBe('The id has characters that no WorkOS id has.');
    }
    expect(sent).toEqual([]);
  });

  it('takes ids of 128 characters', async () => {
    const id = 'aZ09_-'.padEnd(128, 'x');
    expect((await sentBy((backend) => backend.deleteFactor(id))).url).toBe(`${base}/factors/${id}`);
  });
});

describe('one call is one request', () => {
  const faults: [string, () => Promise<Response>][] = [
    ['a server error', () => Promise.resolve(Response.json({}, { status: 500 }))],
    [
      '503 with Retry-After',
      () => Promise.resolve(Response.json({}, { status: 503, headers: { 'Retry-After': '1' } })),
    ],
    ['a rate limit', () => Promise.resolve(Response.json({}, { status: 429 }))],
    ['a lost session', () => Promise.resolve(Response.json({}, { status: 401 }))],
    ['a broken network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a page instead of JSON', () => Promise.resolve(new Response('<!doctype html>'))],
    ['an unreadable answer', () => Promise.resolve(Response.json([[]]))],
    [
      'a fetch that throws at once',
      () => {
        throw new Error('sync');
      },
    ],
    ['a fetch that brings nothing', () => Promise.resolve(forbidden(undefined))],
  ];
  it.each(faults)('is not repeated after %s', async (_name, fault) => {
    vi.useFakeTimers();
    for (const [name, call] of CALLS) {
      const respond = vi.fn(fault);
      const outcome = call(backendTo(respond));
      if (!(name === 'deleteFactor' && _name === 'an unreadable answer')) await errorOf(outcome);
      await vi.advanceTimersByTimeAsync(120_000);
      expect(respond, `in ${name}`).toHaveBeenCalledTimes(1);
    }
  });
});

describe('what of an answer is read', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=UTF-8',
    'application/json ;x=y',
  ])('%s', async (type) => {
    expect((await verify(proxySending(VALID, { headers: { 'Content-Type': type } }))).valid).toBe(true);
  });

  it.each([
    'text/html',
    'text/plain; charset=utf-8',
    'text/json',
    'application/problem+json',
    'application/jsonp',
    'application/json5',
    'application/json-seq',
    'text/html; application/json',
    'x/application/json',
    '',
  ])('nothing that calls itself %j', async (type) => {
    const body = new TextEncoder().encode(VALID); // of bytes, `Response` makes no type of its own
    const error = await errorOf(
      verify(proxySending(body, type ? { headers: { 'Content-Type': type } } : {})),
    );
    expect(error).toMatchObject({ code: 'bad_response', status: 200 });
  });

  it.each([
    [
      'an HTML page (a login page, a single-page app’s fallback)',
      '<!doctype html><title>Sign in</title>',
      'text/html',
    ],
    ['truncated JSON', VALID.slice(0, -1), 'application/json'],
    ['two JSON texts', VALID + VALID, 'application/json'],
    ['JSON with a comment', `${VALID}//`, 'application/json'],
    ['NaN', 'NaN', 'application/json'],
    ['blanks', '  ', 'application/json'],
    ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 'application/json'],
    ['UTF-8 that breaks off', new Uint8Array([0x22, 0x61, 0x22, 0xe2, 0x82]), 'application/json'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), 'application/json'],
    ['brackets without end', '['.repeat(100_000), 'application/json'],
  ])('%s is no success for any call', async (_what, body, type) => {
    for (const [name, call] of CALLS) {
      const error = await errorOf(call(proxySending(body, { headers: { 'Content-Type': type } })));
      expect(error, `in ${name}`).toMatchObject({ code: 'bad_response', status: 200 });
      expect(error.message).not.toContain('Sign in');
    }
  });

  it.each([
    ['an HTML page', '<h1>Bad gateway</h1>', 'text/html', 502, 'server_error'],
    ['truncated JSON', '{"code":"rate_limit', 'application/json', 429, 'rate_limited'],
    ['nothing', null, '', 404, 'not_found'],
    ['too much', `"${'x'.repeat(KB_256)}"`, 'application/json', 401, 'unauthenticated'],
  ])('%s on a failure leaves its status', async (_what, body, type, status, code) => {
    const error = await errorOf(verify(proxySending(body, { status, headers: { 'Content-Type': type } })));
    expect(error).toMatchObject({ code, status });
  });

  it('deep nesting costs nothing and hides nothing', async () => {
    const depth = 60_000;
    const deep = `{"data":`.repeat(depth / 2) + VALID + '}'.repeat(depth / 2);
    const error = await errorOf(verify(proxySending(deep.slice(0, KB_256 * 2), { headers: JSON_TYPE })));
    expect(error.code).toBe('bad_response');
    const arrays = `{"challenge":{"id":"${CHALLENGE}"},"valid":true,"data":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect((await verify(proxySending(arrays, { headers: JSON_TYPE }))).valid).toBe(true);
  });

  it('text with a byte order mark, and characters split between two chunks', async () => {
    const bytes = new TextEncoder().encode(
      `\ufeff{"id":"${FACTOR}","type":"totp","totp":{"issuer":"Zoë 🦊","secret":"NAGCCFS3EYRB422H"}}`,
    );
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const { factor } = await proxySending(body, { headers: JSON_TYPE }).enrollFactor({ type: 'totp' });
    expect(factor.totp?.issuer).toBe('Zoë 🦊');
  });

  it('256 kB and not a byte more, whatever the length header says', async () => {
    const most = VALID.padEnd(KB_256, ' ');
    expect((await verify(proxySending(most, { headers: JSON_TYPE }))).valid).toBe(true);
    for (const headers of [JSON_TYPE, { ...JSON_TYPE, 'Content-Length': '100' }]) {
      const error = await errorOf(verify(proxySending(`${most} `, { headers })));
      expect(error.code).toBe('bad_response');
    }
  });

  it.each([
    ['endless JSON', 'application/json', 5],
    ['a page', 'text/html', 1],
  ])('stops fetching %s', async (_what, type, chunks) => {
    let pulled = 0;
    const cancelled = vi.fn();
    const body = new ReadableStream(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
        },
        cancel: cancelled,
      },
      { highWaterMark: 0 },
    );
    expect((await errorOf(verify(proxySending(body, { headers: { 'Content-Type': type } })))).code).toBe(
      'bad_response',
    );
    expect(pulled).toBeLessThanOrEqual(chunks + 1); // one chunk may be under way already
    expect(cancelled).toHaveBeenCalledTimes(1);
  });

  it('survives a body that cannot be cancelled', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(KB_256 + 1)),
      cancel: () => Promise.reject(new Error('no')),
    });
    expect((await errorOf(verify(proxySending(body, { headers: JSON_TYPE })))).code).toBe('network_error');
  });

  it('chunks that are no bytes end the call instead of filling the memory', async () => {
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1;
        if (pulled > 20) controller.close();
        else controller.enqueue({});
      },
    });
    const headers = new Headers(JSON_TYPE);
    const response = forbidden({ ok: true, status: 200, headers, body, redirected: false });
    expect((await errorOf(verify(backendTo(() => Promise.resolve(response))))).code).toBe('bad_response');
    expect(pulled).toBeLessThan(5);
  });

  it.each([
    ['204', null, 204],
    ['an empty 200', '', 200],
    ['null', 'null', 200],
    ['an empty object', '{}', 200],
    ['the deleted factor', `{"id":"${FACTOR}","type":"sms"}`, 200],
    ['202', null, 202],
  ])('%s: the factor is removed', async (_what, body, status) => {
    const backend = proxySending(body, { status, headers: JSON_TYPE });
    await expect(backend.deleteFactor(FACTOR)).resolves.toBeUndefined();
  });

  it.each(['204', 'null', 'empty'])('%s is an answer to nothing but a removal', async (what) => {
    const respond = () =>
      what === 'null' ? Response.json(null) : new Response(null, { status: what === '204' ? 204 : 200 });
    for (const [name, call] of CALLS.filter((row) => row[0] !== 'deleteFactor')) {
      if (what === 'null' && name === 'listFactors') continue; // Go's empty list
      expect((await errorOf(call(backendTo(() => Promise.resolve(respond()))))).code, `in ${name}`).toBe(
        'bad_response',
      );
    }
  });

  it('nothing from elsewhere: an answer that a redirect led to', async () => {
    const response = Response.json({ challenge: { id: CHALLENGE }, valid: true });
    Object.defineProperty(response, 'redirected', { value: true });
    const signals: (AbortSignal | null | undefined)[] = [];
    const backend = backendTo((_url, { signal }) => {
      signals.push(signal);
      return Promise.resolve(response);
    });
    expect((await errorOf(verify(backend))).code).toBe('bad_response');
    expect(signals[0]?.aborted, 'and its connection is let go').toBe(true);
  });

  it.each([301, 302, 303, 307, 308])('no %s, whatever it carries', async (status) => {
    const error = await errorOf(
      verify(
        proxyAnswering(
          { challenge: { id: CHALLENGE }, valid: true },
          { status, headers: { Location: '/x' } },
        ),
      ),
    );
    expect(error).toMatchObject({ code: 'bad_response', status });
  });

  it('no opaque answer', async () => {
    const error = await errorOf(verify(backendTo(() => Promise.resolve(Response.error()))));
    expect(error.code).toBe('bad_response');
  });
});

describe('a real server', () => {
  let address = '';
  let asked: string[] = [];
  let answer: RequestListener | undefined;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer?.(request, response);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    address = typeof bound === 'object' ? `http://127.0.0.1:${bound?.port}` : '';
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const realBackend = () => backendTo(fetch, { baseUrl: `${address}/mfa` });

  it('that answers is read', async () => {
    answer = (_request, response) => response.writeHead(201, JSON_TYPE).end(VALID);
    expect((await verify(realBackend())).valid).toBe(true);
  });

  it('that redirects gets no second request, so no code goes elsewhere', async () => {
    answer = (_request, response) => response.writeHead(307, { Location: `${address}/stolen` }).end();
    expect((await errorOf(verify(realBackend()))).code).toBe('network_error');
    expect(asked).toEqual([`POST /mfa/challenges/${CHALLENGE}/verify`]);
  });

  it('that dies in mid-answer is a network error', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'Content-Length': '1000' }).write(VALID);
      setTimeout(() => response.destroy(), 10);
    };
    expect((await errorOf(verify(realBackend()))).code).toBe('network_error');
    expect(asked).toHaveLength(1);
  });

  it('that is not there is a network error', async () => {
    const backend = backendTo(fetch, { baseUrl: 'http://127.0.0.1:1' });
    expect((await errorOf(verify(backend))).code).toBe('network_error');
  });

  it('that sends an endless page is left at once', async () => {
    let closed = false;
    answer = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      const timer = setInterval(() => response.write('<p>'), 5);
      response.on('close', () => {
        clearInterval(timer);
        closed = true;
      });
    };
    expect((await errorOf(verify(realBackend()))).code).toBe('bad_response');
    await vi.waitFor(() => expect(closed).toBe(true));
  });

  it('that hangs is left when the caller gives up', async () => {
    let closed = false;
    answer = (_request, response) => {
      response.on('close', () => (closed = true));
      response.writeHead(200, JSON_TYPE).write('{');
    };
    const caller = new AbortController();
    const call = errorOf(CALLS[3]![1](realBackend(), caller.signal));
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    caller.abort();
    expect((await call).code).toBe('cancelled');
    await vi.waitFor(() => expect(closed).toBe(true));
  });
});

const broken = () => backendTo(() => Promise.reject(new TypeError('Failed to fetch https://app.example')));
const midway = () =>
  proxySending(new ReadableStream({ pull: (stream) => stream.error(new TypeError('terminated')) }), {
    headers: JSON_TYPE,
  });

describe('no network', () => {
  it.each([
    ['offline', { onLine: false }],
    ['network_error', { onLine: true }],
    ['network_error', {}],
    ['network_error', undefined],
  ])('is %s when the navigator says %j', async (code, navigator) => {
    vi.stubGlobal('navigator', navigator);
    for (const backend of [broken(), midway()]) {
      const error = await errorOf(verify(backend));
      expect(error).toMatchObject({ code, status: undefined });
      expect(error.message).not.toMatch(/Failed|terminated|app\.example/);
    }
  });

  it('never keeps an answer from counting', async () => {
    vi.stubGlobal('navigator', { onLine: false }); // wrong on many a virtual network
    expect((await verify(proxySending(VALID, { headers: JSON_TYPE }))).valid).toBe(true);
  });

  it('keeps an MfaError that a host’s own fetch rejects with', async () => {
    const own = new MfaError('step_up_required');
    expect(await errorOf(verify(backendTo(() => Promise.reject(own))))).toBe(own);
  });
});

/** Answers of which some part never comes. `stopped` is called when the connection is let go. */
const HANGS: [
  string,
  (stopped: () => void, obeys: boolean) => (url: string, init: RequestInit) => Promise<Response>,
][] = [
  [
    'before its headers',
    (stopped, obeys) =>
      (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            stopped();
            if (obeys) reject(signal.reason);
          });
        }),
  ],
  [
    'after its headers',
    (stopped) => () =>
      Promise.resolve(new Response(new ReadableStream({ cancel: stopped }), { headers: JSON_TYPE })),
  ],
  [
    'in a body that drips',
    (stopped) => () => {
      let timer: ReturnType<typeof setInterval>;
      const body = new ReadableStream({
        start(controller) {
          timer = setInterval(() => controller.enqueue(Uint8Array.of(0x20)), 1000);
        },
        cancel() {
          clearInterval(timer);
          stopped();
        },
      });
      return Promise.resolve(new Response(body, { headers: JSON_TYPE }));
    },
  ],
];
const hangs = HANGS.flatMap(([where, respond]) =>
  [true, false].map((obeys) => ({
    where,
    respond,
    obeys,
    fetch: obeys ? 'a fetch' : 'a fetch deaf to its signal',
  })),
);

describe('an answer that does not come', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  });

  it.each(hangs)('$where, of $fetch, costs 15 s in all', async ({ respond, obeys }) => {
    for (const [name, call] of CALLS) {
      const stopped = vi.fn();
      const settled = vi.fn();
      const outcome = errorOf(call(backendTo(respond(stopped, obeys))));
      void outcome.then(settled);
      await vi.advanceTimersByTimeAsync(14_999);
      expect(settled, `in ${name}`).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(settled, `in ${name}`).toHaveBeenCalled();
      expect(await outcome).toMatchObject({ code: 'timeout', status: undefined });
      expect(stopped, `in ${name}`).toHaveBeenCalledTimes(1);
      expect(vi.getTimerCount(), `in ${name}`).toBe(0);
    }
  });

  it.each(hangs)('$where, of $fetch, ends when the caller gives up', async ({ respond, obeys }) => {
    for (const [name, call] of CALLS) {
      const stopped = vi.fn();
      const caller = new AbortController();
      const outcome = errorOf(call(backendTo(respond(stopped, obeys)), caller.signal));
      await vi.advanceTimersByTimeAsync(3000);
      caller.abort(new Error('a reason of the caller’s'));
      expect((await outcome).code, `in ${name}`).toBe('cancelled');
      await vi.advanceTimersByTimeAsync(0);
      expect(stopped, `in ${name}`).toHaveBeenCalledTimes(1);
      expect(vi.getTimerCount(), `in ${name}`).toBe(0);
    }
  });

  it('changes nothing when it comes too late', async () => {
    const cancelled = vi.fn();
    let answer: ((response: Response) => void) | undefined;
    const backend = backendTo(() => new Promise((resolve) => (answer = resolve)));
    const outcome = errorOf(verify(backend));
    await vi.advanceTimersByTimeAsync(15_000);
    answer?.(new Response(new ReadableStream({ cancel: cancelled }), { headers: JSON_TYPE }));
    expect((await outcome).code).toBe('timeout');
    await vi.advanceTimersByTimeAsync(1000);
    expect(cancelled).toHaveBeenCalledTimes(1); // its body is not left to run on
  });

  it('rejects too late without anyone hearing of it', async () => {
    let fail: ((reason: unknown) => void) | undefined;
    const outcome = errorOf(verify(backendTo(() => new Promise((_resolve, reject) => (fail = reject)))));
    await vi.advanceTimersByTimeAsync(15_000);
    fail?.(new TypeError('late'));
    expect((await outcome).code).toBe('timeout');
    await vi.advanceTimersByTimeAsync(1000);
  });
});

describe('a caller’s signal', () => {
  it('that is aborted already means that nothing is sent', async () => {
    const { backend, sent } = recorder();
    for (const [name, call] of CALLS) {
      expect((await errorOf(call(backend, AbortSignal.abort()))).code, `in ${name}`).toBe('cancelled');
    }
    expect(sent).toEqual([]);
  });

  it.each([
    ['an answer', () => Promise.resolve(new Response(VALID, { headers: JSON_TYPE }))],
    ['a failure', () => Promise.resolve(new Response(null, { status: 500 }))],
    ['a broken network', () => Promise.reject(new TypeError('x'))],
  ])('is left without a listener, and the page without a timer, after %s', async (_what, respond) => {
    vi.useFakeTimers();
    const { signal } = new AbortController();
    const heard = new Set<unknown>();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    const added = vi
      .spyOn(signal, 'addEventListener')
      .mockImplementation((...args: Parameters<typeof add>) => {
        heard.add(args[1]);
        add(...args);
      });
    vi.spyOn(signal, 'removeEventListener').mockImplementation((...args: Parameters<typeof remove>) => {
      heard.delete(args[1]);
      remove(...args);
    });
    for (const [, call] of CALLS) await call(backendTo(respond), signal).catch(() => undefined);
    expect(added).toHaveBeenCalledTimes(CALLS.length);
    expect(heard.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that is aborted afterwards takes nothing back', async () => {
    const caller = new AbortController();
    const backend = proxySending(VALID, { headers: JSON_TYPE });
    const answer = await backend.verifyChallenge(
      { challengeId: CHALLENGE, code: CODE },
      { signal: caller.signal },
    );
    caller.abort();
    expect(answer.valid).toBe(true);
  });
});

it('leaves no rejection unhandled in any of all this', async () => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(unhandled).toEqual([]);
});
