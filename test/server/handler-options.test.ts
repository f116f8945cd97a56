// @vitest-environment node
import { createMemoryStore, createMfaHandler, type MfaHandlerOptions } from 'mfa-kit/server';
import { expect, it } from 'vitest';

const GOOD: MfaHandlerOptions = {
  apiKey: 'sk_test_1',
  basePath: '/api/mfa',
  origins: ['https://app.example'],
  issuer: 'Foo Corp',
  user: () => null,
  store: createMemoryStore(),
};

it.each([
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
  { store: { ...createMemoryStore(), markFactorVerified: undefined } },
  { sms: { template: '' } },
  { sms: { template: 'Your code' } },
  { sms: { template: 1 } },
  { apiUrl: 'api.workos.com' },
  { apiUrl: 'http://api.workos.com' },
  { apiUrl: 'http://localhost.evil.example' },
  { apiUrl: 'https://user:pass@api.workos.com' },
  { apiUrl: 'https://api.workos.com?x=1' },
  { apiUrl: 'file:///etc/passwd' },
  { fetch: 'fetch' },
  { now: 1 },
  { onVerified: true },
])('tells the developer at the start what is wrong with %j', (wrong) => {
  const create = () => createMfaHandler({ ...GOOD, ...(wrong as object) });
  expect(create).toThrow(/^createMfaHandler was given .+\. .+\. Write .+\.$/);
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
