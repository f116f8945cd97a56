// @vitest-environment node
import { createMemoryStore, createMfaHandler, type MfaHandlerOptions } from 'mfa-kit/server';
import { expect, it } from 'vitest';

import { ADA, mountHandler } from './mounted-handler.js';

const GOOD: MfaHandlerOptions = {
  apiKey: 'sk_test_1',
  basePath: '/api/mfa',
  origins: ['https://app.example'],
  issuer: 'Foo Corp',
  user: () => null,
  store: createMemoryStore(),
};

it.each<object>([
  { apiKey: undefined },
  { apiKey: '' },
  { apiKey: 'sk_test_1\n' },
  { apiKey: 'sk test' },
  { basePath: undefined },
  { basePath: '' },
  { basePath: '/' },
  { basePath: 'api/mfa' },
  { basePath: '/api/mfa/' },
  { basePath: '/api//mfa' },
  { basePath: '/api/../mfa' },
  { basePath: '/api/mfa?x' },
  { basePath: 'https://app.example/api/mfa' },
  { origins: undefined },
  { origins: [] },
  { origins: 'https://app.example' },
  { origins: ['https://app.example/'] },
  { origins: ['app.example'] },
  { origins: ['*'] },
  { origins: ['null'] },
  { origins: ['https://*.app.example'] },
  { origins: ['https://app.example', 'ftp://app.example'] },
  { origins: ['HTTPS://app.example'] },
  { origins: ['https://app.example:443'] },
  { issuer: undefined },
  { issuer: ' ' },
  { user: undefined },
  { user: { id: 'x' } },
  { store: undefined },
  { store: null },
  { store: {} },
  { store: { ...createMemoryStore(), read: undefined } },
  { store: { ...createMemoryStore(), swap: undefined } },
  { store: { ...createMemoryStore(), swap: true } },
  { store: 'postgres://' },
  { basePath: 5n },
  { origins: [5n] },
  { sms: { template: '' } },
  { sms: { template: 'Your code' } },
  { sms: { template: 1 } },
  { sms: { template: null } },
  { sms: null },
  { sms: 'GB' },
  { sms: ['GB'] },
  { sms: { country: ['GB'] } },
  { sms: { countries: 'GB' } },
  { sms: { countries: [] } },
  { sms: { countries: null } },
  { sms: { countries: ['gb'] } },
  { sms: { countries: ['UK'] } },
  { sms: { countries: ['GB', 'XX'] } },
  { sms: { countries: ['GB', 44] } },
  { sms: { countries: ['__proto__'] } },
  { sms: { testNumbers: '+15005550006' } },
  { sms: { testNumbers: null } },
  { sms: { testNumbers: ['15005550006'] } },
  { sms: { testNumbers: ['+1 500 555 0006'] } },
  { sms: { testNumbers: ['+05005550006'] } },
  { sms: { testNumbers: [15005550006] } },
  { limits: null },
  { limits: 5 },
  { limits: [] },
  { limits: 'none' },
  { limits: { codesPerChalenge: 3 } },
  { limits: { toString: 3 } },
  { apiUrl: 'api.workos.com' },
  { apiUrl: 'http://api.workos.com' },
  { apiUrl: 'http://localhost.evil.example' },
  { apiUrl: 'https://user:pass@api.workos.com' },
  { apiUrl: 'https://api.workos.com?x=1' },
  { apiUrl: 'file:///etc/passwd' },
  { fetch: 'fetch' },
  { now: 1 },
  { fetch: null },
  { now: null },
  { onVerified: true },
  { onVerified: null },
  { onEvent: 'console.log' },
  { onEvent: null },
  { onError: null },
  { limits: { codeReuseSeconds: 89 } }, // WorkOS would take the code once more
])('tells the developer at the start what is wrong with %o', (wrong) => {
  const create = () => createMfaHandler({ ...GOOD, ...wrong });
  expect(create).toThrow(/^createMfaHandler was given .+\. .+\. Write .+\.$/);
});

const COUNTS = ['codesPerChallenge', 'factorsPerUser', 'pendingSeconds', 'stepUpSeconds', 'codeReuseSeconds'];
const RATES = [
  'wrongCodesPerUser',
  'unjudgedCodesPerUser',
  'challengesPerUser',
  'enrollmentsPerUser',
  'messagesPerUser',
  'messagesPerNumber',
  'messagesPerAddress',
  'messages',
];
const NO_COUNTS = [null, 0, -1, 1.5, NaN, Infinity, '5', true, 5n, [5], 2 ** 53, { count: 5, seconds: 60 }];
const NO_RATES = [
  null,
  5,
  'none',
  [],
  {},
  { count: 5 },
  { seconds: 60 },
  { count: 0, seconds: 60 },
  { count: 5, seconds: 0 },
  { count: 10_001, seconds: 60 }, // more than a record has room for
  { count: 5, seconds: NaN },
  { count: Infinity, seconds: 60 },
  { count: 5n, seconds: 60 },
  { count: '5', seconds: '60' },
  [{ count: 5, seconds: 60 }, null],
  [[{ count: 5, seconds: 60 }]],
];

