// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

import { isMfaError, MfaError, type MfaErrorCode } from '../../src/backend/mfa-error.js';
import {
  backendTo,
  CALLS,
  CHALLENGE,
  CODE,
  errorOf,
  FACTOR,
  PHONE,
  proxyAnswering,
  verify,
} from './proxy-answering.js';

afterEach(() => {
  vi.useRealTimers();
});

const BY_CODE: [wire: string, code: MfaErrorCode][] = [
  ['authentication_challenge_expired', 'challenge_expired'],
  ['expired_challenge', 'challenge_expired'],
  ['one_time_code_expired', 'challenge_expired'],
  ['authentication_challenge_previously_verified', 'challenge_used'],
  ['one_time_code_previously_used', 'challenge_used'],
  ['one_time_code_too_many_attempts', 'too_many_attempts'],
  ['invalid_phone_number', 'invalid_phone_number'],
  ['entity_not_found', 'not_found'],
  ['rate_limit_exceeded', 'rate_limited'],
  ['insufficient_user_authentication', 'step_up_required'],
  ['unauthorized', 'unauthenticated'],
  ['invalid_request_parameters', 'invalid_request'],
  // The kit's own names, as a proxy may send them.
  ...(
    [
      'challenge_expired',
      'challenge_used',
      'too_many_attempts',
      'rate_limited',
      'phone_not_supported',
      'not_found',
      'unauthenticated',
      'forbidden',
      'step_up_required',
      'conflict',
      'invalid_request',
      'server_error',
    ] as const
  ).map((code): [string, MfaErrorCode] => [code, code]),
];

const BY_STATUS: [status: number, code: MfaErrorCode][] = [
  [400, 'invalid_request'],
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'invalid_request'],
  [408, 'timeout'],
  [409, 'conflict'],
  [410, 'not_found'],
  [413, 'invalid_request'],
  [422, 'invalid_request'],
  [429, 'rate_limited'],
  [500, 'server_error'],
  [502, 'server_error'],
  [503, 'server_error'],
  [504, 'timeout'],
  [599, 'server_error'],
];

describe('a failure is named by its code', () => {
  it.each(BY_CODE)('%s is %s, at any status and in any call', async (wire, code) => {
    for (const status of [200, 201, 400, 403, 422, 429, 500]) {
      for (const [name, call] of CALLS) {
        const error = await errorOf(call(proxyAnswering({ code: wire, message: 'x' }, { status })));
        expect(error, `${name} ${status}`).toMatchObject({ code, status });
      }
    }
  });

  const code = 'authentication_challenge_expired';
  it.each<[string, unknown]>([
    ['errorCode (.NET)', { errorCode: code, errorMessage: 'x' }],
    ['ErrorCode beside a numeric Code (Go)', { Code: 422, ErrorCode: code, Message: 'x' }],
    ['Code', { Code: code }],
    ['code beside a numeric Code', { Code: 422, code }],
    ['error-code', { 'error-code': code }],
    ['error', { error: code, error_description: 'x' }],
    ['error beside detail', { error: code, detail: 'The challenge has expired' }],
    ['error.code', { error: { code } }],
    ['detail.code (FastAPI)', { detail: { code } }],
    ['detail: [{ code }]', { detail: [{ code, loc: ['body'] }] }],
    ['errors: [{ code }] (JSON:API)', { errors: [{ status: '422', code, title: 'x' }] }],
    ['errors.code', { errors: { code } }],
    ['data.code', { data: { code } }],
    ['data.error.code', { data: { error: { code } } }],
    ['rawData.code (Node)', { name: 'GenericServerException', status: 422, rawData: { code } }],
    ['error.rawData.code', { error: { name: 'x', rawData: { code } } }],
    ['responseCode (PHP)', { responseCode: code }],
    ['raw.code', { raw: { code } }],
    ['problem details with a code', { type: 'https://x/y', title: 'x', status: 422, detail: 'x', code }],
    ['two spellings that agree', { code, Code: code }],
  ])('found as %s', async (_where, body) => {
    expect(await errorOf(verify(proxyAnswering(body, { status: 422 })))).toMatchObject({
      code: 'challenge_expired',
    });
  });

  it('found in application/problem+json, which frameworks use for failures only', async () => {
    const body = { type: 'about:blank', title: 'Unprocessable', status: 422, detail: 'x', code };
    const headers = { 'Content-Type': 'application/problem+json; charset=utf-8' };
    expect(await errorOf(verify(proxyAnswering(body, { status: 422, headers })))).toMatchObject({
      code: 'challenge_expired',
    });
  });

  it.each<[string, unknown]>([
    ['a code nobody knows', { code: 'something_new' }],
    ['the names of every object', { code: 'constructor', error: '__proto__', errorCode: 'toString' }],
    ['the names only this side may use', { code: 'offline', error: { code: 'cancelled' } }],
    ['another case', { code: 'ENTITY_NOT_FOUND' }],
    ['spellings that disagree', { code: 'entity_not_found', Code: 'conflict' }],
    ['codes that are no text', { code: ['entity_not_found'], error: 7, errors: [[{ code: 'conflict' }]] }],
    ['an English sentence', { message: 'entity_not_found', title: 'conflict' }],
    ['an inherited code', JSON.parse('{"__proto__":{"code":"conflict"}}')],
    ['a text', 'entity_not_found'],
    ['a list', [{ code: 'entity_not_found' }]],
    ['null', null],
    ['nothing', {}],
  ])('but not by %s', async (_what, body) => {
    expect(await errorOf(verify(proxyAnswering(body, { status: 403 })))).toMatchObject({ code: 'forbidden' });
  });
});

