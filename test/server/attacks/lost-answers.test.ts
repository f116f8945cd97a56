// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { PHONE } from '../mounted-handler.js';
import {
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  SECOND,
  STRANGER,
  tally,
  underAttack,
  verdict,
} from './under-attack.js';

async function account() {
  const attacked = underAttack();
  const app = await attacked.addApp(OWNER);
  const owner = attacked.as(OWNER);
  await owner.prove(app);
  /** WorkOS does what it is asked to, and nobody hears of it. */
  const loseAnswers = (method: string, path: RegExp) => {
    attacked.upstream = async (request) => {
      const answer = await attacked.emulator.fetch(request);
      const isLost = request.method === method && path.test(request.url);
      return isLost ? Promise.reject(new TypeError('ECONNRESET')) : answer;
    };
  };
  return Object.assign(attacked, { app, owner, loseAnswers });
}

describe('the answer to a removal', () => {
  it('when it is lost leaves the factor where it can be removed again, and then it has gone', async () => {
    const attacked = await account();
    const { owner, app, loseAnswers, emulator } = attacked;
    loseAnswers('DELETE', /factors/);
    expect(verdict(await owner.delete(`/factors/${app}`))).toEqual(REFUSALS.upstream);
    expect((await owner.get(`/factors/${app}`)).body.status).toBe('verified');
    attacked.upstream = () => undefined;
    expect((await owner.delete(`/factors/${app}`)).status).toBe(204);
    expect([emulator.factors, (await owner.get('/factors')).body.data]).toEqual([[], []]);
  });

  it('when it is lost leaves the account one with a factor: a password alone opens nothing', async () => {
    const attacked = await account();
    const { owner, app, loseAnswers, as } = attacked;
    loseAnswers('DELETE', /factors/);
    await owner.delete(`/factors/${app}`);
    attacked.upstream = () => undefined;
    const thief = as({ ...OWNER, sessionId: 'session_thief' });
    expect(verdict(await thief.post('/factors', { type: 'totp' }))).toEqual(REFUSALS.stepUp);
    expect(verdict(await thief.delete(`/factors/${app}`))).toEqual(REFUSALS.stepUp);
    expect((await owner.get('/factors')).body.data).toMatchObject([{ id: app, status: 'verified' }]);
  });

  it('when it is lost for a pending factor allows nothing about the verified one it becomes', async () => {
    const attacked = underAttack();
    const { as, emulator } = attacked;
    const owner = as(OWNER);
    const thief = as({ ...OWNER, sessionId: 'session_thief' });
    const { id } = await owner.enrolTotp();
    attacked.upstream = (request) =>
      request.method === 'DELETE' ? new Response('', { status: 500 }) : emulator.fetch(request);
    expect(verdict(await thief.delete(`/factors/${id}`))).toEqual(REFUSALS.upstream);
    attacked.upstream = () => undefined;
    expect(verdict(await owner.prove(id))).toEqual(RIGHT);
    expect(verdict(await thief.delete(`/factors/${id}`))).toEqual(REFUSALS.stepUp);
  });

  it('when it is lost on its way out of the store can be asked for again', async () => {
    const { owner, app, faults, emulator } = await account();
    let isLost = true;
    faults.store = (call, key) => {
      const isIt = isLost && call === 'swap' && key === `user:${OWNER.id}` && emulator.factors.length === 0;
      if (isIt) isLost = false;
      return isIt ? 'lost' : 'none';
    };
    expect(verdict(await owner.delete(`/factors/${app}`))).toEqual(REFUSALS.unavailable);
    // 404: it has gone. Both say so to a client that looks.
    expect([204, 404]).toContain((await owner.delete(`/factors/${app}`)).status);
    expect((await owner.get('/factors')).body.data).toEqual([]);
  });
});

