// @vitest-environment node
import { findVerifiedFactors, forgetUser } from 'mfa-kit/server';
import { expect, it } from 'vitest';

import { ADA, EVE, mountHandler } from './mounted-handler.js';

/** Ada's phone, and a challenge whose right code the attacker happens to know. */
async function adasFactor() {
  const mounted = mountHandler();
  const { id } = await mounted.as(ADA).enrolSms();
  const challengeId = await mounted.as(ADA).challenge(id);
  return {
    ...mounted,
    id,
    challengeId,
    code: mounted.emulator.currentCode(id),
    before: mounted.requests.length,
  };
}

it.each([
  ['reading', 'GET', '/factors/:factor', undefined],
  ['deleting', 'DELETE', '/factors/:factor', undefined],
  ['challenging', 'POST', '/factors/:factor/challenge', {}],
  ['verifying', 'POST', '/challenges/:challenge/verify', { code: ':code' }],
] as const)(
  '%s somebody else’s looks to the byte like a missing one, and WorkOS is not asked',
  async (_what, method, path, body) => {
    const { as, id, challengeId, code, requests, before } = await adasFactor();
    const send = (factor: string, challenge: string) =>
      as(EVE).call(
        method,
        path.replace(':factor', factor).replace(':challenge', challenge),
        body && 'code' in body ? { code } : body,
      );
    const foreign = await send(id, challengeId);
    const missing = await send(
      'auth_factor_00000000000000000000000000',
      'auth_challenge_00000000000000000000000000',
    );
    expect([foreign.status, foreign.body.code]).toEqual([404, 'entity_not_found']);
    expect(foreign.text).toBe(missing.text);
    expect(foreign.status).toBe(missing.status);
    expect([...foreign.headers]).toEqual([...missing.headers]);
    expect(requests).toHaveLength(before);
    expect((await as(ADA).get(`/factors/${id}`)).body).toMatchObject({ status: 'pending' });
    expect((await as(ADA).verify(challengeId, code)).body.valid).toBe(true); // no attempt of hers was used up
  },
);

it('a factor’s id is no challenge’s, and the reverse', async () => {
  const { as, id, challengeId, code, requests, before } = await adasFactor();
  expect((await as(ADA).verify(id, code)).status).toBe(404);
  expect((await as(ADA).post(`/factors/${challengeId}/challenge`)).status).toBe(404);
  expect((await as(ADA).get(`/factors/${challengeId}`)).status).toBe(404);
  expect(requests).toHaveLength(before);
});

it('ids are told apart by case', async () => {
  const { as, id } = await adasFactor();
  expect((await as(ADA).get(`/factors/${id.toUpperCase()}`)).status).toBe(404);
});

it('a list holds nobody else’s factors', async () => {
  const { as, id } = await adasFactor();
  const own = await as(EVE).enrolSms('+15555555555');
  expect((await as(EVE).get('/factors')).body.data.map((factor: { id: string }) => factor.id)).toEqual([
    own.id,
  ]);
  expect((await as(ADA).get('/factors')).body.data.map((factor: { id: string }) => factor.id)).toEqual([id]);
});

it('a right code for one’s own challenge leaves everybody else’s factors as they were', async () => {
  const { as, id, emulator } = await adasFactor();
  const own = await as(EVE).enrolSms('+15555555555');
  expect(
    (await as(EVE).verify(await as(EVE).challenge(own.id), emulator.currentCode(own.id))).body.valid,
  ).toBe(true);
  expect((await as(ADA).get(`/factors/${id}`)).body).toMatchObject({ status: 'pending' });
});

it('looks again where a host’s own store takes two users for one', async () => {
  const { as, store, id, challengeId, code, requests, before } = await adasFactor();
  const honest = { ...store };
  const asAda = (key: string) => (key === `user:${EVE.id}` ? `user:${ADA.id}` : key);
  store.read = (key) => honest.read(asAda(key));
  store.swap = (change) => honest.swap({ ...change, key: asAda(change.key) });
  const eve = as(EVE);
  const answers = [
    await eve.get('/factors'),
    await eve.get(`/factors/${id}`),
    await eve.delete(`/factors/${id}`),
    await eve.post(`/factors/${id}/challenge`),
    await eve.verify(challengeId, code),
    await eve.post('/factors', { type: 'totp' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503, 503]);
  expect(answers.map(({ text }) => text).join()).not.toContain(id);
  expect(requests).toHaveLength(before);
  await expect(findVerifiedFactors(store, EVE.id)).rejects.toThrow();
  await expect(forgetUser(store, EVE.id)).rejects.toThrow();
  expect((await as(ADA).verify(challengeId, code)).body.valid).toBe(true);
});

it('a user’s id may be any text', async () => {
  for (const id of ['__proto__', 'constructor', 'toString', 'ada\u0000', ' ']) {
    const user = { id, label: 'x' };
    const { as } = mountHandler({ user: () => user });
    expect((await as(null).get('/factors')).body).toEqual({ data: [] });
    const factor = await as(null).enrolSms();
    expect((await as(null).get(`/factors/${factor.id}`)).status).toBe(200);
  }
});
