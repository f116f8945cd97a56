// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ADA, API_KEY, json, mountHandler } from './mounted-handler.js';

const HTML = '<html><h1>502 Bad Gateway</h1><p>nginx at 10.0.0.7</p></html>';
const html = (status: number) => new Response(HTML, { status, headers: { 'Content-Type': 'text/html' } });
const stream = (pull: (controller: ReadableStreamDefaultController) => void | Promise<void>) =>
  new Response(new ReadableStream({ pull }), { headers: { 'Content-Type': 'application/json' } });

const AT = '2026-03-01T12:00:00.000Z';
const head = (id: string) => ({ id, created_at: AT, updated_at: AT });

/** One signed-in user with a phone and a challenge, and each of the four calls that go upstream. */
async function prepared() {
  const mounted = mountHandler();
  const ada = mounted.as(ADA);
  mounted.clock.now -= 60_000; // so that another text message may go out now
  const { id } = await ada.enrolSms();
  const challengeId = await ada.challenge(id);
  mounted.clock.now += 60_000;
  mounted.requests.length = 0;
  const calls = {
    'enrol an app': () => ada.post('/factors', { type: 'totp' }),
    'enrol a phone': () => ada.post('/factors', { type: 'sms', phone_number: '+15555555555' }),
    challenge: () => ada.post(`/factors/${id}/challenge`),
    verify: () => ada.verify(challengeId, '123456'),
    delete: () => ada.delete(`/factors/${id}`),
  };
  return { mounted, ada, id, challengeId, calls };
}
const CALLS = ['enrol an app', 'enrol a phone', 'challenge', 'verify', 'delete'] as const;

const FAULTS: Record<string, () => Response | Promise<Response>> = {
  'a 500': () => json({ message: 'Internal: pg://10.0.0.7' }, 500),
  'a 503 with a code we know': () => json({ code: 'entity_not_found', message: 'x' }, 503),
  'a 401: our key is wrong': () => json({ message: 'Unauthorized' }, 401),
  'a 401 with a code we know': () => json({ code: 'authentication_challenge_expired', message: 'x' }, 401),
  'a 403': () => json({ code: 'entity_not_found', message: 'x' }, 403),
  'a 400 without a code': () => json({ message: 'x' }, 400),
  'a 422 with a code nobody knows': () => json({ code: 'pg_55P03', message: 'x' }, 422),
  'a 422 whose code is inherited from Object': () => json({ code: 'constructor', message: 'x' }, 422),
  'a 422 whose code is no text': () => json({ code: ['entity_not_found'], message: 'x' }, 422),
  'a page of HTML': () => html(200),
  'a 404 page of a gateway': () => html(404),
  'JSON that says it is HTML': () =>
    new Response('{"valid":true}', { headers: { 'Content-Type': 'text/html' } }),
  'JSON without a type': () => new Response(new TextEncoder().encode('{}')),
  'JSON cut in half': () => json('{"id":"auth_fac'),
  'no body': () => json(''),
  null: () => json('null'),
  'an array': () => json([]),
  'an empty object with a 201': () => json({}, 201),
  'a 202': () => json({}, 202),
  'a redirect': () => new Response(null, { status: 302, headers: { Location: 'https://evil.example/' } }),
  'a redirect with JSON': () =>
    json({ code: 'entity_not_found' }, 307, { Location: 'https://evil.example/' }),
  'bytes that are not UTF-8': () =>
    new Response(new Uint8Array([0x7b, 0xc0, 0xaf, 0x7d]), {
      headers: { 'Content-Type': 'application/json' },
    }),
  'a connection that breaks': () =>
    stream((controller) => controller.error(new Error('ECONNRESET 10.0.0.7'))),
  'more than 256 kB': () => json(`{"x":"${'a'.repeat(262_144)}"}`),
  'a body without end': () => stream((controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20))),
  'no connection': () => Promise.reject(new TypeError('fetch failed: 10.0.0.7')),
};

describe.each(CALLS)('%s', (call) => {
  // Object answers in a 200 mean nothing to a DELETE that succeeded: only what says otherwise is a fault there.
  const faults = Object.keys(FAULTS).filter(
    (fault) =>
      call !== 'delete' || !['no body', 'null', 'an array', 'an empty object with a 201'].includes(fault),
  );

  it.each(faults)('answers %s with the same 502, once and without a word of it', async (fault) => {
    const { mounted, calls, ada, id } = await prepared();
    mounted.upstream = () => FAULTS[fault]?.();
    const { status, text } = await calls[call]();
    expect(status).toBe(502);
    expect(JSON.parse(text)).toEqual({
      code: 'server_error',
      message: 'The authentication service did not answer as it should.',
    });
    expect(mounted.requests).toHaveLength(1); // never tried again: the first may have sent a message
    expect((await ada.get('/factors')).body.data).toMatchObject([{ id, status: 'pending' }]);
  });
});