describe('a failure without a known code is named by its status', () => {
  it.each(BY_STATUS)('%i is %s in every call', async (status, code) => {
    for (const [name, call] of CALLS) {
      const error = await errorOf(call(proxyAnswering({ message: 'x', code: 'whatever' }, { status })));
      expect(error, `in ${name}`).toMatchObject({ code, status });
    }
  });
});

describe('a success that speaks of an error is none', () => {
  const answers = {
    challenge: { id: CHALLENGE },
    valid: true,
    id: FACTOR,
    type: 'totp',
    totp: { secret: 'A'.repeat(32) },
  };
  it.each<[string, object, MfaErrorCode]>([
    ['a known code', { code: 'authentication_challenge_expired' }, 'challenge_expired'],
    ['an errorCode nobody knows', { errorCode: 'something_new' }, 'bad_response'],
    ['an error in words', { error: 'Something new' }, 'bad_response'],
    ['an error object', { error: { message: 'Something new' } }, 'bad_response'],
    ['an error inside data', { data: { error: { code: 'conflict' } } }, 'conflict'],
  ])('%s', async (_what, extra, code) => {
    for (const [name, call] of CALLS) {
      const error = await errorOf(call(proxyAnswering({ ...answers, ...extra })));
      expect(error, `in ${name}`).toMatchObject({ code, status: 200 });
    }
  });

  it.each([
    { error: null },
    { error: '' },
    { error: false },
    { error: {} },
    { errors: [] },
    { errorCode: '' },
  ])('but %j is no error', async (extra) => {
    const answer = { challenge: { id: CHALLENGE }, valid: true };
    expect((await verify(proxyAnswering({ ...answer, ...extra }))).valid).toBe(true);
  });
});

describe('a success beside an error is none', () => {
  const verdict = { challenge: { id: CHALLENGE }, valid: true };
  const expired = 'authentication_challenge_expired';
  it.each<[string, unknown, string]>([
    ['in any envelope', { list: { ...verdict, errorCode: expired } }, 'challenge_expired'],
    [
      'however deep',
      { data: { data: { data: { data: { ...verdict, error: expired } } } } },
      'challenge_expired',
    ],
    [
      'in the challenge',
      { valid: true, challenge: { id: CHALLENGE, errorCode: expired } },
      'challenge_expired',
    ],
    [
      'as the challenge’s code',
      { valid: true, challenge: { id: CHALLENGE, code: expired } },
      'challenge_expired',
    ],
    ['as a list', { ...verdict, errors: [{ code: 'x' }] }, 'bad_response'],
    ['as a list of words', { ...verdict, errors: ['x'] }, 'bad_response'],
    ['with a code nobody knows', { ...verdict, code: 'mfa_locked' }, 'bad_response'],
  ])('%s', async (_where, body, code) => {
    expect(await errorOf(verify(proxyAnswering(body)))).toMatchObject({ code });
  });

  it('nor is a list of factors', async () => {
    const backend = proxyAnswering({ list: { error: 'forbidden', data: [] } });
    expect(await errorOf(backend.listFactors())).toMatchObject({ code: 'forbidden' });
  });
});

