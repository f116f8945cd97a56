// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { ADA, mountHandler, ORIGIN } from './mounted-handler.js';

type Headers = Record<string, string | undefined>;

const REFUSED: [attack: string, headers: Headers][] = [
  ['a page of another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
  ['a page of another site, its origin hidden', { 'Sec-Fetch-Site': 'cross-site', Origin: undefined }],
  ['a sibling subdomain', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://evil.app.example' }],
  ['a sibling subdomain that claims our origin', { 'Sec-Fetch-Site': 'same-site' }],
  ['an address typed or a bookmark', { 'Sec-Fetch-Site': 'none', Origin: undefined }],
  ['a sandboxed frame', { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' }],
  ['a sandboxed frame in an old browser', { 'Sec-Fetch-Site': undefined, Origin: 'null' }],
  ['another origin in an old browser', { 'Sec-Fetch-Site': undefined, Origin: 'https://evil.example' }],
  ['another origin that says same-origin', { Origin: 'https://evil.example' }],
  ['our host on another port', { 'Sec-Fetch-Site': undefined, Origin: `${ORIGIN}:8443` }],
  ['our host without TLS', { 'Sec-Fetch-Site': undefined, Origin: 'http://app.example' }],
  ['our origin as a prefix', { 'Sec-Fetch-Site': undefined, Origin: `${ORIGIN}.evil.example` }],
  ['our origin with a slash', { 'Sec-Fetch-Site': undefined, Origin: `${ORIGIN}/` }],
  ['our origin in capitals', { 'Sec-Fetch-Site': undefined, Origin: ORIGIN.toUpperCase() }],
  ['two origins', { 'Sec-Fetch-Site': undefined, Origin: `${ORIGIN}, https://evil.example` }],
  ['an empty origin', { 'Sec-Fetch-Site': undefined, Origin: '' }],
  ['an empty Sec-Fetch-Site', { 'Sec-Fetch-Site': '' }],
  ['two values of Sec-Fetch-Site', { 'Sec-Fetch-Site': 'same-origin, cross-site' }],
  ['a form, which says neither where it is from', { 'Sec-Fetch-Site': undefined, Origin: undefined }],
  ['a request without the header that needs a preflight', { 'X-Requested-With': undefined }],
  ['a library that sends its own such header', { 'X-Requested-With': 'XMLHttpRequest' }],
];

describe.each([
  ['POST', '/factors', { type: 'totp' }],
  ['POST', '/factors/:id/challenge', {}],
  ['POST', '/challenges/:id/verify', { code: '123456' }],
  ['DELETE', '/factors/:id', undefined],
] as const)('%s %s', (method, path, body) => {
  it.each(REFUSED)('refuses %s', async (_attack, headers) => {
    const { as, requests } = mountHandler();
    const ada = as(ADA);
    const { id } = await ada.enrolSms();
    const target = path.startsWith('/challenges') ? await ada.challenge(id) : id;
    const before = requests.length;
    const answer = await ada.call(method, path.replace(':id', target), body, { headers });
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect(requests).toHaveLength(before);
  });
});

it.each([
  ['both headers', {}],
  ['Sec-Fetch-Site alone', { Origin: undefined }],
  ['Origin alone (Safari before 16.4)', { 'Sec-Fetch-Site': undefined }],
] as [string, Headers][])('takes our own page’s write with %s', async (_what, headers) => {
  const { as } = mountHandler();
  expect(
    (await as(ADA).post('/factors', { type: 'sms', phone_number: '+15005550006' }, { headers })).status,
  ).toBe(201);
});

it('takes each configured origin', async () => {
  const { as } = mountHandler({ origins: [ORIGIN, 'http://localhost:5173'] });
  const headers = { Origin: 'http://localhost:5173' };
  expect(
    (await as(ADA).post('/factors', { type: 'sms', phone_number: '+15005550006' }, { headers })).status,
  ).toBe(201);
});

it.each([
  'text/plain',
  'text/plain;charset=UTF-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'application/json-patch+json',
  'application/json, text/plain',
  'text/plain; application/json',
  'application/json; charset=utf-16',
  'application/json; boundary=x',
  'json',
  '',
])('refuses a body sent as %j', async (type) => {
  const { as, requests } = mountHandler();
  const ada = as(ADA);
  const { status, body } = await ada.post(
    '/factors',
    { type: 'totp' },
    { headers: { 'Content-Type': type } },
  );
  expect([status, body.code]).toEqual([415, 'invalid_request']);
  expect(requests).toEqual([]);
});

it('refuses a POST without a content type', async () => {
  const { as } = mountHandler();
  const raw = new TextEncoder().encode('{"type":"totp"}'); // bytes: a string would get a type of its own
  const { status } = await as(ADA).post('/factors', undefined, {
    raw,
    headers: { 'Content-Type': undefined },
  });
  expect(status).toBe(415);
});

it.each([
  'application/json',
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json; charset="UTF-8"',
])('takes a body sent as %s', async (type) => {
  const { as } = mountHandler();
  const headers = { 'Content-Type': type };
  const sms = { type: 'sms', phone_number: '+15005550006' };
  expect((await as(ADA).post('/factors', sms, { headers })).status).toBe(201);
});

// Some clients put one on everything they send.
it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded'])(
  'does not care for the content type %j of what only reads',
  async (type) => {
    const { as } = mountHandler();
    const { id } = await as(ADA).enrolSms();
    const headers = { 'Content-Type': type };
    expect((await as(ADA).get('/factors', { headers })).status).toBe(200);
    expect((await as(ADA).get(`/factors/${id}`, { headers })).status).toBe(200);
  },
);

it.each([
  [undefined, 204],
  ['application/json', 204],
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
])('answers a DELETE of content type %j with %i', async (type, status) => {
  const { as } = mountHandler();
  const { id } = await as(ADA).enrolSms();
  expect((await as(ADA).delete(`/factors/${id}`, { headers: { 'Content-Type': type } })).status).toBe(status);
});

it('grants no preflight, and answers no HEAD', async () => {
  const { as } = mountHandler();
  const preflight = {
    Origin: 'https://evil.example',
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'x-requested-with, content-type',
  };
  for (const user of [null, ADA]) {
    const asked = await as(user).call('OPTIONS', '/factors', undefined, { headers: preflight });
    expect(asked.status).toBeGreaterThanOrEqual(401); // and no CORS header: every answer is checked for that
  }
  for (const method of ['OPTIONS', 'HEAD']) {
    expect((await as(ADA).call(method, '/factors')).status).toBe(405);
  }
});