describe('a WorkOS that hangs', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  const HANGS: Record<string, () => Response | Promise<Response>> = {
    'before it answers, and does not hear that we gave up': () => new Promise<Response>(() => {}),
    'in the middle of its answer': () => stream(() => new Promise(() => {})),
    'by dripping': () =>
      stream(async (controller) => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        controller.enqueue(new Uint8Array([0x20]));
      }),
  };

  it.each(Object.keys(HANGS))('%s costs ten seconds and no more', async (hang) => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () => HANGS[hang]?.();
    const settled = vi.fn();
    const answer = calls.verify();
    void answer.then(settled);
    await vi.advanceTimersByTimeAsync(9_800);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(400);
    expect((await answer).status).toBe(502);
    expect(mounted.requests[0]?.signal.aborted).toBe(true);
  });
});

it('does not believe an answer that a fetch of the host’s fetched from somewhere else', async () => {
  const { mounted, calls, challengeId, id } = await prepared();
  mounted.upstream = () => {
    const answer = json({ challenge: { id: challengeId, authentication_factor_id: id }, valid: true });
    return Object.defineProperty(answer, 'redirected', { value: true });
  };
  expect((await calls.verify()).status).toBe(502);
});

describe('what WorkOS refuses', () => {
  const MAP: [call: (typeof CALLS)[number], status: number, code: string, answered: [number, string]][] = [
    ['verify', 422, 'authentication_challenge_expired', [422, 'authentication_challenge_expired']],
    ['verify', 422, 'expired_challenge', [422, 'authentication_challenge_expired']],
    ['verify', 422, 'one_time_code_expired', [422, 'authentication_challenge_expired']],
    [
      'verify',
      422,
      'authentication_challenge_previously_verified',
      [422, 'authentication_challenge_previously_verified'],
    ],
    ['verify', 422, 'one_time_code_previously_used', [422, 'authentication_challenge_previously_verified']],
    ['verify', 400, 'one_time_code_too_many_attempts', [429, 'one_time_code_too_many_attempts']],
    ['verify', 404, 'entity_not_found', [404, 'entity_not_found']],
    ['challenge', 404, 'entity_not_found', [404, 'entity_not_found']],
    ['challenge', 422, 'invalid_phone_number', [422, 'invalid_phone_number']],
    ['enrol a phone', 422, 'invalid_phone_number', [422, 'invalid_phone_number']],
    ['enrol a phone', 429, 'rate_limit_exceeded', [429, 'rate_limit_exceeded']],
    ['delete', 429, 'rate_limit_exceeded', [429, 'rate_limit_exceeded']],
    // Nothing a call can be refused for:
    ['enrol an app', 422, 'invalid_phone_number', [502, 'server_error']],
    ['enrol an app', 404, 'entity_not_found', [502, 'server_error']],
    ['enrol a phone', 422, 'authentication_challenge_expired', [502, 'server_error']],
    ['verify', 422, 'invalid_phone_number', [502, 'server_error']],
    ['delete', 422, 'entity_not_found', [502, 'server_error']],
  ];

  it.each(MAP)('%s: %i %s', async (call, status, code, answered) => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () => json({ code, message: "Phone number is invalid: '+15555555555'" }, status);
    const answer = await calls[call]();
    expect([answer.status, answer.body.code]).toEqual(answered);
    expect(answer.text).not.toContain('+1555');
  });

  it.each([400, 422])('a wrong code told as a %i is a wrong code', async (status) => {
    const { mounted, calls, challengeId } = await prepared();
    mounted.upstream = () => json({ code: 'invalid_one_time_code', message: 'x' }, status);
    const answer = await calls.verify();
    expect(answer).toMatchObject({ status: 200, body: { challenge: { id: challengeId }, valid: false } });
  });

  it.each([
    [404, 404, 'entity_not_found'],
    [402, 502, 'server_error'],
    [409, 502, 'server_error'],
    [500, 502, 'server_error'],
  ])('a wrong code told as a %i is none: nobody looked at the code', async (status, answered, code) => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () => json({ code: 'invalid_one_time_code', message: 'x' }, status);
    const answer = await calls.verify();
    expect([answer.status, answer.body.code]).toEqual([answered, code]);
  });

  it('a wrong code told as a 429 says how long to wait', async () => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () =>
      json({ code: 'invalid_one_time_code', message: 'x' }, 429, { 'Retry-After': '60' });
    const { status, headers, body } = await calls.verify();
    expect([status, headers.get('Retry-After')]).toEqual([429, '60']);
    expect(body).toMatchObject({ code: 'rate_limit_exceeded', retry_after: 60 });
  });

  it.each([
    ['7', 7],
    ['0', 1],
    ['3601', 3600],
    ['99999999999999999999', 3600],
    ['Sun, 01 Mar 2026 12:01:30 GMT', 90],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 1],
    ['Mon, 02 Mar 2026 12:00:00 GMT', 3600],
    ['-5', 30],
    ['1.5', 30],
    ['soon', 30],
    ['2026-03-01', 30],
    ['', 30],
    [undefined, 30],
  ])('a 429 with Retry-After %j says %i seconds', async (header, seconds) => {
    const { mounted, calls } = await prepared();
    const headers: Record<string, string> = header === undefined ? {} : { 'Retry-After': header };
    mounted.upstream = () => json({ code: 'rate_limit_exceeded', message: 'x' }, 429, headers);
    const answer = await calls.challenge();
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, String(seconds)]);
    expect(answer.body).toMatchObject({ code: 'rate_limit_exceeded', retry_after: seconds });
  });

  it('reads a Retry-After date against the clock that wrote it', async () => {
    const { mounted, calls } = await prepared();
    const headers = { Date: 'Tue, 03 Mar 2026 09:00:00 GMT', 'Retry-After': 'Tue, 03 Mar 2026 09:00:45 GMT' };
    mounted.upstream = () => json({ code: 'rate_limit_exceeded', message: 'x' }, 429, headers);
    expect((await calls.challenge()).headers.get('Retry-After')).toBe('45');
  });

  it('a 429 in HTML, from a gateway, is one too', async () => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () => html(429);
    expect((await calls.verify()).status).toBe(429);
  });

  it('a lock that says how long it lasts is told with it', async () => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () =>
      json({ code: 'one_time_code_too_many_attempts', message: 'x' }, 429, { 'Retry-After': '60' });
    const { status, body, headers } = await calls.verify();
    expect([status, headers.get('Retry-After')]).toEqual([429, '60']);
    expect(body).toMatchObject({ code: 'one_time_code_too_many_attempts', retry_after: 60 });
  });
});

