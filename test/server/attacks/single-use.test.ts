// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { PHONE } from '../mounted-handler.js';
import {
  gate,
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  SECOND,
  tally,
  underAttack,
  until,
  verdict,
} from './under-attack.js';

/** An account with a phone that was verified a while ago, and a message on it. */
async function messageOnPhone(overrides: Parameters<typeof underAttack>[0] = {}) {
  const attacked = underAttack(overrides);
  const phone = await attacked.addPhone(OWNER, PHONE);
  attacked.clock.now += MINUTE;
  const owner = attacked.as(OWNER);
  const challengeId = await owner.challenge(phone);
  attacked.told.length = 0;
  return Object.assign(attacked, { owner, phone, challengeId, code: attacked.emulator.currentCode(phone) });
}

describe('a challenge', () => {
  it('that was used is used: neither its code nor another brings it back', async () => {
    const { owner, challengeId, code, told, clock } = await messageOnPhone();
    expect(verdict(await owner.verify(challengeId, code))).toEqual(RIGHT);
    for (const again of [code, code, '000000']) {
      expect(verdict(await owner.verify(challengeId, again))).toEqual(REFUSALS.challengeUsed);
    }
    clock.now += 60 * MINUTE;
    expect(verdict(await owner.verify(challengeId, code))).toEqual(REFUSALS.challengeUsed);
    expect(told).toHaveLength(1);
  });

  it('of an app, which never expires at WorkOS, is of no use the day after', async () => {
    const { as, addApp, emulator, clock } = underAttack();
    const app = await addApp(OWNER);
    clock.now += MINUTE;
    const [first, second] = [await as(OWNER).challenge(app), await as(OWNER).challenge(app)];
    clock.now += 24 * 60 * MINUTE - 1;
    expect(verdict(await as(OWNER).verify(first, emulator.currentCode(app)))).toEqual(RIGHT);
    clock.now += 1;
    const late = await as(OWNER).verify(second, emulator.currentCode(app));
    expect(verdict(late)).toEqual([422, 'authentication_challenge_expired']);
  });

  it('is used once by ten right codes at once, and the host is told once', async () => {
    const { owner, challengeId, code, told } = await messageOnPhone({ limits: { codesPerChallenge: 10 } });
    const answers = await Promise.all(Array.from({ length: 10 }, () => owner.verify(challengeId, code)));
    expect(tally(answers)['200 true']).toBe(1);
    expect(told).toHaveLength(1);
  });

  // WorkOS uses a challenge up itself; the handler does not rely on it, nor on the one answer coming back first.
  it('is used once also where WorkOS calls every one of them right', async () => {
    const attacked = await messageOnPhone({ limits: { codesPerChallenge: 10 } });
    const { owner, challengeId, code, told, emulator, phone } = attacked;
    const judged: (() => void)[] = [];
    attacked.upstream = async () => {
      await new Promise<void>((resolve) => judged.push(resolve));
      const challenge = { id: challengeId, authentication_factor_id: phone };
      return new Response(JSON.stringify({ challenge, valid: true }), {
        headers: { 'Content-Type': 'application/json' },
      });
    };
    const answers = Array.from({ length: 10 }, () => owner.verify(challengeId, code));
    await until(() => judged.length === 10);
    for (const judge of judged.toReversed()) judge();
    expect(tally(await Promise.all(answers))).toEqual({
      '200 true': 1,
      '422 authentication_challenge_previously_verified': 9,
    });
    expect(told).toHaveLength(1);
    expect(emulator.factors).toHaveLength(1);
  });

  it('is used up although the host could not be told: its code opens nothing later', async () => {
    let isDown = false;
    const attacked = await messageOnPhone({
      onVerified: () => {
        if (isDown) throw new Error('The session store is down.');
      },
    });
    const { owner, challengeId, code, told } = attacked;
    isDown = true;
    expect((await owner.verify(challengeId, code)).status).toBe(500);
    isDown = false;
    expect(verdict(await owner.verify(challengeId, code))).toEqual(REFUSALS.challengeUsed);
    expect(told).toHaveLength(1);
  });

  it('takes no code after its ten minutes, to the millisecond', async () => {
    const early = await messageOnPhone();
    early.clock.now += 10 * MINUTE - 1;
    expect(verdict(await early.owner.verify(early.challengeId, early.code))).toEqual(RIGHT);
    const late = await messageOnPhone();
    late.requests.length = 0;
    late.clock.now += 10 * MINUTE;
    expect(verdict(await late.owner.verify(late.challengeId, late.code))).toEqual([
      422,
      'authentication_challenge_expired',
    ]);
    expect(late.requests).toEqual([]);
  });

  it('takes no code of another challenge of the same phone', async () => {
    const { owner, phone, challengeId, emulator, clock } = await messageOnPhone();
    clock.now += MINUTE;
    const newer = await owner.challenge(phone);
    const newerCode = emulator.currentCode(phone);
    expect(verdict(await owner.verify(challengeId, newerCode))).toEqual([200, false]);
    expect(verdict(await owner.verify(newer, newerCode))).toEqual(RIGHT);
  });

  it('of a factor that was removed takes no code, though it was asked before', async () => {
    const attacked = await messageOnPhone();
    const { owner, phone, challengeId, code, emulator, told, requests } = attacked;
    await owner.prove(phone); // another message: it allows the removal
    told.length = requests.length = 0;
    const isJudged = gate();
    attacked.upstream = async (request) => {
      const answer = await emulator.fetch(request);
      if (request.url.endsWith('/verify')) await isJudged.opened;
      return answer;
    };
    const late = owner.verify(challengeId, code);
    await until(() => requests.length === 1);
    expect((await owner.delete(`/factors/${phone}`)).status).toBe(204);
    isJudged.open();
    expect(verdict(await late)).toEqual(REFUSALS.notFound);
    expect(told).toEqual([]);
  });
});

describe('the attempt', () => {
  it('of a right code that was in flight when the challenge was used is no wrong one', async () => {
    const { owner, challengeId, code, wrongCode, phone, clock } = await messageOnPhone({
      limits: { codesPerChallenge: 10 },
    });
    await Promise.all(Array.from({ length: 10 }, () => owner.verify(challengeId, code)));
    clock.now += 30 * SECOND;
    const next = await owner.challenge(phone);
    for (let tries = 0; tries < 10; tries += 1) {
      expect(verdict(await owner.verify(next, wrongCode(phone)))).toEqual([200, false]);
    }
  });
});
