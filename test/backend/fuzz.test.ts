// @vitest-environment node
import { equal, match, ok } from 'node:assert/strict';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MfaBackend } from '../../src/backend/mfa-backend.js';
import { MfaError } from '../../src/backend/mfa-error.js';
import { CHALLENGE, FACTOR, proxySending } from './proxy-answering.js';

const ID = /^[A-Za-z0-9_-]{1,128}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

type Part = Record<string, unknown>;

const isLabel = (value: unknown) =>
  value === undefined || (typeof value === 'string' && value !== '' && Array.from(value).length <= 64);
const isInstant = (value: unknown) =>
  value === undefined || (typeof value === 'string' && INSTANT.test(value));
const isAmount = (value: unknown) =>
  value === undefined || (typeof value === 'number' && value >= 0 && value < 1e10);
const hasOnly = (value: object, ...names: string[]) =>
  Object.keys(value).every((name) => names.includes(name));

function isChallenge({ factorId = FACTOR, ...value }: Part) {
  ok(hasOnly(value, 'id', 'createdAt', 'expiresAt', 'expiresIn'));
  match(String(value.id), ID);
  match(String(factorId), ID);
  ok(isInstant(value.createdAt) && isInstant(value.expiresAt) && isAmount(value.expiresIn));
}

function isFactor(value: Part) {
  ok(hasOnly(value, 'id', 'type', 'status', 'createdAt', 'updatedAt', 'totp', 'sms'));
  match(String(value.id), ID);
  match(String(value.type), /^(totp|sms|generic_otp|webauthn|unknown)$/);
  match(String(value.status), /^(verified|pending|unknown)$/);
  ok(isInstant(value.createdAt) && isInstant(value.updatedAt));
  const { totp = {}, sms = { phoneNumber: 'x' } } = value;
  ok(isObject(totp) && hasOnly(totp, 'issuer', 'user') && isLabel(totp.issuer) && isLabel(totp.user));
  ok(
    isObject(sms) && hasOnly(sms, 'phoneNumber') && sms.phoneNumber !== undefined && isLabel(sms.phoneNumber),
  );
}

const isObject = (value: unknown): value is Part => typeof value === 'object' && value !== null;

function isSecret(value: unknown) {
  ok(isObject(value) && hasOnly(value, 'secret', 'qrCode', 'uri', 'issuer', 'user'));
  match(String(value.secret), /^[A-Z2-7]{8,128}$/);
  ok(typeof value.qrCode === 'string' && typeof value.uri === 'string');
  ok(isLabel(value.issuer) && isLabel(value.user));
}

/** Each call, resolving once what it brought is found to be of its type and nothing more. */
const CHECKED: ((backend: MfaBackend, body: string) => Promise<void>)[] = [
  async (backend) => (await backend.listFactors()).forEach((factor) => isFactor({ ...factor })),
  async (backend) => {
    const enrollment = await backend.enrollFactor({ type: 'totp' });
    ok(hasOnly(enrollment, 'factor', 'totp', 'challenge') && enrollment.factor.type === 'totp');
    isFactor({ ...enrollment.factor });
    isSecret(enrollment.totp);
    if (enrollment.challenge) isChallenge({ ...enrollment.challenge });
  },
  async (backend) => {
    const { factor, ...rest } = await backend.enrollFactor({ type: 'sms', phoneNumber: '+15005550006' });
    ok(hasOnly(rest, 'challenge') && factor.type === 'sms');
    isFactor({ ...factor });
  },
  async (backend) => {
    const challenge = await backend.challengeFactor(FACTOR);
    equal(challenge.factorId, FACTOR);
    isChallenge({ ...challenge });
  },
  async (backend, body) => {
    const verification = await backend.verifyChallenge({ challengeId: CHALLENGE, code: '123456' });
    ok(
      hasOnly(verification, 'challenge', 'valid', 'attemptsRemaining') &&
        isAmount(verification.attemptsRemaining),
    );
    equal(verification.challenge.id, CHALLENGE);
    isChallenge({ ...verification.challenge });
    if (verification.valid) match(body, /"[-_]*v[-_]*a[-_]*l[-_]*i[-_]*d[-_]*":true/i);
    else equal(verification.valid, false);
  },
  async (backend) => equal(await backend.deleteFactor(FACTOR), undefined),
];