describe('ids that WorkOS answers', () => {
  const BAD_IDS = [
    '',
    '..',
    '../users/user_1',
    '..%2fusers',
    'a/b',
    'a\\b',
    'a?b',
    'a#b',
    'a b',
    'a\n',
    'ａ',
    'a'.repeat(129),
    null,
    1,
    ['a'],
    undefined,
  ];

  it.each(BAD_IDS)('%j is no factor’s', async (id) => {
    const { mounted, calls, ada } = await prepared();
    mounted.upstream = () =>
      json({ ...head('x'), id, type: 'sms', sms: { phone_number: '+15555555555' } }, 201);
    expect((await calls['enrol a phone']()).status).toBe(502);
    expect((await ada.get('/factors')).body.data).toHaveLength(1);
  });

  it.each(BAD_IDS)('%j is no challenge’s', async (badId) => {
    const { mounted, calls, id } = await prepared();
    mounted.upstream = () => json({ ...head('x'), id: badId, authentication_factor_id: id }, 201);
    expect((await calls.challenge()).status).toBe(502);
  });

  it('a challenge of another factor than the one asked for is not believed', async () => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () =>
      json({ ...head('auth_challenge_2'), authentication_factor_id: 'auth_factor_2' }, 201);
    expect((await calls.challenge()).status).toBe(502);
  });

  it('a new factor by an id that is somebody’s already is neither shown nor deleted', async () => {
    const { mounted, calls, id, ada } = await prepared();
    mounted.upstream = () => json({ ...head(id), type: 'sms', sms: { phone_number: '+15555555555' } }, 201);
    const { status } = await calls['enrol a phone']();
    expect(status).toBe(502);
    expect(mounted.requests.map((request) => request.method)).toEqual(['POST']);
    expect((await ada.get(`/factors/${id}`)).body.sms).toEqual({ phone_number: '•••• 0006' });
  });

  it('a new challenge by an id that exists already takes nothing over', async () => {
    const { mounted, ada, challengeId, id } = await prepared();
    const other = await ada.enrolSms('+15555555555');
    mounted.upstream = () => json({ ...head(challengeId), authentication_factor_id: other.id }, 201);
    expect((await ada.post(`/factors/${other.id}/challenge`)).status).toBe(502);
    mounted.upstream = () => undefined;
    const { body } = await ada.verify(challengeId, mounted.emulator.currentCode(id));
    expect(body).toMatchObject({ challenge: { authentication_factor_id: id }, valid: true });
  });

  it('a new challenge by the id of one that was used up revives nothing', async () => {
    const { mounted, ada, challengeId, id } = await prepared();
    await ada.verify(challengeId, mounted.emulator.currentCode(id));
    mounted.upstream = () => json({ ...head(challengeId), authentication_factor_id: id }, 201);
    expect((await ada.post(`/factors/${id}/challenge`)).status).toBe(502);
    mounted.upstream = () =>
      json({ challenge: { ...head(challengeId), authentication_factor_id: id }, valid: true });
    const { body } = await ada.verify(challengeId, '123456');
    expect(body.code).toBe('authentication_challenge_previously_verified');
  });

  const totp = {
    secret: 'NAGCCFS3EYRB422HNAKAKY3XDUORMSRF',
    uri: 'otpauth://totp/Foo:ada?secret=NAGCCFS3EYRB422HNAKAKY3XDUORMSRF',
    qr_code: 'data:image/png;base64,iVBORw0KGgo=',
  };

  it.each([
    ['enrol an app', 'sms'],
    ['enrol a phone', 'totp'],
    ['enrol an app', undefined],
    ['enrol a phone', 'SMS'],
  ] as const)('another type than the one asked for is not believed: %s, %s', async (call, type) => {
    const { mounted, calls, ada } = await prepared();
    mounted.upstream = () =>
      json({ ...head('auth_factor_2'), type, totp, sms: { phone_number: '+15555555555' } }, 201);
    expect((await calls[call]()).status).toBe(502);
    expect((await ada.get('/factors')).body.data).toHaveLength(1);
  });

  it.each([
    { secret: '' },
    { secret: undefined },
    { secret: '<script>' },
    { secret: ['NAGCCFS3EYRB422H'] },
    { uri: 'javascript:alert(1)' },
    { uri: 'https://evil.example/otpauth://totp/' },
    { uri: undefined },
    { qr_code: 'https://evil.example/qr.png' },
    { qr_code: 'data:image/svg+xml;base64,PHN2Zz4=' },
    { qr_code: 'data:image/png;base64,"><script>' },
  ])('a secret that is none is not shown: %j', async (wrong) => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () => json({ ...head('auth_factor_2'), type: 'totp', totp }, 201);
    expect((await calls['enrol an app']()).status).toBe(201);
    mounted.upstream = () =>
      json({ ...head('auth_factor_3'), type: 'totp', totp: { ...totp, ...wrong } }, 201);
    expect((await calls['enrol an app']()).status).toBe(502);
  });

  it.each([
    ['2026-03-01T12:10:00.900Z', 600],
    ['2026-03-01T12:10:00.900123Z', 600],
    ['2026-03-01T14:10:00+02:00', 600],
    ['2026-03-01T11:00:00Z', 0],
    [null, undefined],
  ])('a challenge that ends at %s has %j seconds', async (expires_at, seconds) => {
    const { mounted, calls, id } = await prepared();
    mounted.upstream = () =>
      json({ ...head('auth_challenge_2'), authentication_factor_id: id, expires_at }, 201);
    expect((await calls.challenge()).body.expires_in).toBe(seconds);
  });

  it.each(['tomorrow', '2026-03-01', '2026-03-01T12:10:00', '2026-99-01T12:10:00Z', 1772367000, {}])(
    'a challenge that ends at %j is not believed',
    async (expires_at) => {
      const { mounted, calls, id } = await prepared();
      mounted.upstream = () =>
        json({ ...head('auth_challenge_2'), authentication_factor_id: id, expires_at }, 201);
      expect((await calls.challenge()).status).toBe(502);
    },
  );
});