describe('the answer to an enrolment', () => {
  it('when it is lost takes no place: ten more find room', async () => {
    const attacked = underAttack();
    const stranger = attacked.as(STRANGER);
    attacked.upstream = async (request) => {
      await attacked.emulator.fetch(request);
      throw new TypeError('ECONNRESET');
    };
    for (let times = 0; times < 15; times += 1) {
      expect(verdict(await stranger.post('/factors', { type: 'totp' }))).toEqual(REFUSALS.upstream);
    }
    attacked.upstream = () => undefined;
    for (let times = 0; times < 10; times += 1) await stranger.enrolTotp();
    expect((await stranger.get('/factors')).body.data).toHaveLength(10);
  });

  it.each(['down', 'lost'] as const)(
    'when the store is %s in the middle leaves nothing at WorkOS, and its place comes back',
    async (fault) => {
      for (let failing = 0; failing < 8; failing += 1) {
        const attacked = underAttack();
        const stranger = attacked.as(STRANGER);
        let call = 0;
        attacked.faults.store = () => (call++ === failing ? fault : 'none');
        const { status } = await stranger.post('/factors', { type: 'totp' });
        expect([201, 503]).toContain(status);
        attacked.faults.store = () => 'none';
        attacked.clock.now += 16 * MINUTE;
        const answers = await Promise.all(
          Array.from({ length: 10 }, () => stranger.post('/factors', { type: 'totp' })),
        );
        expect(tally(answers)).toEqual({ '201 ': 10 });
        expect(attacked.emulator.factors).toHaveLength(10);
      }
    },
  );
});

describe('a store that fails at any one step', () => {
  const STEPS = Array.from({ length: 8 }, (_, step) => step);
  const FAULTS = ['down', 'lost'] as const;

  it.each(STEPS)('of a verification (%i) lets nobody in unheard, and nobody in twice', async (failing) => {
    for (const fault of FAULTS) {
      const { owner, app, faults, emulator, clock, told } = await account();
      clock.now += 30 * SECOND;
      const challenges = [await owner.challenge(app), await owner.challenge(app)];
      const code = emulator.currentCode(app);
      told.length = 0;
      let call = 0;
      faults.store = () => (call++ === failing ? fault : 'none');
      const first = await owner.verify(challenges[0]!, code);
      faults.store = () => 'none';
      const answers = [
        first,
        await owner.verify(challenges[0]!, code),
        await owner.verify(challenges[1]!, code),
      ];
      const successes = tally(answers)['200 true'] ?? 0;
      expect(successes).toBeLessThanOrEqual(1);
      expect(told.length).toBeGreaterThanOrEqual(successes);
      expect(told.length).toBeLessThanOrEqual(1); // never two of one code
      expect([200, 503]).toContain(first.status);
    }
  });

  it.each(STEPS)('of a challenge (%i) sends no message uncounted', async (failing) => {
    for (const fault of FAULTS) {
      const attacked = underAttack();
      const stranger = attacked.as(STRANGER);
      const { id } = await stranger.enrolSms(PHONE);
      let call = 0;
      attacked.faults.store = () => (call++ === failing ? fault : 'none');
      const { status } = await stranger.post(`/factors/${id}/challenge`);
      attacked.faults.store = () => 'none';
      expect([201, 503]).toContain(status);
      await stranger.post(`/factors/${id}/challenge`);
      expect(attacked.emulator.inbox.length).toBeLessThanOrEqual(1);
      // What no message came of is given back, or runs out by itself: nobody is shut out for good.
      attacked.clock.now += MINUTE;
      expect((await stranger.post(`/factors/${id}/challenge`)).status).toBe(201);
    }
  });

  it.each(STEPS)(
    'of an enrolment’s confirmation (%i) makes no factor that the host has not heard of',
    async (failing) => {
      for (const fault of FAULTS) {
        const attacked = underAttack();
        const stranger = attacked.as(STRANGER);
        const { id } = await stranger.enrolTotp();
        const challengeId = await stranger.challenge(id);
        let call = 0;
        attacked.faults.store = () => (call++ === failing ? fault : 'none');
        await stranger.verify(challengeId, attacked.emulator.currentCode(id));
        attacked.faults.store = () => 'none';
        const { body } = await stranger.get(`/factors/${id}`);
        expect(['pending', 'verified']).toContain(body.status);
        if (body.status === 'verified') expect(attacked.told).toHaveLength(1);
        attacked.clock.now += 2 * MINUTE;
        if (body.status === 'pending') expect(verdict(await stranger.prove(id))).toEqual(RIGHT);
      }
    },
  );

  it.each(STEPS)('of a removal (%i) takes no factor away without the proof', async (failing) => {
    for (const fault of FAULTS) {
      const { app, as, faults, emulator } = await account();
      const thief = as({ ...OWNER, sessionId: 'session_thief' });
      let call = 0;
      faults.store = () => (call++ === failing ? fault : 'none');
      const { status } = await thief.delete(`/factors/${app}`);
      expect([403, 503]).toContain(status);
      expect(emulator.factors.map(({ id }) => id)).toEqual([app]);
    }
  });
});
