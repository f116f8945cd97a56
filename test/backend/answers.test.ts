// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  CHALLENGE,
  errorOf,
  FACTOR,
  PHONE,
  proxyAnswering,
  proxySending,
  verify,
} from './proxy-answering.js';

const SECRET = 'NAGCCFS3EYRB422HNAKAKY3XDUORMSRF';
const totp = {
  id: FACTOR,
  type: 'totp',
  totp: { issuer: 'Foo Corp', user: 'a@example.com', secret: SECRET },
};
const sms = { id: FACTOR, type: 'sms', sms: { phone_number: PHONE } };
const challenge = { id: CHALLENGE, authentication_factor_id: FACTOR };
const valid = { challenge, valid: true };

const listed = async (factor: unknown) => (await proxyAnswering({ data: [factor] }).listFactors())[0];
const enrolled = (body: unknown, type: 'totp' | 'sms' = 'totp') =>
  proxyAnswering(body, { status: 201 }).enrollFactor(
    type === 'totp' ? { type } : { type, phoneNumber: PHONE },
  );
const challenged = (body: unknown) => proxyAnswering(body, { status: 201 }).challengeFactor(FACTOR);
const verified = (body: unknown) => verify(proxyAnswering(body, { status: 201 }));
/** Raw text, for what `JSON.stringify` cannot write: `__proto__`, a name twice. */
const verifiedText = (body: string) =>
  verify(proxySending(body, { headers: { 'Content-Type': 'application/json' } }));

afterEach(() => {
  vi.useRealTimers();
});

describe('envelopes are opened, however a host wraps', () => {
  const around: [string, (body: unknown) => unknown][] = [
    ['nothing', (body) => body],
    ['raw (PHP)', (raw) => ({ raw })],
    ['data', (data) => ({ data })],
    ['data in data', (data) => ({ data: { data } })],
    ['list.data (Node)', (data) => ({ list: { data } })],
    ['data and a note', (data) => ({ ok: true, status: 'success', code: 'OK', data, error: null, meta: {} })],
    ['raw in data', (raw) => ({ data: { raw } })],
  ];
  it.each(around)('%s', async (_what, wrap) => {
    expect(await proxyAnswering(wrap([totp, sms])).listFactors()).toHaveLength(2);
    expect((await enrolled(wrap(totp))).totp?.secret).toBe(SECRET);
    expect((await challenged(wrap(challenge))).id).toBe(CHALLENGE);
    expect((await verified(wrap(valid))).valid).toBe(true);
    expect((await verified({ valid: true, challenge: wrap(challenge) })).valid).toBe(true);
    for (const name of ['factor', 'authenticationFactor', 'authentication_factor', 'AuthenticationFactor']) {
      expect((await enrolled(wrap({ [name]: wrap(totp) }))).factor.id).toBe(FACTOR);
      expect((await listed(wrap({ [name]: wrap(sms) })))?.id).toBe(FACTOR);
    }
    for (const name of ['challenge', 'authenticationChallenge', 'authentication_challenge']) {
      expect((await challenged(wrap({ [name]: wrap(challenge) }))).id).toBe(CHALLENGE);
      const enrollment = await enrolled(wrap({ factor: totp, [name]: wrap(challenge) }));
      expect(enrollment.challenge?.id).toBe(CHALLENGE);
    }
  });

  it.each([
    [[]],
    [null],
    [{ data: [] }],
    [{ data: null }],
    [{ Data: null }],
    [{ list: { data: null } }],
    [{ list: null }],
  ])('a list of no factors: %j', async (body) =>
    expect(await proxyAnswering(body).listFactors()).toEqual([]),
  );

  it.each([
    [{}],
    [{ data: {} }],
    [''],
    ['[]'],
    [0],
    [true],
    [{ data: 'x' }],
    [[[]]],
    [[null]],
    [{ data: [sms, {}] }],
  ])('no list: %j', async (body) => {
    expect((await errorOf(proxyAnswering(body).listFactors())).code).toBe('bad_response');
  });

  it('what a host adds beside raw counts, unless it contradicts', async () => {
    expect(await listed({ raw: sms, status: 'verified' })).toMatchObject({ id: FACTOR, status: 'verified' });
    expect((await errorOf(verified({ raw: valid, valid: false }))).code).toBe('bad_response');
  });
});

