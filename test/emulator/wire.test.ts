import { describe, expect, it } from 'vitest';

import { startEmulator, type Answer } from './emulator-client.js';
import recorded from './recorded-wire.json' with { type: 'json' };

const USER = 'user_01FVYZ5QM8N98T9ME5BCB2BBMJ';

/** Runs of letters and digits that differ from one call to the next, by what they are. */
const FORMS: [string, RegExp][] = [
  ['a factor id', /^auth_factor_01[0-9A-HJKMNP-TV-Z]{24}$/],
  ['a challenge id', /^auth_challenge_01[0-9A-HJKMNP-TV-Z]{24}$/],
  ['a date', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/],
  ['a secret', /^[A-Z2-7]{32}$/],
  ['a picture', /^data:image\/png;base64,iVBORw0KGgo[A-Za-z0-9+/]*=*$/],
  ['a code', /^\d{6}$/],
];

/** The names in their order, and every value that is the same in each call: two bodies of one form are equal in it. */
function form(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(form);
  if (typeof body === 'object' && body !== null) {
    return Object.entries(body).map(([name, value]) => [name, form(value)]);
  }
  if (typeof body === 'string' && body.startsWith('otpauth:')) {
    return body.replace(/(?<=\?secret=)[A-Z2-7]{32}(?=&)/, 'a secret');
  }
  return FORMS.find(([, pattern]) => typeof body === 'string' && pattern.test(body))?.[0] ?? body;
}

async function recordAll(): Promise<Record<keyof typeof recorded, Answer>> {
  const { emulator, call, post, get, enrollTotp, enrollSms, challenge, verify } = startEmulator();
  const totp = await enrollTotp();
  const sms = await enrollSms();
  const generic = await post('/auth/factors/enroll', { type: 'generic_otp' });
  const smsChallenge = await challenge(sms.body.id);
  const smsId: string = smsChallenge.body.id;
  const code = emulator.currentCode(sms.body.id);
  const verifyInvalid = await verify(smsId, 'wrong');
  const verifyValid = await verify(smsId, code);
  const alreadyVerified = await verify(smsId, code);
  const expired = await challenge(sms.body.id);
  emulator.expireChallenges();
  const locked = await challenge(sms.body.id);
  for (let attempt = 0; attempt < 10; attempt++) await verify(locked.body.id, 'wrong');
  const emptyList = await get(`/user_management/users/${USER}/auth_factors`);

  const answers = {
    'challenge-generic_otp': await challenge(generic.body.id),
    'challenge-sms': smsChallenge,
    'challenge-totp': await challenge(totp.body.id),
    'error-enroll-invalid-phone': await enrollSms('foo'),
    'error-unauthorized': await call('GET', '/auth/factors/x', undefined, { Authorization: 'Bearer nope' }),
    'error-verify-already-verified': alreadyVerified,
    'error-verify-expired': await verify(expired.body.id, '123456'),
    'error-verify-not-found': await verify('auth_challenge_nope', '123456'),
    'error-verify-too-many-attempts': await verify(locked.body.id, emulator.currentCode(sms.body.id)),
    'factor-generic_otp-get': await get(`/auth/factors/${generic.body.id}`),
    'factor-sms-enrolled': sms,
    'factor-sms-get': await get(`/auth/factors/${sms.body.id}`),
    'factor-totp-enrolled': totp,
    'factor-totp-get': await get(`/auth/factors/${totp.body.id}`),
    'um-enroll': await post(`/user_management/users/${USER}/auth_factors`, {
      type: 'totp',
      totp_issuer: 'Foo Corp',
      totp_user: 'alan.turing@example.com',
    }),
    'um-list': await get(`/user_management/users/${USER}/auth_factors`),
    'um-list-empty': emptyList,
    'verify-invalid': verifyInvalid,
    'verify-valid': verifyValid,
  };
  emulator.rateLimitFor(1);
  return { ...answers, 'error-rate-limit-429': await get('/auth/factors/x') };
}

const STATUS: Partial<Record<keyof typeof recorded, number>> = {
  'factor-generic_otp-get': 200,
  'factor-sms-get': 200,
  'factor-totp-get': 200,
  'um-list': 200,
  'um-list-empty': 200,
  'error-unauthorized': 401,
  'error-verify-not-found': 404,
  'error-enroll-invalid-phone': 422,
  'error-verify-already-verified': 422,
  'error-verify-expired': 422,
  'error-verify-too-many-attempts': 400,
  'error-rate-limit-429': 429,
};

/** The recording's ids in error messages are made up (`auth_challenge_expired`); ours are real. */
const withoutIds = (text: string) => text.replaceAll(/'auth_challenge_[^']+'/g, "'auth_challenge_…'");

describe('every answer has the form that WorkOS was recorded with', () => {
  const names = Object.keys(recorded).filter((name): name is keyof typeof recorded => name in recorded);

  it.each(names)('%s', async (name) => {
    const { body, status, headers } = (await recordAll())[name];
    const normalised: unknown = JSON.parse(withoutIds(JSON.stringify(body)));
    const expected: unknown = JSON.parse(withoutIds(JSON.stringify(recorded[name])));
    expect(form(normalised)).toEqual(form(expected));
    expect(status).toBe(STATUS[name] ?? 201);
    expect(headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  });
});

describe('ids and dates', () => {
  it('sort by the time they were made', async () => {
    const { clock, enrollSms } = startEmulator();
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      ids.push((await enrollSms()).body.id);
      clock.time += 86_400_000;
    }
    expect(ids.toSorted()).toEqual(ids);
  });

  it('never give one id twice within a millisecond', async () => {
    const { enrollSms } = startEmulator();
    const factors = await Promise.all(Array.from({ length: 200 }, () => enrollSms()));
    expect(new Set(factors.map(({ body }) => body.id)).size).toBe(200);
  });

  it("carry the emulator's clock, so that a test owns the time", async () => {
    const { clock, enrollTotp } = startEmulator();
    clock.time = Date.UTC(2030, 0, 2, 3, 4, 5, 6);
    expect((await enrollTotp()).body).toMatchObject({
      created_at: '2030-01-02T03:04:05.006Z',
      updated_at: '2030-01-02T03:04:05.006Z',
    });
  });
});