it.each([
  ...COUNTS.flatMap((name) => NO_COUNTS.map((value) => [name, value] as const)),
  ...RATES.flatMap((name) => NO_RATES.map((value) => [name, value] as const)),
])('takes no limit %s of %s: it would never be reached, or never be passed', (name, value) => {
  const limits = { [name]: value } as object;
  const said = new RegExp(
    `^createMfaHandler was given the limit ${name}: .+\\. .+\\. Write ${name}: .+, .+ from (1|90)(, with a count of 10000 at most)?\\.$`,
  );
  expect(() => createMfaHandler({ ...GOOD, limits })).toThrow(said);
});

it.each([
  [{ codesPerChallenge: Infinity }, 'the limit codesPerChallenge: Infinity.'],
  [{ codesPerChallenge: 5n }, 'the limit codesPerChallenge: 5.'],
  [{ messages: { count: 5 } }, 'the limit messages: {"count":5}.'],
  [{ messagesPerHour: 3 }, 'limits.messagesPerHour, which is no option.'],
])('says which limit is none: %o', (limits, said) => {
  expect(() => createMfaHandler({ ...GOOD, limits: limits as object })).toThrow(said);
});

it.each([undefined, null, 'sk_test_1'])(
  'tells the developer what to write when called with %j',
  (options) => {
    const create = () => createMfaHandler(options as unknown as MfaHandlerOptions);
    expect(create).toThrow(
      /^createMfaHandler was given no options\. .+\. Write createMfaHandler\(\{ apiKey, .+\.$/,
    );
  },
);

it('does not repeat the key when it complains of it', () => {
  expect(() => createMfaHandler({ ...GOOD, apiKey: 'sk_live_51 c8d2' })).toThrow(/^(?!.*51 c8d2)/);
});

it.each([
  {},
  { apiUrl: 'https://api.workos.com/' },
  { apiUrl: 'http://localhost:4010' },
  { apiUrl: 'http://127.0.0.1:4010' },
  { apiUrl: 'http://[::1]:4010' },
  { apiUrl: 'http://emulator.test', fetch: async () => new Response() },
  { basePath: '/mfa' },
  { basePath: '/v1.2/api-x/_mfa' },
  { origins: ['http://localhost:5173', 'https://app.example:8443'] },
  { sms: {} },
  { sms: { template: '{{code}}' } },
  { sms: { template: undefined, countries: undefined, testNumbers: undefined } },
  { sms: { countries: ['GB', 'US'], testNumbers: ['+15005550006', '+15555555555'] } },
  { sms: { countries: ['AX', 'SJ', 'TA', 'XK'], testNumbers: [] } },
  { limits: {} },
  { limits: undefined, onEvent: undefined },
  { limits: { codesPerChallenge: 1, factorsPerUser: undefined, messages: { count: 1, seconds: 1 } } },
  {
    limits: {
      messagesPerUser: [
        { count: 1, seconds: 60 },
        { count: 9, seconds: 86_400 },
      ],
    },
  },
  { onVerified: () => {}, onEvent: async () => {} },
  { sms: undefined, now: undefined, fetch: undefined, apiUrl: undefined, onVerified: undefined },
])('takes %j', (right) => {
  expect(createMfaHandler({ ...GOOD, ...right })).toBeTypeOf('function');
});

it('is not moved by a list of origins that changes later', async () => {
  const origins = ['https://app.example'];
  const handle = createMfaHandler({ ...GOOD, origins, user: () => ({ id: 'ada', label: 'ada' }) });
  origins.push('https://evil.example');
  const headers = {
    Origin: 'https://evil.example',
    'X-Requested-With': 'mfa-kit',
    'Content-Type': 'application/json',
  };
  const request = new Request('https://app.example/api/mfa/factors', { method: 'POST', headers, body: '{}' });
  expect((await handle(request)).status).toBe(403);
});

it('is not moved by lists of countries, numbers and rules that change later', async () => {
  const countries = ['GB'];
  const testNumbers = ['+15005550006'];
  const messages = [{ count: 1, seconds: 3600 }];
  const mounted = mountHandler({ sms: { countries, testNumbers }, limits: { messages } });
  countries.push('FR');
  testNumbers.push('+15005550007');
  messages[0]!.count = 100;
  messages.length = 0;
  const ada = mounted.as(ADA);
  const enrol = (phone_number: string) => ada.post('/factors', { type: 'sms', phone_number });
  expect((await enrol('+33612345678')).status).toBe(422);
  expect((await enrol('+15005550007')).status).toBe(422);
  const { body } = await enrol('+15005550006');
  expect((await ada.post(`/factors/${body.id}/challenge`)).status).toBe(201);
  mounted.clock.now += 60_000;
  expect((await ada.post(`/factors/${body.id}/challenge`)).status).toBe(429);
});
