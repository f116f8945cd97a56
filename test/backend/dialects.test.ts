import { expect, describe, it } from 'vitest';

import { createHttpBackend } from '../../src/backend/create-http-backend.js';
import type { MfaBackend } from '../../src/backend/mfa-backend.js';
import { MfaError } from '../../src/backend/mfa-error.js';

interface Dialect {
  dialect: string;
  bodies: Record<string, unknown>;
}

const files = import.meta.glob<Dialect>('./dialects/*.json', { eager: true, import: 'default' });

const TOTP = 'auth_factor_01FVYZ5QM8N98T9ME5BCB2BBMJ';
const SMS = 'auth_factor_01FZ8HVEV5XV0YQ0ENHWM14CCB';
const GENERIC = 'auth_factor_01FZ4WMXXA09XF6NK1XMKNWB3M';
const CHALLENGE = 'auth_challenge_01FVYZWQTZQ5VB6BC5MPG2EYC5';
const PHONE = '+15005550006';
const SECRET = 'NAGCCFS3EYRB422HNAKAKY3XDUORMSRF';

/** The status each recorded error came with, or, for a body that is an error inside a 200, that 200. */
const STATUS: [name: RegExp, status: number][] = [
  [/returned-as-object/, 200],
  [/NO_ERROR_RETURNED/, 200],
  [/invalid-phone|already-verified|verify-expired|validation/, 422],
  [/mfa_challenge|mfa_enrollment/, 403],
  [/unauthorized/, 401],
  [/not-found/, 404],
  [/too-many-attempts|totp-grant/, 400],
  [/rate-limit/, 429],
];

/** What each kind of failure must become. */
const CODES: [name: RegExp, code: string][] = [
  // No code, only an English sentence, which is not read; for Go not even that.
  [/returned-as-object__unauth|NO_ERROR_RETURNED/, 'bad_response'],
  [/invalid-phone/, 'invalid_phone_number'],
  [/validation/, 'invalid_request'],
  [/mfa_challenge|mfa_enrollment/, 'forbidden'],
  [/unauthorized/, 'unauthenticated'],
  [/already-verified|__verified/, 'challenge_used'],
  [/expired/, 'challenge_expired'],
  [/not-found|__nope/, 'not_found'],
  [/too-?many/, 'too_many_attempts'],
  [/rate-limit/, 'rate_limited'],
];

/** Bodies that no reader could use, each with its reason. Nothing else may be left out of the tables below. */
const UNREADABLE: [name: RegExp, reason: string][] = [
  [/^ruby.* um-list\.json-generate-object$/, 'a Ruby object’s inspect text: the factors are not in it'],
];

/** Bodies that never leave a host, because the SDK or the serialiser raises and nothing is written. */
const PYDANTIC = 'Flask’s jsonify cannot serialise the SDK’s pydantic models';
const NOT_SENT: Record<string, string> = {
  'js-node-sdk-8.13.0 um-list__THROWS': 'the SDK cannot read a list with an SMS factor in it',
  'python-v10.2.0 um-list': 'the SDK’s page of factors has no to_dict()',
  'python-v10.2.0 um-list.flask-jsonify-object': 'the SDK’s page of factors holds a function',
  'python-v5.46.0 challenge-generic_otp.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 challenge-sms.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 challenge-totp.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 factor-generic_otp-get': 'the SDK cannot read a factor of this type',
  'python-v5.46.0 factor-sms-enrolled.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 factor-sms-get.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 factor-totp-enrolled.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 factor-totp-get.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 um-enroll.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 um-list.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 verify-invalid.flask-jsonify-object': PYDANTIC,
  'python-v5.46.0 verify-valid.flask-jsonify-object': PYDANTIC,
  'ruby-v5.31.1 factor-totp-enrolled.json-generate-object':
    'the SDK’s to_json gives a Hash, which JSON.generate refuses',
  'ruby-v5.31.1 factor-totp-enrolled.to_json':
    'a Hash, which is no text yet; as JSON it is factor-totp-enrolled',
};

/** What a host sends of a recorded exception: the serialised exception, not the recorder's notes around it. */
function sent(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  if ('json.Marshal(err)' in body) return body['json.Marshal(err)']; // Go
  if ('public_props' in body) return body.public_props; // PHP
  if ('attrs' in body) return body.attrs; // Python
  if ('json' in body && 'class' in body) return body.json; // Node
  return body;
}