describe('names are one in any spelling', () => {
  const spell: [string, (words: string) => string][] = [
    ['snake_case', (words) => words.replaceAll(' ', '_')],
    ['camelCase', (words) => words.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase())],
    ['PascalCase', (words) => words.replace(/(?:^| )(.)/g, (_, letter: string) => letter.toUpperCase())],
    ['kebab-case', (words) => words.replaceAll(' ', '-')],
    ['SCREAMING_SNAKE', (words) => words.replaceAll(' ', '_').toUpperCase()],
  ];
  const spelled = (value: unknown, name: (words: string) => string): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [name(key), spelled(item, name)]))
      : value;

  it.each(spell)('%s', async (_what, name) => {
    const body = {
      'authentication factor': {
        id: FACTOR,
        type: 'totp',
        'created at': '2022-02-15T15:14:19Z',
        'updated at': '2022-02-15T15:14:19Z',
        totp: { issuer: 'Foo', user: 'bar', secret: SECRET, 'qr code': 'data:', uri: 'otpauth:' },
      },
      'authentication challenge': {
        id: CHALLENGE,
        'authentication factor id': FACTOR,
        'expires in': 60,
      },
    };
    expect(await enrolled(spelled(body, name))).toEqual({
      factor: {
        id: FACTOR,
        type: 'totp',
        status: 'unknown',
        createdAt: '2022-02-15T15:14:19.000Z',
        updatedAt: '2022-02-15T15:14:19.000Z',
        totp: { issuer: 'Foo', user: 'bar' },
      },
      totp: { issuer: 'Foo', user: 'bar', secret: SECRET, qrCode: 'data:', uri: 'otpauth:' },
      challenge: { id: CHALLENGE, factorId: FACTOR, expiresIn: 60 },
    });
    const sent = spelled(
      { challenge: { id: CHALLENGE, 'factor id': FACTOR }, valid: true, 'attempts remaining': 3 },
      name,
    );
    expect(await verified(sent)).toEqual({
      challenge: { id: CHALLENGE, factorId: FACTOR },
      valid: true,
      attemptsRemaining: 3,
    });
  });

  it.each<[string, object]>([
    ['valid', { challenge, valid: true, Valid: false }],
    ['valid, more often than twice', { challenge, Valid: false, VALID: true, valid: true }],
    ['the challenge', { challenge, Challenge: { id: 'other' }, valid: true }],
    ['the challenge’s id', { challenge: { id: CHALLENGE, Id: 'other' }, valid: true }],
  ])('where spellings of %s disagree, neither is believed', async (_what, body) => {
    expect((await errorOf(verified(body))).code).toBe('bad_response');
    const reversed = Object.fromEntries(Object.entries(body).toReversed());
    expect((await errorOf(verified(reversed))).code).toBe('bad_response');
  });

  it('spellings that agree are one', async () => {
    expect((await verified({ challenge, valid: true, Valid: true })).valid).toBe(true);
  });

  it('an empty spelling does not dispute a full one', async () => {
    expect((await listed({ ...sms, Type: '', Id: null }))?.type).toBe('sms');
  });
});

