// @vitest-environment node
import { createMemoryStore, findVerifiedFactors, forgetUser, type MfaStore } from 'mfa-kit/server';
import { describe, expect, it } from 'vitest';

import { ADA, EVE, mountHandler } from './mounted-handler.js';

/** Ada has a confirmed phone, a confirmed app and a phone she never finished; Eve has a phone. */
async function twoUsers() {
  const mounted = mountHandler();
  const ada = mounted.as(ADA);
  const phone = await ada.enrolSms();
  await ada.prove(phone.id);
  await ada.prove(phone.id);
  const app = await ada.enrolTotp();
  await ada.prove(app.id);
  const unfinished = await ada.enrolSms('+15555555555');
  const eves = await mounted.as(EVE).enrolSms('+15555555555');
  await mounted.as(EVE).prove(eves.id);
  return { ...mounted, phone, app, unfinished, eves };
}

const failing = (store: MfaStore, name: 'read' | 'swap', isFailing: (key: string) => boolean): MfaStore => ({
  read: (key) =>
    name === 'read' && isFailing(key) ? Promise.reject(new Error('pg://10.0.0.7 is down')) : store.read(key),
  swap: (change) =>
    name === 'swap' && isFailing(change.key)
      ? Promise.reject(new Error('pg://10.0.0.7 is down'))
      : store.swap(change),
});

describe('findVerifiedFactors', () => {
  it('tells a sign-in which second steps there are: the confirmed ones, oldest first', async () => {
    const { store, phone, app } = await twoUsers();
    expect(await findVerifiedFactors(store, ADA.id)).toEqual([
      {
        id: phone.id,
        type: 'sms',
        status: 'verified',
        createdAt: '2026-03-01T12:00:00.000Z',
        updatedAt: '2026-03-01T12:00:30.000Z',
        sms: { phoneNumber: '•••• 0006' },
      },
      {
        id: app.id,
        type: 'totp',
        status: 'verified',
        createdAt: '2026-03-01T12:01:00.000Z',
        updatedAt: '2026-03-01T12:01:30.000Z',
        totp: { issuer: 'Foo Corp', user: 'ada@example.com' },
      },
    ]);
  });

  it('finds none for somebody who has none, and for nobody', async () => {
    const { store, as } = mountHandler();
    await as(ADA).enrolSms();
    expect(await findVerifiedFactors(store, ADA.id)).toEqual([]);
    expect(await findVerifiedFactors(store, 'user_nobody')).toEqual([]);
  });

  it('never says “none” where it cannot know', async () => {
    const { store } = await twoUsers();
    const isAdas = (key: string) => key === `user:${ADA.id}`;
    const failed = findVerifiedFactors(failing(store, 'read', isAdas), ADA.id);
    await expect(failed).rejects.toThrow(Error);
    await expect(failed).rejects.not.toThrow(/pg:|10\.0/);
    for (const text of ['', '{}', 'null', '[]', '{"factors":[]}']) {
      const garbled: MfaStore = { ...store, read: async () => text };
      await expect(findVerifiedFactors(garbled, ADA.id)).rejects.toThrow(Error);
    }
  });
});

describe('forgetUser', () => {
  it('lets a person begin anew, and names what is left at WorkOS to be deleted', async () => {
    const { store, as, phone, app, unfinished, emulator, clock } = await twoUsers();
    const challengeId = await as(ADA).challenge(app.id);
    const left = await forgetUser(store, ADA.id);
    expect(new Set(left)).toEqual(new Set([phone.id, app.id, unfinished.id]));
    const ada = as(ADA);
    expect((await ada.get('/factors')).body).toEqual({ data: [] });
    expect((await ada.verify(challengeId, emulator.currentCode(app.id))).status).toBe(404);
    expect((await ada.delete(`/factors/${phone.id}`)).status).toBe(404);
    const fresh = await ada.enrolTotp(); // no code of a factor that is gone is asked for
    expect((await ada.prove(fresh.id)).body.valid).toBe(true);
    clock.now += 30_000;
    expect(await findVerifiedFactors(store, ADA.id)).toMatchObject([{ id: fresh.id }]);
  });

  it('takes nothing of anybody else', async () => {
    const { store, as, eves } = await twoUsers();
    await forgetUser(store, ADA.id);
    expect(await findVerifiedFactors(store, EVE.id)).toMatchObject([{ id: eves.id }]);
    expect((await as(EVE).prove(eves.id)).body.valid).toBe(true);
    expect((await as(EVE).delete(`/factors/${eves.id}`)).status).toBe(204);
  });

  it('lets nobody prove by a code what they proved before they were forgotten', async () => {
    const { store, as, phone } = await twoUsers();
    await as(ADA).prove(phone.id);
    await forgetUser(store, ADA.id);
    const fresh = await as(ADA).enrolTotp();
    await as(ADA).prove(fresh.id);
    expect((await as(ADA).post('/factors', { type: 'totp' })).body.code).toBe('step_up_required');
  });

  it('leaves the limits of a number, so that forgetting sends no more messages to it', async () => {
    const { store, as, phone } = await twoUsers();
    expect((await as(ADA).post(`/factors/${phone.id}/challenge`)).status).toBe(201);
    await forgetUser(store, ADA.id);
    const again = await as(ADA).enrolSms();
    expect((await as(ADA).post(`/factors/${again.id}/challenge`)).status).toBe(429);
  });

  it('forgets nobody twice, and nobody who is not there', async () => {
    const { store } = await twoUsers();
    await forgetUser(store, ADA.id);
    expect(await forgetUser(store, ADA.id)).toEqual([]);
    expect(await forgetUser(store, 'user_nobody')).toEqual([]);
  });

  it('forgets nothing where the store fails', async () => {
    for (const name of ['read', 'swap'] as const) {
      const { store, phone, app } = await twoUsers();
      await expect(
        forgetUser(
          failing(store, name, () => true),
          ADA.id,
        ),
      ).rejects.toThrow(Error);
      expect(await findVerifiedFactors(store, ADA.id)).toMatchObject([{ id: phone.id }, { id: app.id }]);
    }
  });

  it('loses no id on the way, if the store fails once the user is forgotten', async () => {
    const { store } = await twoUsers();
    const left = await forgetUser(
      failing(store, 'swap', (key) => key.startsWith('factor:')),
      ADA.id,
    );
    expect(left).toHaveLength(3);
    expect(await findVerifiedFactors(store, ADA.id)).toEqual([]);
  });
});

it('forgets a user whose record nobody can read, too', async () => {
  const store = createMemoryStore();
  await store.swap({ key: 'user:ada', from: null, to: 'rubbish', at: 0, expiresAt: null });
  expect(await forgetUser(store, 'ada')).toEqual([]);
  expect(await store.read('user:ada')).toBeNull();
});
