// @vitest-environment node
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { bareRequest, expectContract, json, ORIGIN, WRITE_HEADERS } from '../mounted-handler.js';
import { MINUTE, OWNER, underAttack } from './under-attack.js';

/** The five addresses that the handler may ever ask of WorkOS. */
const UPSTREAM =
  /^(POST https:\/\/api\.workos\.com\/auth\/(factors\/enroll|factors\/[A-Za-z0-9_-]{1,128}\/challenge|challenges\/[A-Za-z0-9_-]{1,128}\/verify)|DELETE https:\/\/api\.workos\.com\/auth\/factors\/[A-Za-z0-9_-]{1,128})$/;

const encode = (text: string) => text.replace(/[./\\%]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
const ENCODINGS: ((text: string) => string)[] = [
  (text) => text,
  encode,
  (text) => encode(encode(text)),
  (text) => encode(encode(encode(text))),
  (text) => encode(text).toUpperCase(),
  (text) => text.replaceAll('.', '%c0%ae').replaceAll('/', '%c0%af'), // overlong UTF-8
  (text) => text.replaceAll('.', '%e0%80%ae').replaceAll('/', '%e0%80%af'),
  (text) => text.replaceAll('.', '%u002e').replaceAll('/', '%u2215'),
  (text) => text.replaceAll('.', '．').replaceAll('/', '／'),
  (text) => text.replaceAll('/', '\\'),
  (text) => text.replaceAll('/', ';/'),
  (text) => text.replaceAll('/', '//'),
  (text) => text.replaceAll('/', '/./'),
  (text) => text.replaceAll('/', '/\t'),
  (text) => `${text}%00`,
  (text) => `${text}%23`,
  (text) => `${text}?`,
];

it('leads nowhere, in no encoding and at no depth, also from an id that exists', async () => {
  const attacked = underAttack();
  const owner = attacked.as(OWNER);
  const { id } = await owner.enrolSms();
  const challengeId = await owner.challenge(id);
  attacked.requests.length = 0;
  const climb = fc
    .tuple(
      fc.constantFrom('factors', 'challenges'),
      fc.constantFrom('', id, challengeId),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(
        'auth/factors',
        'user_management/users/user_1',
        `factors/${id}`,
        `challenges/${challengeId}/verify`,
      ),
      fc.constantFrom(...ENCODINGS),
      fc.constantFrom('', '/challenge', '/verify'),
    )
    .map(
      ([collection, start, depth, target, encoded, end]) =>
        `/${collection}/${start}${encoded(`/${'../'.repeat(depth)}${target}`)}${end}`,
    );
  await fc.assert(
    fc.asyncProperty(climb, fc.constantFrom('GET', 'POST', 'DELETE'), async (path, method) => {
      const body = method === 'POST' ? '{"code":"123456"}' : undefined;
      const headers = { ...WRITE_HEADERS, Cookie: encodeURIComponent(JSON.stringify(OWNER)) };
      const request = bareRequest(`${ORIGIN}/api/mfa${path}`, { method, headers, body });
      const response = await attacked.handle(request);
      const text = await response.text();
      expect(response.status).toBe(404);
      expectContract({ status: 404, headers: response.headers, text, body: JSON.parse(text) });
    }),
    { numRuns: 400 },
  );
  expect(attacked.requests).toEqual([]);
});

it('out of an answer of WorkOS’s leads nowhere either: what is asked next stays below /auth', async () => {
  const attacked = underAttack();
  const owner = attacked.as(OWNER);
  const at = '2026-03-01T12:00:00.000Z';
  const hostile = fc.oneof(
    fc.constantFrom('..', '../..', 'x/../../y', '.', '', 'a?b', 'a#b', 'a%2f', '\n', 'a b', '//evil.example'),
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom(...ENCODINGS).map((encoded) => encoded('auth_factor_1/../../users')),
  );
  await fc.assert(
    fc.asyncProperty(hostile, fc.nat(), async (id, salt) => {
      attacked.upstream = () => json({ id, type: 'sms', created_at: at, updated_at: at }, 201);
      await owner.enrolSms();
      const factorId = `auth_factor_${salt}`;
      attacked.upstream = () =>
        json({ id: factorId, type: 'totp', created_at: at, updated_at: at, totp: TOTP }, 201);
      await owner.enrolTotp();
      attacked.upstream = () =>
        json({ id, authentication_factor_id: factorId, created_at: at, updated_at: at }, 201);
      const { body } = await owner.post(`/factors/${factorId}/challenge`);
      if (body.id !== undefined) await owner.verify(body.id, '123456');
      attacked.clock.now += 16 * MINUTE; // what is left is cleaned up by the next one
    }),
    { numRuns: 40 },
  );
  expect(attacked.requests.length).toBeGreaterThan(100);
  for (const { method, url } of attacked.requests) expect(`${method} ${url}`).toMatch(UPSTREAM);
});

const TOTP = {
  secret: 'NAGCCFS3EYRB422HNAKAKY3XDUORMSRF',
  uri: 'otpauth://totp/Foo:ada?secret=NAGCCFS3EYRB422HNAKAKY3XDUORMSRF',
  qr_code: 'data:image/png;base64,iVBORw0KGgo=',
};