describe('only `type` says what a factor is', () => {
  it.each([
    ['totp', 'totp'],
    ['TOTP', 'totp'],
    ['Totp', 'totp'],
    ['sms', 'sms'],
    ['generic_otp', 'generic_otp'],
    ['GenericOtp', 'generic_otp'],
    ['GENERIC_OTP', 'generic_otp'],
    ['webauthn', 'webauthn'],
    ['passkey', 'unknown'],
    ['constructor', 'unknown'],
    ['__proto__', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
    [0, 'unknown'],
    [['sms'], 'unknown'],
    [{ name: 'sms' }, 'unknown'],
    [undefined, 'unknown'],
  ])('%j is %s', async (type, expected) => {
    const factor = await listed({ id: FACTOR, type, sms: sms.sms, totp: { issuer: 'Foo' } });
    expect(factor?.type).toBe(expected);
    expect(factor?.sms).toEqual(expected === 'sms' ? { phoneNumber: PHONE } : undefined);
    expect(factor?.totp).toEqual(expected === 'totp' ? { issuer: 'Foo' } : undefined);
  });

  it.each(['', null, {}, { phone_number: '' }, { phone_number: 5 }, 'x', []])(
    'an sms part %j is none',
    async (part) => {
      expect(await listed({ ...sms, sms: part })).toEqual({ id: FACTOR, type: 'sms', status: 'unknown' });
    },
  );

  it.each(['', null, {}, { issuer: '', user: '' }, { issuer: null }, 'x', [], { issuer: {}, user: 7 }])(
    'a totp part %j is none',
    async (part) =>
      expect(await listed({ ...totp, totp: part })).toEqual({ id: FACTOR, type: 'totp', status: 'unknown' }),
  );

  it('a factor of the type that was not asked for is refused', async () => {
    const both = { sms: sms.sms, totp: totp.totp };
    for (const [asked, type] of [
      ['totp', 'sms'],
      ['sms', 'totp'],
      ['totp', 'generic_otp'],
      ['sms', 'passkey'],
      ['sms', undefined],
    ] as const) {
      const error = await errorOf(enrolled({ ...both, id: FACTOR, type }, asked));
      expect(error).toMatchObject({ code: 'bad_response', status: 201 });
    }
  });
});

describe('a factor’s status is what the host says, else unknown', () => {
  it.each([
    [{ status: 'verified' }, 'verified'],
    [{ status: 'pending' }, 'pending'],
    [{ Status: 'Verified' }, 'verified'],
    [{ status: 'PENDING' }, 'pending'],
    [{ verified: true }, 'verified'],
    [{ verified: false }, 'pending'],
    [{ status: 'active', verified: true }, 'verified'],
    [{ status: 'pending', verified: true }, 'pending'],
    [{}, 'unknown'],
    [{ status: 'active' }, 'unknown'],
    [{ status: 200 }, 'unknown'],
    [{ verified: 'true' }, 'unknown'],
    [{ verified: 1 }, 'unknown'],
    [{ verified: null }, 'unknown'],
  ])('%j is %s', async (extra, status) => {
    expect((await listed({ ...sms, ...extra }))?.status).toBe(status);
  });
});

describe('a key that no app could use is no enrolment', () => {
  it.each([
    ['no part', undefined],
    ['an empty part', {}],
    ['no secret', { uri: 'otpauth://totp/x', qr_code: 'data:' }],
    ['an empty secret', { secret: '' }],
    ['null', { secret: null }],
    ['hexadecimal', { secret: 'b1946ac92492d2347c6235b4d2611184' }],
    ['base64', { secret: 'bWZhLWtpdA+/' }],
    ['too short', { secret: 'ABCDEFG' }],
    ['too long', { secret: 'A'.repeat(129) }],
    ['letters of another script', { secret: 'АВСЕНКМОРТ' }],
    ['markup', { secret: '<b>AAAAAAAA</b>' }],
    ['a number', { secret: 22334455 }],
    ['a list', { secret: ['AAAAAAAA'] }],
    ['text for a part', 'AAAAAAAAAAAAAAAA'],
  ])('%s', async (_what, part) => {
    expect((await errorOf(enrolled({ id: FACTOR, type: 'totp', totp: part }))).code).toBe('bad_response');
  });

  it.each([
    SECRET,
    SECRET.toLowerCase(),
    SECRET.replace(/.{4}/g, '$& '),
    SECRET.replace(/.{4}(?!$)/g, '$&-'),
    `${SECRET}======`,
  ])('but %j is one', async (secret) => {
    expect((await enrolled({ ...totp, totp: { secret } })).totp).toEqual({
      secret: SECRET,
      qrCode: '',
      uri: '',
    });
  });

  it('the secret is in the enrolment only, never in a factor', async () => {
    expect(JSON.stringify(await listed(totp))).not.toContain(SECRET);
    expect(JSON.stringify((await enrolled(totp)).factor)).not.toContain(SECRET);
  });

  it.each([5, {}, [], null, ''])('a picture or a link that is %j is none', async (odd) => {
    const enrollment = await enrolled({ ...totp, totp: { secret: SECRET, qr_code: odd, uri: odd } });
    expect(enrollment.totp).toMatchObject({ qrCode: '', uri: '' });
  });
});

describe('a label is text of at most 64 characters that disturbs nothing', () => {
  it.each([
    ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['a turned direction', 'Foo\u202egro\u2066.live', 'Foogro.live'],
    ['10 kB', 'x'.repeat(10_000), `${'x'.repeat(63)}…`],
    ['only unseen characters', '\u200b\u202e ', undefined],
    ['an object', { toString: 'x' }, undefined],
    ['a list', ['Foo'], undefined],
    ['a number', 7, undefined],
  ])('%s', async (_what, label, expected) => {
    const part = { issuer: label, user: label };
    const enrollment = await enrolled({ ...totp, totp: { ...part, secret: SECRET } });
    expect([enrollment.totp?.issuer, enrollment.totp?.user]).toEqual([expected, expected]);
    expect(enrollment.factor.totp?.issuer).toBe(expected);
    expect((await listed({ ...sms, sms: { phone_number: label } }))?.sms?.phoneNumber).toBe(expected);
  });
});

describe('an id that could lead elsewhere is never handed out', () => {
  it.each([
    '../admin',
    'a/b',
    'a?b',
    'a#b',
    '',
    ' ',
    'a b',
    'a\u0000',
    'é',
    'x'.repeat(129),
    5,
    null,
    {},
    [FACTOR],
    undefined,
  ])('%j', async (id) => {
    for (const call of [
      listed({ ...sms, id }),
      enrolled({ ...totp, id }),
      enrolled({ factor: totp, challenge: { ...challenge, id, expires_in: 5 } }),
      challenged({ ...challenge, id }),
      verified({ valid: true, challenge: { id } }),
      verified({ valid: false, challenge: { id } }),
    ]) {
      expect((await errorOf(call)).code).toBe('bad_response');
    }
    const { challenge: read } = await verified({ valid: true, challenge: { id: CHALLENGE, factor_id: id } });
    expect(read.factorId).toBeUndefined();
  });
});

describe('a challenge is the one that was asked for', () => {
  it.each(['auth_factor_other', '../x', 5, {}, [FACTOR]].map((id) => [id]))(
    'not one of factor %j',
    async (id) => {
      const other = { id: CHALLENGE, authentication_factor_id: id };
      if (typeof id === 'object' && !Array.isArray(id)) return; // an empty object is absent
      expect((await errorOf(challenged(other))).code).toBe('bad_response');
      expect((await errorOf(enrolled({ factor: totp, challenge: other }))).code).toBe('bad_response');
    },
  );

  it('and bears the factor’s id also where the answer does not', async () => {
    expect(await challenged({ id: CHALLENGE })).toEqual({ id: CHALLENGE, factorId: FACTOR });
  });

  it('and never carries the one-time code, or anything else that was not asked for', async () => {
    const extra = { code: '541295', object: 'x', secret: SECRET, user: 'x', __typename: 'x' };
    const bodies = [
      await challenged({ ...challenge, ...extra }),
      await verified({ valid: true, challenge: { ...challenge, ...extra } }),
      await enrolled({ factor: sms, challenge: { ...challenge, ...extra } }, 'sms'),
    ];
    expect(JSON.stringify(bodies)).not.toMatch(/541295|NAGC|object|user|typename/);
  });
});

const challengedUntil = (expiresAt: unknown, createdAt: unknown = '2022-02-15T15:26:53.274Z', extra = {}) =>
  challenged({ ...challenge, created_at: createdAt, expires_at: expiresAt, ...extra });

describe('the time a challenge has', () => {
  it.each<[string, unknown, unknown, number | undefined]>([
    ['ten minutes', '2022-02-15T15:36:53.274Z', undefined, 600],
    ['with fractions', '2022-02-15T15:26:53.774Z', undefined, 0.5],
    ['across zones', '2022-02-15T17:36:53.274+02:00', undefined, 600],
    ['of epoch numbers', 1644939413, 1644938813, 600],
    ['backwards is over', '2022-02-15T15:26:52.274Z', undefined, 0],
    ['never over (TOTP)', null, undefined, undefined],
    ['never over (Go, Ruby)', '', undefined, undefined],
    ['never over (an unset date of Go’s)', '0001-01-01T00:00:00Z', undefined, undefined],
    ['unreadable', 'soon', undefined, undefined],
    ['without zone', '2022-02-15T15:36:53.274', undefined, undefined],
    ['without beginning', '2022-02-15T15:36:53.274Z', null, undefined],
    ['a number of seconds', 600, undefined, undefined],
  ])('%s', async (_what, expiresAt, createdAt, seconds) => {
    expect((await challengedUntil(expiresAt, createdAt)).expiresIn).toBe(seconds);
  });

  it('does not depend on the person’s clock', async () => {
    for (const now of ['1999-01-01', '2022-02-15T15:26:53Z', '2099-01-01']) {
      vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] });
      expect((await challengedUntil('2022-02-15T15:36:53.274Z')).expiresIn).toBe(600);
    }
  });

  it.each<[unknown, number]>([
    [90, 90],
    ['90', 90],
    [0, 0],
    [1.5, 1.5],
    [-1, 600],
    ['-1', 600],
    ['1.5', 600],
    ['soon', 600],
    [null, 600],
    [{}, 600],
    [true, 600],
    [1e300, 600],
    ['9'.repeat(20), 600],
  ])('expires_in: %j is %d', async (expiresIn, seconds) => {
    expect(
      (await challengedUntil('2022-02-15T15:36:53.274Z', undefined, { expires_in: expiresIn })).expiresIn,
    ).toBe(seconds);
  });

  it('is not made infinite by a number too large for JavaScript', async () => {
    const text = `{"challenge":{"id":"${CHALLENGE}","expires_in":1e999,"created_at":1e999},"valid":true,"attempts_remaining":1e999}`;
    expect(await verifiedText(text)).toEqual({ challenge: { id: CHALLENGE }, valid: true });
  });
});