/** Passes on everything but an error that the kit may give. */
function isMfaError(error: unknown): 'error' {
  if (!(error instanceof MfaError)) throw error;
  match(error.message, /^(The server answered with status \d{3}\.|The answer [a-z].*)$/);
  const { retryAfter = 1 } = error;
  ok(retryAfter >= 1 && retryAfter <= 3600);
  return 'error';
}

const NAMES =
  `id type status verified created_at updatedAt totp sms phone_number PhoneNumber issuer user secret qr_code uri
  factor authentication_factor Challenge challenge authenticationChallenge authentication_factor_id factorId expires_at expires_in
  valid Valid code Code errorCode error errors detail message data list raw rawData retry_after attempts_remaining
  __proto__ constructor prototype toString hasOwnProperty then`.split(/\s+/);

const word = fc.constantFrom(
  ...`${FACTOR} ${CHALLENGE} totp sms verified NAGCCFS3EYRB422H 2022-02-15T15:14:19Z 1644938059 true false
  entity_not_found invalid_one_time_code rate_limit_exceeded __proto__ ../x 1e999 \u202eFoo \ud800`.split(
    /\s+/,
  ),
  '',
  'x'.repeat(200),
);
const leaf = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 3, arbitrary: fc.boolean() },
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string({ unit: 'binary' }),
);

/** JSON that looks like answers: their names, their values, in the wrong places. As text, so that any name can stand. */
const { json: answerLike } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaf.map((value) => JSON.stringify(value)),
    fc.array(tie('json'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
    fc
      .array(
        fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.string()), tie('json')),
        {
          maxLength: 7,
        },
      )
      .map((entries) => `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${item}`).join()}}`),
  ),
}));

/** A good answer of one call with one place in it replaced. */
const GOOD = [
  { data: [{ id: FACTOR, type: 'sms', sms: { phone_number: '+15005550006' }, status: 'verified' }] },
  {
    factor: {
      id: FACTOR,
      type: 'totp',
      totp: { issuer: 'Foo', user: 'bar', secret: 'NAGCCFS3EYRB422H', qr_code: 'x', uri: 'y' },
    },
    challenge: { id: CHALLENGE, created_at: '2022-02-15T15:14:19Z', expires_at: '2022-02-15T15:24:19Z' },
  },
  { id: CHALLENGE, authentication_factor_id: FACTOR, expires_in: 600 },
  { challenge: { id: CHALLENGE, factor_id: FACTOR }, valid: true, attempts_remaining: 3 },
].map((body) => JSON.stringify(body));
const tampered = fc
  .tuple(
    fc.constantFrom(...GOOD),
    fc.nat(),
    fc.oneof(
      answerLike,
      leaf.map((value) => JSON.stringify(value)),
    ),
  )
  .map(([good, place, patch]) => {
    const values = Array.from(good.matchAll(/(?<=:)("[^"]*"|true|\d+|\{[^{}]*\})/g));
    const at = values[place % values.length];
    return at ? good.slice(0, at.index) + patch + good.slice(at.index + at[0].length) : good;
  });

const bodies: [string, fc.Arbitrary<string>, number][] = [
  ['any JSON', fc.json({ maxDepth: 6 }), 300],
  ['JSON in the contract’s words', answerLike, 1500],
  ['a good answer, tampered with', tampered, 1000],
  ['any text', fc.string({ unit: 'binary' }), 200],
];

describe('whatever a server answers, a call gives its own type or an MfaError', () => {
  it.each(bodies)('%s', async (_what, body, numRuns) => {
    const before = Reflect.ownKeys(Object.prototype);
    const outcomes = { ours: 0, error: 0 };
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(200, 201, 200, 400, 422, 500), async (text, status) => {
        const backend = proxySending(text, { status, headers: { 'Content-Type': 'application/json' } });
        for (const call of CHECKED) {
          outcomes[await call(backend, text).then(() => 'ours' as const, isMfaError)] += 1;
        }
      }),
      { numRuns },
    );
    expect(outcomes.error).toBeGreaterThan(numRuns);
    expect(outcomes.ours).toBeGreaterThan(0);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
  });
});
