// @vitest-environment node
import type { MfaUser } from 'mfa-kit/server';
import { afterEach, expect, it, vi } from 'vitest';

import { ADA, mountHandler } from './mounted-handler.js';

const ROUTES = [
  ['GET', '/factors'],
  ['POST', '/factors'],
  ['GET', '/factors/auth_factor_1'],
  ['DELETE', '/factors/auth_factor_1'],
  ['POST', '/factors/auth_factor_1/challenge'],
  ['POST', '/challenges/auth_challenge_1/verify'],
  ['GET', '/nothing/here'],
  ['PUT', '/factors'],
] as const;

it.each(ROUTES)('tells nobody anything at %s %s', async (method, path) => {
  const { as, requests } = mountHandler();
  const { status, body } = await as(null).call(method, path, method === 'GET' ? undefined : { type: 'totp' });
  expect([status, body.code]).toEqual([401, 'unauthenticated']);
  expect(requests).toEqual([]);
});

const FAILING: [what: string, user: () => any, status: number][] = [
  [
    'throws',
    () => {
      throw new Error('redis://secret@10.0.0.1 is down');
    },
    503,
  ],
  ['rejects', () => Promise.reject(new Error('redis://secret@10.0.0.1 is down')), 503],
  ['forgets to return', () => undefined, 401],
  ['returns no id', () => ({ label: 'ada' }), 500],
  ['returns an empty id', () => ({ id: '', label: 'ada' }), 500],
  ['returns a number for an id', () => ({ id: 1, label: 'ada' }), 500],
  ['returns no label', () => ({ id: 'user_ada' }), 500],
  ['returns true', () => true, 500],
  ['returns an id that is longer than a store has to take', () => ({ ...ADA, id: 'a'.repeat(256) }), 500],
  ['returns an empty label', () => ({ ...ADA, label: '' }), 500],
  // Sessions that were one and the same would share what one of them proved.
  ['returns a session id that is no text', () => ({ ...ADA, sessionId: { id: 1 } }), 500],
  ['returns a number for a session id', () => ({ ...ADA, sessionId: 7 }), 500],
  ['returns an empty session id', () => ({ ...ADA, sessionId: '' }), 500],
  ['returns a list of addresses', () => ({ ...ADA, clientIp: ['192.0.2.1', '192.0.2.2'] }), 500],
  ['returns an empty address', () => ({ ...ADA, clientIp: '' }), 500],
  [
    'returns what throws when it is looked at',
    () =>
      Object.defineProperty({ ...ADA }, 'sessionId', {
        get() {
          throw new Error('redis://secret@10.0.0.1 is down');
        },
      }),
    500,
  ],
];

it.each(FAILING)('lets nobody in when the host’s user function %s', async (_what, user, status) => {
  const { as, requests } = mountHandler({ user });
  for (const answer of [await as(ADA).get('/factors'), await as(ADA).post('/factors', { type: 'totp' })]) {
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/redis|secret|10\.0/);
  }
  expect(requests).toEqual([]);
});

it.each([
  ['the longest id there may be', { ...ADA, id: 'a'.repeat(255) }],
  ['neither session nor address', { id: 'user_ada', label: 'ada@example.com' }],
  ['session and address left undefined', { ...ADA, sessionId: undefined, clientIp: undefined }],
])('serves somebody with %s', async (_what, user) => {
  const { as } = mountHandler({ user: () => user });
  const { id } = await as(ADA).enrolSms();
  expect((await as(ADA).post(`/factors/${id}/challenge`)).status).toBe(201);
});

afterEach(() => void vi.useRealTimers());

it('gives the host’s user function ten seconds, and lets nobody in after them', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let signIn = (_user: MfaUser) => {};
  const { as, requests } = mountHandler({ user: () => new Promise((resolve) => (signIn = resolve)) });
  const settled = vi.fn();
  const answer = as(ADA).post('/factors', { type: 'totp' });
  void answer.then(settled);
  await vi.advanceTimersByTimeAsync(9_900);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect((await answer).status).toBe(503);
  signIn(ADA); // too late
  await vi.advanceTimersByTimeAsync(1_000);
  expect(requests).toEqual([]);
});

it('asks who is signed in on every request: a session that ended a moment ago counts for nothing', async () => {
  let user: MfaUser | null = ADA;
  const { as, requests } = mountHandler({ user: () => user });
  const { id } = await as(ADA).enrolSms();
  user = null;
  expect((await as(ADA).post(`/factors/${id}/challenge`)).status).toBe(401);
  expect(requests).toHaveLength(1);
});

it('asks who is signed in before anything else about a request', async () => {
  const { as } = mountHandler();
  const headers = { Origin: 'https://evil.example', 'Content-Type': 'text/plain' };
  expect((await as(null).post('/nowhere', 'x', { headers })).status).toBe(401);
  expect((await as(ADA).post('/nowhere', 'x', { headers })).status).toBe(403);
});

it('takes null for no session and no address, as `headers.get` tells it', async () => {
  // What a host in JavaScript may return.
  const nobody = { ...ADA, sessionId: null, clientIp: null } as never;
  const { as, emulator } = mountHandler({ user: () => nobody });
  const ada = as(ADA);
  const { id } = await ada.enrolTotp();
  expect((await ada.verify(await ada.challenge(id), emulator.currentCode(id))).body.valid).toBe(true);
  await ada.prove(id);
  expect((await ada.delete(`/factors/${id}`)).status).toBe(403); // and no session proves nothing
});
