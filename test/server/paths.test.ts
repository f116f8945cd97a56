// @vitest-environment node
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import {
  ADA,
  bareRequest,
  EVE,
  expectContract,
  mountHandler,
  ORIGIN,
  WRITE_HEADERS,
} from './mounted-handler.js';

const HOSTILE_IDS = [
  '',
  '.',
  '..',
  '...',
  '%2e%2e',
  '%2E%2E%2F',
  '.%2e',
  '%252e%252e',
  '..%2f..%2fusers',
  '..%5c..%5cusers',
  '..%c0%af',
  '%c0%ae%c0%ae',
  '%e0%80%ae',
  'auth_factor_1%2fchallenge',
  'auth_factor_1%2Fenroll',
  'auth_factor_1%3fx=1',
  'auth_factor_1%23',
  'auth_factor_1;x=1',
  'auth_factor_1%00',
  'auth_factor_1%0d%0aX-Evil:1',
  'auth_factor_1%20',
  '%20auth_factor_1',
  'auth_factor_1\\..',
  'auth_factor_１',
  'аuth_factor_1', // a Cyrillic а
  'auth_factor_1\u200b',
  'auth_factor_1%E2%80%AE',
  'auth_factor_1.',
  'auth_factor_1~',
  'auth:factor',
  'auth@factor',
  'auth_factor_1,auth_factor_2',
  'a'.repeat(129),
  '__proto__%00',
];

it.each(HOSTILE_IDS)('asks nobody about the id %j', async (id) => {
  const { handle, requests } = mountHandler();
  for (const [method, path] of [
    ['GET', `/factors/${id}`],
    ['DELETE', `/factors/${id}`],
    ['POST', `/factors/${id}/challenge`],
    ['POST', `/challenges/${id}/verify`],
  ] as const) {
    const headers = { ...WRITE_HEADERS, Cookie: ADA.id };
    const init = { method, headers, ...(method === 'POST' && { body: '{"code":"123456"}' }) };
    const url = `${ORIGIN}/api/mfa${path}`;
    // As a URL parser leaves it, and as an adapter may hand it on: unparsed.
    for (const request of [new Request(url, init), bareRequest(url, init)]) {
      const response = await handle(request);
      // A URL parser may have made a shorter path of it, one that exists and takes other methods.
      const isShorter =
        new URL(url).pathname.split('/').length !== `/api/mfa${path}`.split('/').length || id === '';
      expect(isShorter ? [404, 405] : [404]).toContain(response.status);
    }
  }
  expect(requests).toEqual([]);
});

it.each([
  '/factors/',
  '//factors',
  '/factors//',
  '/factors/auth_factor_1/',
  '/factors/auth_factor_1//challenge',
  '/factors/auth_factor_1/challenge/',
  '/factors/auth_factor_1/challenge/x',
  '/factors/auth_factor_1/verify',
  '/factors/enroll/x/y',
  '/challenges',
  '/challenges/auth_challenge_1',
  '/challenges/auth_challenge_1/verify/',
  '/challenges/auth_challenge_1/challenge',
  '/Factors',
  '/factors%2f',
  '/%66actors',
  '/factors%00',
  '\\factors',
  '/x/../../../factors',
  '',
  '/',
  '/auth/factors/enroll',
  '/__proto__',
  '/constructor',
])('knows no address %j', async (path) => {
  const { handle, requests } = mountHandler();
  for (const method of ['GET', 'POST', 'DELETE']) {
    const headers = { ...WRITE_HEADERS, Cookie: ADA.id };
    const request = bareRequest(`${ORIGIN}/api/mfa${path}`, { method, headers });
    expect((await handle(request)).status).toBe(404);
  }
  expect(requests).toEqual([]);
});

it.each([
  '/factors',
  '/api/factors',
  '/api/mfa2/factors',
  '/api/mfax/factors',
  '/API/MFA/factors',
  '/x/api/mfa/factors',
  '/api/mfa%2ffactors',
])('answers only below its base path, not at %s', async (path) => {
  const { handle } = mountHandler();
  const headers = { Cookie: ADA.id };
  expect((await handle(new Request(`${ORIGIN}${path}`, { headers }))).status).toBe(404);
});

it('reads the path and nothing else of an address', async () => {
  const { handle } = mountHandler();
  const headers = { Cookie: ADA.id };
  for (const url of ['http://internal:3000/api/mfa/factors', `${ORIGIN}/api/mfa/factors?a=/../x#/y`]) {
    expect((await handle(new Request(url, { headers }))).status).toBe(200);
  }
  for (const url of [
    `${ORIGIN}/x?/api/mfa/factors`,
    `${ORIGIN}/#/api/mfa/factors`,
    `${ORIGIN}?/api/mfa/factors`,
  ]) {
    expect((await handle(bareRequest(url, { headers }))).status).toBe(404);
  }
});

it.each([
  ['PUT', '/factors', 'GET, POST'],
  ['DELETE', '/factors', 'GET, POST'],
  ['POST', '/factors/auth_factor_1', 'GET, DELETE'],
  ['PATCH', '/factors/auth_factor_1', 'GET, DELETE'],
  ['GET', '/factors/auth_factor_1/challenge', 'POST'],
  ['GET', '/challenges/auth_challenge_1/verify', 'POST'],
  ['toString', '/factors', 'GET, POST'],
  ['get ', '/factors', 'GET, POST'],
])('says what %s %s takes instead', async (method, path, allow) => {
  const { handle } = mountHandler();
  const headers = { ...WRITE_HEADERS, Cookie: ADA.id };
  const response = await handle(bareRequest(`${ORIGIN}/api/mfa${path}`, { method, headers }));
  expect(response.status).toBe(405);
  expect(response.headers.get('Allow')).toBe(allow);
});

const header = (values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

it('answers any request in the contract’s form, and asks WorkOS only about what the user owns', async () => {
  const mounted = mountHandler();
  const { id } = await mounted.as(ADA).enrolSms();
  const challengeId = await mounted.as(ADA).challenge(id);
  const before = mounted.requests.length;
  const segment = fc.oneof(
    fc.constantFrom(
      'factors',
      'challenges',
      'challenge',
      'verify',
      'enroll',
      '',
      '.',
      '..',
      '%2e%2e',
      '%2f',
      '\\',
    ),
    fc.constantFrom(id, challengeId, `${id}%00`, `${id}/..`),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(segment, { maxLength: 5 }),
      fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'constructor', ''),
      fc.record({
        Cookie: header([EVE.id, 'user_nobody']),
        Origin: header([ORIGIN, 'null', 'https://evil.example']),
        'Sec-Fetch-Site': header(['same-origin', 'cross-site']),
        'X-Requested-With': header(['mfa-kit']),
        'Content-Type': header(['application/json', 'text/plain']),
      }),
      fc.oneof(
        fc.constant(undefined),
        fc.json(),
        fc.string(),
        fc.record({ code: fc.anything() }).map((body) => JSON.stringify(body)),
      ),
      async (segments, method, sent, body) => {
        const headers = Object.entries(sent).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        );
        const url = `${ORIGIN}/api/mfa/${segments.join('/')}`;
        const response = await mounted.handle(bareRequest(url, { method, headers, body }));
        const text = await response.text();
        expect(response.status).toBeLessThan(500);
        expectContract({
          status: response.status,
          headers: response.headers,
          text,
          body: text && JSON.parse(text),
        });
        expect(text).not.toContain(id);
      },
    ),
    { numRuns: 600 },
  );
  expect(mounted.requests).toHaveLength(before);
});