const find = <T>(table: [RegExp, T][], name: string) => table.find(([pattern]) => pattern.test(name))?.[1];

function backendAnswering(body: unknown, status: number): MfaBackend {
  return createHttpBackend({
    baseUrl: 'https://app.example/api/mfa',
    fetch: () => Promise.resolve(Response.json(body, { status })),
  });
}

const rows = Object.entries(files).flatMap(([path, { bodies }]) =>
  Object.entries(bodies).map(([name, body]) => {
    const dialect = path.replace(/^.*\/|\.json$/g, '');
    return { title: `${dialect} ${name}`, dialect, name, body };
  }),
);
const readable = rows.filter(
  ({ title, name }) => !find(UNREADABLE, title) && !Object.hasOwn(NOT_SENT, title) && name !== 'delete',
);
const rowsNamed = (pattern: RegExp) => readable.filter(({ name }) => pattern.test(name));

const totpFactor = (dialect: string) => ({
  id: TOTP,
  type: 'totp',
  status: 'unknown',
  ...DATES,
  // Go v6 and older drop the issuer and the account.
  ...(dialect === 'go-v6.5.0' ? {} : { totp: { issuer: 'Foo Corp', user: 'alan.turing@example.com' } }),
});
// PHP's toArray() loses the number of a factor that was not just enrolled, Java v4's user management always does.
const smsFactor = (name: string, dialect: string) => ({
  id: SMS,
  type: 'sms',
  status: 'unknown',
  ...DATES,
  ...(/get\.toArray|map-toArray/.test(name) || (dialect.startsWith('java-v4') && name === 'um-list')
    ? {}
    : { sms: { phoneNumber: PHONE } }),
});
// Flask's jsonify writes dates as RFC 822, without milliseconds.
const DATES = {
  createdAt: expect.stringMatching(/^2022-02-15T15:14:19\.(392|000)Z$/),
  updatedAt: expect.stringMatching(/^2022-02-15T15:14:19\.(392|000)Z$/),
};
const challenge = (factorId: string, expires: boolean, own = true) => ({
  id: CHALLENGE,
  factorId,
  ...(own ? { createdAt: expect.stringMatching(/^2022-02-15T15:26:53\.(274|000)Z$/) } : {}),
  ...(expires
    ? {
        expiresAt: expect.stringMatching(/^2022-02-15T15:36:53\.(279|000)Z$/),
        expiresIn: expect.closeTo(600, 1),
      }
    : {}),
});
const totpSecret = (dialect: string) => ({
  secret: SECRET,
  qrCode: 'data:image/png;base64,iVBORw0KGgo=',
  uri: `otpauth://totp/FooCorp:alan.turing@example.com?secret=${SECRET}&issuer=FooCorp`,
  ...(dialect === 'go-v6.5.0' ? {} : { issuer: 'Foo Corp', user: 'alan.turing@example.com' }),
});

