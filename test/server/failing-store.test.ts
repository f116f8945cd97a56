// @vitest-environment node
import type { MfaStore } from 'mfa-kit/server';
import { expect, it, vi } from 'vitest';

import { ADA, mountHandler } from './mounted-handler.js';

type Calls = (
  mounted: ReturnType<typeof mountHandler>,
  id: string,
  challengeId: string,
) => Promise<{ status: number; text: string }>;

const CALLS: Record<string, { needs: (keyof MfaStore)[]; send: Calls }> = {
  'GET /factors': { needs: ['listFactors'], send: ({ as }) => as(ADA).get('/factors') },
  'GET /factors/:id': { needs: ['findFactor'], send: ({ as }, id) => as(ADA).get(`/factors/${id}`) },
  'POST /factors': {
    needs: ['addFactor'],
    send: ({ as }) => as(ADA).post('/factors', { type: 'sms', phone_number: '+15555555555' }),
  },
  'DELETE /factors/:id': {
    needs: ['findFactor', 'removeFactor'],
    send: ({ as }, id) => as(ADA).delete(`/factors/${id}`),
  },
  'POST /factors/:id/challenge': {
    needs: ['findFactor', 'addChallenge'],
    send: ({ as }, id) => as(ADA).post(`/factors/${id}/challenge`),
  },
  'POST /challenges/:id/verify': {
    needs: ['findChallenge', 'findFactor', 'markFactorVerified'],
    send: ({ as, emulator }, id, challengeId) => as(ADA).verify(challengeId, emulator.currentCode(id)),
  },
};

const FAILURES = Object.entries(CALLS).flatMap(([call, { needs }]) =>
  needs.map((method) => [call, method] as const),
);

it.each(FAILURES)('%s closes the door when %s fails', async (call, method) => {
  for (const fail of [
    () => Promise.reject(new Error('55P03: lock not available on mfa_factors')),
    () => {
      throw new Error('55P03: lock not available on mfa_factors');
    },
  ]) {
    const mounted = mountHandler();
    const { id } = await mounted.as(ADA).enrolSms();
    const challengeId = await mounted.as(ADA).challenge(id);
    mounted.store[method] = fail;
    const answer = await CALLS[call]!.send(mounted, id, challengeId);
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toEqual({
      code: 'server_error',
      message: 'The service is not available.',
    });
  }
});

it('leaves no factor at WorkOS that could not be written down', async () => {
  const mounted = mountHandler();
  mounted.store.addFactor = () => Promise.reject(new Error('down'));
  await mounted.as(ADA).enrolSms();
  expect(mounted.emulator.factors).toEqual([]);
});

it('tells the host nothing when the factor cannot be looked at again', async () => {
  const onVerified = vi.fn();
  const mounted = mountHandler({ onVerified });
  const { id } = await mounted.as(ADA).enrolSms();
  const challengeId = await mounted.as(ADA).challenge(id);
  mounted.store.findFactor = () => Promise.reject(new Error('down'));
  const { status } = await mounted.as(ADA).verify(challengeId, mounted.emulator.currentCode(id));
  expect(status).toBe(503);
  expect(onVerified).not.toHaveBeenCalled();
});

it('asks WorkOS nothing while the store is down', async () => {
  const mounted = mountHandler();
  const { id } = await mounted.as(ADA).enrolSms();
  const challengeId = await mounted.as(ADA).challenge(id);
  const before = mounted.requests.length;
  mounted.store.findFactor = () => Promise.reject(new Error('down'));
  mounted.store.findChallenge = () => Promise.reject(new Error('down'));
  await mounted.as(ADA).delete(`/factors/${id}`);
  await mounted.as(ADA).post(`/factors/${id}/challenge`);
  await mounted.as(ADA).verify(challengeId, '123456');
  expect(mounted.requests).toHaveLength(before);
});

it('keeps a store’s own methods its own: they may use this', async () => {
  class Store {
    #factors: never[] = [];
    listFactors = async () => this.#factors;
    addFactor = async () => true;
    findFactor = async () => null;
    markFactorVerified = async () => false;
    async removeFactor() {}
    async addChallenge() {
      return this.#factors.length > 0;
    }
    async findChallenge() {
      return this.#factors.length > 0 ? Promise.reject(new Error('none')) : null;
    }
  }
  const { as } = mountHandler({ store: new Store() });
  expect((await as(ADA).get('/factors')).body).toEqual({ data: [] });
  expect((await as(ADA).verify('auth_challenge_1', '123456')).status).toBe(404);
});
