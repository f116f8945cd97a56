// @vitest-environment node
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { type Answer, bareRequest, ORIGIN, WRITE_HEADERS } from '../mounted-handler.js';
import { OWNER, underAttack } from './under-attack.js';

const COOKIE = encodeURIComponent(JSON.stringify(OWNER));

async function prepared() {
  const attacked = underAttack();
  const { id } = await attacked.as(OWNER).enrolSms();
  const challengeId = await attacked.as(OWNER).challenge(id);
  return Object.assign(attacked, { id, challengeId });
}

/** Never our fault: whatever a client sends is refused for a reason, or done. */
const expectNoFault = ({ status }: Answer) => {
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
};

// What holds for every answer, the form of errors included, is checked by `send`.
it('answers any address in the contract’s form, with no fault of its own', async () => {
  const attacked = await prepared();
  const { id, challengeId } = attacked;
  const piece = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '/',
        'api',
        'mfa',
        'factors',
        'challenges',
        'challenge',
        'verify',
        id,
        challengeId,
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '/api/mfa/factors',
        '//',
        '\\',
        '..',
        '.',
        '%2f',
        '%00',
        '?',
        '#',
        ';',
        '@',
        ':',
        '%',
        '%zz',
        '\u0000',
        '\n',
        '\ud800',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  );
  const url = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => `${ORIGIN}/api/mfa${pieces.join('')}`),
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constant(`${ORIGIN}/api/mfa/factors/${'a'.repeat(100_000)}`),
  );
  const method = fc.oneof(
    fc.constantFrom(
      'GET',
      'POST',
      'DELETE',
      'PUT',
      'PATCH',
      'HEAD',
      'OPTIONS',
      'TRACE',
      'get',
      'constructor',
      '',
    ),
    fc.string({ maxLength: 8 }),
  );
  await fc.assert(
    fc.asyncProperty(url, method, async (address, verb) => {
      const headers = { ...WRITE_HEADERS, Cookie: COOKIE };
      expectNoFault(
        await attacked.send(bareRequest(address, { method: verb, headers, body: '{"code":"123456"}' })),
      );
    }),
    { numRuns: 500 },
  );
});

it('answers any headers in the contract’s form, and believes none of them about who asks', async () => {
  const attacked = await prepared();
  const { id, challengeId } = attacked;
  const latin = fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
  });
  const value = (...known: string[]) =>
    fc.option(fc.oneof(fc.constantFrom(...known), latin), { nil: undefined });
  const headers = fc.record({
    'Content-Type': value('application/json', 'text/plain', 'application/json; charset=utf-8'),
    'Content-Length': value('0', '15', '99999999', '-1', 'x'),
    Origin: value(ORIGIN, 'null', 'https://evil.example'),
    'Sec-Fetch-Site': value('same-origin', 'same-site', 'cross-site', 'none'),
    'X-Requested-With': value('mfa-kit', 'XMLHttpRequest'),
    'Idempotency-Key': value('key', 'k'.repeat(10_240), ''),
    'X-Forwarded-For': value('203.0.113.1', '127.0.0.1'),
    Authorization: value('Bearer sk_test_51c8d2', 'Basic x'),
    Host: value('app.example', 'evil.example'),
    'Transfer-Encoding': value('chunked'),
    Expect: value('100-continue'),
    Range: value('bytes=0-1'),
    'If-None-Match': value('*'),
    Accept: value('text/html', '*/*'),
  });
  const target = fc.constantFrom<[string, string]>(
    ['GET', '/factors'],
    ['POST', '/factors'],
    ['POST', `/factors/${id}/challenge`],
    ['POST', `/challenges/${challengeId}/verify`],
    ['DELETE', '/factors/auth_factor_1'],
  );
  await fc.assert(
    fc.asyncProperty(headers, target, fc.boolean(), async (chosen, [method, path], isSignedIn) => {
      const sent = Object.entries(chosen).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      if (isSignedIn) sent.push(['Cookie', COOKIE]);
      const body = method === 'POST' ? '{"type":"x","code":"0000"}' : undefined;
      const answer = await attacked.send(
        bareRequest(`${ORIGIN}/api/mfa${path}`, { method, headers: sent, body }),
      );
      expectNoFault(answer);
      if (!isSignedIn) expect(answer.status).toBe(401);
    }),
    { numRuns: 400 },
  );
});

it('answers any body in the contract’s form, and takes none for more than it says', async () => {
  const attacked = await prepared();
  const { id, challengeId, calls } = attacked;
  attacked.requests.length = 0;
  const dangerous = fc.constantFrom(
    '{"__proto__":{"type":"totp","code":"123456"}}',
    '{"constructor":{"prototype":{"type":"totp"}}}',
    '{"type":"totp","__proto__":null}',
    '{"type":{"__proto__":"totp"}}',
    '{"code":"123456","code":1}',
    '{"type":"sms","phone_number":{"length":12}}',
    '{"code":"\\u0031\\u0032\\u0033\\ud800"}',
    '\ufeff{"code":"0000"}',
    '{"code":0e0}',
    `{"code":${'-'.repeat(100)}1}`,
    '{"a":['.repeat(1_000),
  );
  const body = fc.oneof(
    dangerous,
    fc.json({ maxDepth: 6 }),
    fc
      .record({ type: fc.jsonValue(), phone_number: fc.jsonValue(), code: fc.jsonValue() })
      .map((value) => JSON.stringify(value)),
    fc.nat(4_000).map((depth) => `{"code":${'['.repeat(depth)}${']'.repeat(depth)}}`),
    fc.double().map((value) => `{"code":${value}}`),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  const path = fc.constantFrom('/factors', `/factors/${id}/challenge`, `/challenges/${challengeId}/verify`);
  await fc.assert(
    fc.asyncProperty(path, body, async (address, raw) => {
      const answer = await attacked
        .as(OWNER)
        .post(address, undefined, { raw: new TextEncoder().encode(raw) });
      expectNoFault(answer);
      if (answer.body?.valid !== undefined) expect(answer.body.valid).toBe(false);
    }),
    { numRuns: 500 },
  );
  for (const name of ['type', 'code', 'phone_number', 'a']) expect(name in {}).toBe(false);
  expect(calls().filter((call) => call.endsWith('/verify')).length).toBeLessThanOrEqual(5);
});