it.each([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [429, 'rate_limited'],
  [500, 'server_error'],
])('a %i that names a wrong code is %s all the same', async (status, code) => {
  const backend = proxyAnswering({ code: 'invalid_one_time_code' }, { status });
  expect(await errorOf(verify(backend))).toMatchObject({ code });
});

describe('a wrong code that a server reports as an error', () => {
  it.each([
    [400, { code: 'invalid_one_time_code', message: 'x' }],
    [422, { error: { code: 'invalid_one_time_code' } }],
    [200, { errorCode: 'invalid_one_time_code' }],
    [400, { errors: [{ code: 'invalid_one_time_code' }] }],
    [200, { valid: true, challenge: { id: CHALLENGE }, code: 'invalid_one_time_code' }],
  ])('is a wrong code, with %i %j', async (status, body) => {
    expect(await verify(proxyAnswering(body, { status }))).toEqual({
      challenge: { id: CHALLENGE },
      valid: false,
    });
  });

  it('tells the tries left', async () => {
    for (const body of [
      { code: 'invalid_one_time_code', attempts_remaining: 2 },
      { error: { code: 'invalid_one_time_code', attemptsRemaining: 2 } },
    ]) {
      expect((await verify(proxyAnswering(body, { status: 400 }))).attemptsRemaining).toBe(2);
    }
  });

  it('is a refused request in every other call', async () => {
    for (const [name, call] of CALLS.filter((row) => row[0] !== 'verifyChallenge')) {
      for (const [status, code] of [
        [400, 'invalid_request'],
        [200, 'bad_response'],
      ] as const) {
        const error = await errorOf(call(proxyAnswering({ code: 'invalid_one_time_code' }, { status })));
        expect(error, `in ${name}`).toMatchObject({ code, status });
      }
    }
  });
});

describe('a fresh verification that is wanted first', () => {
  it.each([
    [401, 'Bearer error="insufficient_user_authentication", max_age="300"'],
    [403, 'Session realm="x", error="insufficient_user_authentication"'],
  ])('is told by RFC 9470’s header at %i', async (status, header) => {
    const error = await errorOf(
      verify(proxyAnswering({}, { status, headers: { 'WWW-Authenticate': header } })),
    );
    expect(error).toMatchObject({ code: 'step_up_required', status });
  });

  it.each(['Bearer', 'Bearer error="invalid_token"'])('is not told by %s', async (header) => {
    const error = await errorOf(
      verify(proxyAnswering({}, { status: 401, headers: { 'WWW-Authenticate': header } })),
    );
    expect(error.code).toBe('unauthenticated');
  });
});