describe('deleting', () => {
  it.each([
    ['204', () => new Response(null, { status: 204 })],
    ['200 without a body', () => new Response('')],
    ['200 with JSON', () => json({})],
    ['404 with JSON', () => json({ code: 'entity_not_found', message: 'x' }, 404)],
  ])('is done when WorkOS answers %s', async (_what, answer) => {
    const { mounted, calls, ada } = await prepared();
    mounted.upstream = answer;
    expect((await calls.delete()).status).toBe(204);
    expect((await ada.get('/factors')).body.data).toEqual([]);
  });

  it('can be tried again when its answer was lost', async () => {
    const { mounted, calls } = await prepared();
    mounted.upstream = (request) => mounted.emulator.fetch(request).then(() => html(502));
    expect((await calls.delete()).status).toBe(502);
    mounted.upstream = () => undefined;
    expect((await calls.delete()).status).toBe(204);
  });

  it('twice at once answers twice that it is gone', async () => {
    const { calls } = await prepared();
    const statuses = (await Promise.all([calls.delete(), calls.delete()])).map(({ status }) => status);
    expect(statuses).toEqual([204, 204]);
  });
});

describe('what was taken for a call that came to nothing', () => {
  it.each(Object.keys(FAULTS))('is free again at once, a factor’s place: %s', async (fault) => {
    const mounted = mountHandler({ limits: { factorsPerUser: 1 } });
    const ada = mounted.as(ADA);
    mounted.upstream = () => FAULTS[fault]?.();
    expect((await ada.post('/factors', { type: 'sms', phone_number: '+15555555555' })).status).toBe(502);
    mounted.upstream = () => undefined;
    expect((await ada.post('/factors', { type: 'sms', phone_number: '+15555555555' })).status).toBe(201);
    expect((await ada.post('/factors', { type: 'sms', phone_number: '+15555555555' })).status).toBe(429);
  });

  it('is free again at once, an idempotency key: the same call may come again', async () => {
    const { mounted, ada, calls } = await prepared();
    const options = { headers: { 'Idempotency-Key': 'key_1' } };
    const enrol = () => ada.post('/factors', { type: 'sms', phone_number: '+15555555555' }, options);
    mounted.upstream = () => json({}, 500);
    expect((await enrol()).status).toBe(502);
    mounted.upstream = () => undefined;
    const { status, text } = await enrol();
    expect(status).toBe(201);
    expect((await enrol()).text).toBe(text);
    expect(mounted.requests).toHaveLength(2);
    expect((await calls.delete()).status).toBe(204);
  });

  it.each(Object.keys(FAULTS))('is free again, a code that nobody judged: %s', async (fault) => {
    const { mounted, ada, challengeId, calls } = await prepared();
    mounted.upstream = () => FAULTS[fault]?.();
    for (let tries = 0; tries < 6; tries += 1) expect((await calls.verify()).status).toBe(502);
    mounted.upstream = () => undefined;
    expect((await ada.verify(challengeId, '0000')).body).toMatchObject({ attempts_remaining: 4 });
  });

  it.each([
    [422, 'invalid_phone_number'],
    [404, 'entity_not_found'],
    [400, 'something_else'],
  ])('is free again, a message that WorkOS refused to send: %i %s', async (status, code) => {
    const { mounted, calls } = await prepared();
    mounted.upstream = () => json({ code, message: 'x' }, status);
    expect((await calls.challenge()).status).not.toBe(429);
    mounted.upstream = () => undefined;
    expect((await calls.challenge()).status).toBe(201);
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['a 500', () => json({}, 500)],
    ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['an answer that says nothing', () => json({}, 201)],
    ['a 202', () => json({}, 202)],
    ['a page of HTML', () => html(200)],
  ])('is not free again, a message that may have gone out: %s', async (_fault, answer) => {
    const { mounted, calls } = await prepared();
    mounted.upstream = answer;
    expect((await calls.challenge()).status).toBe(502);
    mounted.upstream = () => undefined;
    expect((await calls.challenge()).status).toBe(429);
  });
});

it('sends the key to WorkOS alone, in the header alone', async () => {
  const { mounted, calls } = await prepared();
  for (const call of CALLS) await calls[call]();
  expect(mounted.requests).toHaveLength(5);
  for (const request of mounted.requests) {
    expect(request.headers.get('Authorization')).toBe(`Bearer ${API_KEY}`);
    expect(request.url + (await request.text())).not.toContain(API_KEY);
    expect(request.headers.get('Cookie')).toBeNull();
  }
});