describe('success is one thing only', () => {
  it('`valid: true` for the challenge that was sent', async () => {
    expect(await verified(valid)).toEqual({ challenge: { id: CHALLENGE, factorId: FACTOR }, valid: true });
    expect((await verified({ challenge, valid: false })).valid).toBe(false);
  });

  it.each<[string, unknown]>([
    ['"true"', 'true'],
    ['"True"', 'True'],
    ['1', 1],
    ['"1"', '1'],
    ['0', 0],
    ['"false"', 'false'],
    ['{}', {}],
    ['an object', { valid: true }],
    ['[]', []],
    ['[true]', [true]],
    ['null', null],
    ['""', ''],
    ['nothing', undefined],
  ])('not %s', async (_what, value) => {
    expect(await errorOf(verified({ challenge, valid: value }))).toMatchObject({
      code: 'bad_response',
      status: 201,
    });
  });

  it.each<[string, unknown]>([
    ['true', true],
    ['a text', 'valid'],
    ['null', null],
    ['nothing', {}],
    ['a list', [valid]],
    ['valid alone', { valid: true }],
    ['valid inside the challenge', { challenge: { ...challenge, valid: true } }],
    ['valid beside the challenge’s fields', { ...challenge, valid: true }],
    ['another challenge', { challenge: { id: 'auth_challenge_other' }, valid: true }],
    ['another challenge’s wrong code', { challenge: { id: 'auth_challenge_other' }, valid: false }],
    ['a list of challenges', { challenge: [challenge], valid: true }],
    ['the challenge’s id alone', { challenge: CHALLENGE, valid: true }],
    ['another case of the id', { challenge: { id: CHALLENGE.toLowerCase() }, valid: true }],
    ['a blank behind the id', { challenge: { id: `${CHALLENGE} ` }, valid: true }],
    ['the empty challenge of Go’s', { challenge: { id: '', created_at: '' }, valid: false }],
    ['no challenge', { challenge: null, valid: false }],
    ['an envelope that contradicts it', { valid: false, data: valid }],
    ['an envelope that says it without it', { valid: true, data: { challenge } }],
    [
      'other names',
      { challenge, is_valid: true, validity: true, success: true, verified: true, ok: true, result: 'valid' },
    ],
    ['depth', { data: { data: { data: { data: { data: { data: { data: valid } } } } } } }],
  ])('not %s', async (_what, body) => {
    expect((await errorOf(verified(body))).code).toBe('bad_response');
  });

  it.each([
    `{"challenge":{"id":"${CHALLENGE}"},"__proto__":{"valid":true}}`,
    `{"challenge":{"id":"${CHALLENGE}"},"constructor":{"prototype":{"valid":true}}}`,
    `{"__proto__":{"valid":true,"challenge":{"id":"${CHALLENGE}"}}}`,
    `{"valid":true,"challenge":{"__proto__":{"id":"${CHALLENGE}"}}}`,
    `{"valid":true,"__proto__":{"challenge":{"id":"${CHALLENGE}"}}}`,
  ])('not what is inherited: %s', async (text) => {
    expect((await errorOf(verifiedText(text))).code).toBe('bad_response');
    expect({}).not.toHaveProperty('valid');
  });

  it('not what a polluted page lends to every object', async () => {
    const lent = { valid: true, challenge, id: CHALLENGE };
    for (const [name, value] of Object.entries(lent)) {
      Reflect.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    }
    try {
      const missing = errorOf(verified({ challenge, attempts_remaining: 1 }));
      const empty = errorOf(verified({}));
      expect([(await missing).code, (await empty).code]).toEqual(['bad_response', 'bad_response']);
    } finally {
      for (const name of Object.keys(lent)) Reflect.deleteProperty(Object.prototype, name);
    }
  });

  it('nothing that came with a failure', async () => {
    for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 503]) {
      expect((await errorOf(verify(proxyAnswering(valid, { status })))).status).toBe(status);
    }
  });

  it('the last of two `valid` in one text, as in all of JSON', async () => {
    const text = `{"challenge":{"id":"${CHALLENGE}"},"valid":true,"valid":false}`;
    expect((await verifiedText(text)).valid).toBe(false);
  });

  it.each([
    [3, 3],
    [0, 0],
    [-1, undefined],
    [1.5, undefined],
    ['3', undefined],
    [null, undefined],
    [[3], undefined],
  ])('and tells the tries left: %j is %j', async (wire, left) => {
    expect((await verified({ challenge, valid: false, attempts_remaining: wire })).attemptsRemaining).toBe(
      left,
    );
  });
});