describe('the wait a person is told', () => {
  const NOW = Date.UTC(2026, 4, 5, 12, 0, 0);
  const at = (seconds: number) => new Date(NOW + seconds * 1000).toUTCString();
  const wait = async (headers: Record<string, string>, body: object = {}, status = 429) => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
    return (await errorOf(verify(proxyAnswering(body, { status, headers })))).retryAfter;
  };

  it.each([
    ['1', 1],
    ['30', 30],
    [' 30 ', 30],
    ['030', 30],
    ['3600', 3600],
    ['3601', 3600],
    ['99999999999999999999', 3600],
    ['9'.repeat(1000), 3600],
    ['0', 1],
    ['00', 1],
    [at(90), 90],
    [at(100_000), 3600],
    [at(0), 1],
    [at(-500), 1],
    ['-5', undefined],
    ['+5', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['30s', undefined],
    ['30, 60', undefined],
    ['soon', undefined],
    ['12 GMT', undefined],
    ['foo GMT', undefined],
    ['Tue, 05 May 2026 12:01:30', undefined],
    ['Tue, 05 May 2026 12:01:30 PST', undefined],
    ['Infinity', undefined],
    ['NaN', undefined],
    ['', undefined],
  ])('Retry-After: %j is %j', async (header, seconds) => {
    expect(await wait({ 'Retry-After': header })).toBe(seconds);
  });

  it.each<[unknown, number | undefined]>([
    [30, 30],
    ['30', 30],
    [1.2, 2],
    [0, 1],
    [0.001, 1],
    [3601, 3600],
    [1e308, undefined],
    [-5, undefined],
    ['-5', undefined],
    ['1e3', undefined],
    ['soon', undefined],
    [null, undefined],
    [true, undefined],
    [[30], undefined],
    [{ seconds: 30 }, undefined],
  ])('retry_after: %j is %j', async (value, seconds) => {
    for (const body of [
      { retry_after: value },
      { error: { retryAfter: value } },
      { data: { RetryAfter: value } },
    ]) {
      expect(await wait({}, body)).toBe(seconds);
    }
  });

  it('comes from the body where both tell it (a header of another origin is hidden from scripts)', async () => {
    expect(await wait({ 'Retry-After': '10' }, { retry_after: 20 })).toBe(20);
    expect(await wait({ 'Retry-After': '10' }, { retry_after: 'soon' })).toBe(10);
  });

  it('is a whole number', async () => {
    expect(await wait({ 'Retry-After': at(90) })).toBe(90);
    expect(Number.isInteger(await wait({}, { retry_after: 7.0001 }))).toBe(true);
  });

  it('is right although the person’s clock is wrong, when the server tells its own', async () => {
    const date = new Date(NOW + 86_400_000);
    const headers = { Date: date.toUTCString(), 'Retry-After': new Date(+date + 45_000).toUTCString() };
    expect(await wait(headers)).toBe(45);
    expect(await wait({ ...headers, Date: 'yesterday' })).toBe(3600);
  });

  it('is kept on every failure that has one, and on none that has none', async () => {
    for (const status of [400, 403, 429, 500, 503]) {
      expect(await wait({ 'Retry-After': '10' }, {}, status)).toBe(10);
      expect(await wait({}, {}, status)).toBeUndefined();
    }
  });
});

describe('an error can be logged', () => {
  const PRIVATE = /123456|5005550006|NAGCCFS3|alan\.turing|server-said|auth_factor|auth_challenge|sk_live/;
  const words = `server-said ${CODE} ${PHONE} NAGCCFS3EYRB422H alan.turing@example.com sk_live_1 ${FACTOR} ${CHALLENGE}`;
  const respond: [string, () => Promise<Response>][] = [
    [
      'a failure with a code',
      async () => Response.json({ code: 'conflict', message: words }, { status: 409 }),
    ],
    [
      'a failure with a strange code',
      async () => Response.json({ code: words, error: words }, { status: 400 }),
    ],
    ['a page', async () => new Response(words, { status: 200 })],
    [
      'a page with a status text',
      async () => new Response(words, { status: 500, statusText: 'server-said 123456' }),
    ],
    [
      'an unreadable answer',
      async () =>
        Response.json({ id: words, type: words, valid: words, challenge: words, data: words, error: words }),
    ],
    ['a broken network', () => Promise.reject(new TypeError(words))],
    [
      'a header',
      async () =>
        Response.json({}, { status: 401, headers: { 'WWW-Authenticate': words, 'Retry-After': words } }),
    ],
  ];
  it.each(respond)('without giving anything away: %s', async (_what, fetch) => {
    const backend = backendTo(fetch);
    for (const call of [
      ...CALLS.map((row) => row[1](backend)),
      backend.enrollFactor({ type: 'sms', phoneNumber: PHONE }),
    ]) {
      const error = await errorOf(call);
      const everything = [
        error.message,
        error.stack,
        String(error),
        JSON.stringify(error),
        String(error.cause),
      ];
      expect(everything.join()).not.toMatch(PRIVATE);
      expect(Object.keys(error).toSorted()).toEqual(['code', 'name', 'retryAfter', 'status']);
      expect(error.message).not.toBe('');
    }
  });
});

describe('isMfaError', () => {
  const foreign = Object.assign(new Error('x'), { name: 'MfaError', code: 'offline' });
  it.each<[string, unknown, boolean]>([
    ['its own', new MfaError('offline'), true],
    ['one of another copy of the package', foreign, true],
    ['an unknown code', Object.assign(new Error('x'), { name: 'MfaError', code: 'toString' }), false],
    ['another error', Object.assign(new Error('x'), { code: 'offline' }), false],
    ['an object that looks like one', { name: 'MfaError', code: 'offline' }, false],
    ['undefined', undefined, false],
  ])('%s', (_what, value, expected) => expect(isMfaError(value)).toBe(expected));
});