/** Fails on anything an answer carries beyond what is expected, `undefined` aside. */
const exactly = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('every recorded body becomes the same object', () => {
  it.each(rowsNamed(/^(factor-totp-enrolled|um-enroll|um-factor-with-secrets)/))(
    '$title',
    async ({ body, name, dialect }) => {
      const enrollment = await backendAnswering(body, 201).enrollFactor({ type: 'totp' });
      expect(exactly(enrollment)).toEqual({
        factor: totpFactor(dialect),
        totp: totpSecret(dialect),
        ...(name.startsWith('um-enroll') ? { challenge: challenge(TOTP, true) } : {}),
      });
    },
  );

  it.each(rowsNamed(/^factor-sms-enrolled/))('$title', async ({ body, name, dialect }) => {
    const enrollment = await backendAnswering(body, 201).enrollFactor({ type: 'sms', phoneNumber: PHONE });
    expect(exactly(enrollment)).toEqual({ factor: smsFactor(name, dialect) });
  });

  it.each(rowsNamed(/^factor-.*-get/))('$title, listed', async ({ body, name, dialect }) => {
    const factors = await backendAnswering({ data: [body] }, 200).listFactors();
    const expected = name.includes('generic_otp')
      ? { id: GENERIC, type: 'generic_otp', status: 'unknown', ...DATES }
      : name.includes('sms')
        ? smsFactor(name, dialect)
        : totpFactor(dialect);
    expect(exactly(factors)).toEqual([expected]);
  });

  it.each(rowsNamed(/^um-list(?!-empty)/))('$title', async ({ body, name, dialect }) => {
    const factors = await backendAnswering(body, 200).listFactors();
    const expected = [totpFactor(dialect), smsFactor(name, dialect)];
    // Recorded with one factor, the SMS one.
    const isShort = name === 'um-list.rails-render-json';
    expect(exactly(factors)).toEqual(isShort ? expected.slice(1) : expected);
  });

  it.each(rowsNamed(/^um-list-empty/))('$title', async ({ body }) => {
    expect(await backendAnswering(body, 200).listFactors()).toEqual([]);
  });

  it.each(rowsNamed(/^challenge-/))('$title', async ({ body, name }) => {
    const factorId = name.includes('sms') ? SMS : name.includes('totp') ? TOTP : GENERIC;
    const answer = await backendAnswering(body, 201).challengeFactor(factorId);
    expect(exactly(answer)).toEqual(challenge(factorId, !name.includes('totp')));
    expect(JSON.stringify(answer), 'the one-time code itself').not.toContain('541295');
  });

  it.each(rowsNamed(/^verify-(in)?valid/))('$title', async ({ body, name }) => {
    const answer = await backendAnswering(body, 201).verifyChallenge({
      challengeId: CHALLENGE,
      code: '123456',
    });
    expect(exactly(answer)).toEqual({
      challenge: challenge(SMS, true),
      valid: name.startsWith('verify-valid'),
    });
  });
});

describe('every recorded failure becomes the right error', () => {
  it.each(rowsNamed(/^error-.*totp-grant/))('$title is a wrong code', async ({ body }) => {
    const backend = backendAnswering(sent(body), 400);
    const attempt = backend.verifyChallenge({ challengeId: CHALLENGE, code: '123456' });
    expect((await attempt).valid).toBe(false);
  });

  it.each(rowsNamed(/^(error-(?!.*totp-grant)|verify-error)/))('$title', async ({ body, name }) => {
    const status = find(STATUS, name);
    expect(status, 'a status for this body').toBeDefined();
    const backend = backendAnswering(sent(body), status ?? 0);
    const attempt = backend.verifyChallenge({ challengeId: CHALLENGE, code: '123456' });
    const error = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(MfaError);
    expect(error).toMatchObject({ code: find(CODES, name) });
    expect(String(error), 'the server’s own words').not.toMatch(
      /Phone number is|could not be|Too many req|API key/i,
    );
  });
});

it('accounts for every recorded body', async () => {
  const tables =
    /^(factor-(totp|sms)-enrolled|factor-.*-get|um-(enroll|list|factor-with-secrets)|challenge-|verify-(in)?valid|error-|verify-error)/;
  const unaccounted = readable.filter(({ name }) => !tables.test(name)).map(({ title }) => title);
  expect(unaccounted).toEqual([]);

  const titles = rows.map(({ title }) => title);
  expect(titles).toEqual(expect.arrayContaining(Object.keys(NOT_SENT)));
  // Nothing but an empty body or `null` is ever sent for these.
  expect(titles.filter((title) => title.endsWith(' delete'))).toEqual([
    'go-v6.5.0 delete',
    'js-node-sdk-10.14.0 delete',
    'js-node-sdk-8.13.0 delete',
    'laravel-v5_php-v4 delete',
    'php-v4.29.0 delete',
    'python-v10.2.0 delete',
    'python-v5.46.0 delete',
  ]);
  await expect(backendAnswering(null, 200).deleteFactor(TOTP)).resolves.toBeUndefined();

  const left = rows.filter(({ title }) => find(UNREADABLE, title));
  expect(left).toHaveLength(UNREADABLE.length);
  for (const { body } of left) {
    await expect(backendAnswering(body, 200).listFactors()).rejects.toMatchObject({ code: 'bad_response' });
  }
  expect(Object.keys(files)).toHaveLength(19);
  expect(rows.length).toBeGreaterThan(380);
});
