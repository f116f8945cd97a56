// @vitest-environment node
import type { MfaUser } from 'mfa-kit/server';
import { describe, expect, it } from 'vitest';

import {
  type Client,
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  SECOND,
  STRANGER,
  tally,
  THIEF,
  underAttack,
  until,
  verdict,
  WRONG,
} from './under-attack.js';

/** An account with a verified app, and a thief who has its password but not the app. */
async function account(overrides: Parameters<typeof underAttack>[0] = {}) {
  const attacked = underAttack(overrides);
  const app = await attacked.addApp(OWNER);
  attacked.clock.now += 30 * SECOND;
  attacked.requests.length = 0;
  const judged = () => attacked.calls().filter((call) => call.endsWith('/verify')).length;
  const guess = (client: Client, challengeId: string) => client.verify(challengeId, attacked.wrongCode(app));
  return Object.assign(attacked, {
    app,
    judged,
    guess,
    thief: attacked.as(THIEF),
    owner: attacked.as(OWNER),
  });
}

describe('guessing', () => {
  it('at one challenge ends after five codes, and then not even the right one is taken', async () => {
    const { thief, app, guess, judged, emulator } = await account();
    const challengeId = await thief.challenge(app);
    for (const left of [4, 3, 2, 1, 0]) {
      const answer = await guess(thief, challengeId);
      expect([...verdict(answer), answer.body.attempts_remaining]).toEqual([...WRONG, left]);
    }
    const sixth = await thief.verify(challengeId, emulator.currentCode(app));
    expect(verdict(sixth)).toEqual(REFUSALS.tooManyAttempts);
    expect(sixth.headers.get('Retry-After')).toBe(String(sixth.body.retry_after));
    expect(judged()).toBe(5);
  });

  it('with hundreds of codes at once is no more than with one after the other', async () => {
    const { thief, app, guess, judged } = await account();
    const challengeId = await thief.challenge(app);
    const answers = await Promise.all(Array.from({ length: 300 }, () => guess(thief, challengeId)));
    expect(tally(answers)).toEqual({ '200 false': 5, '429 one_time_code_too_many_attempts': 295 });
    expect(judged()).toBe(5);
  });

  it('at hundreds of fresh challenges at once ends after ten codes of the user', async () => {
    const { thief, app, guess, judged } = await account();
    const challenges = await Promise.all(Array.from({ length: 40 }, () => thief.challenge(app)));
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, index) => guess(thief, challenges[index % 40]!)),
    );
    expect(tally(answers)).toEqual({ '200 false': 10, '429 rate_limit_exceeded': 390 });
    expect(judged()).toBe(10);
  });

  it('over several factors is counted as one: pending ones of the thief’s own give no more tries', async () => {
    const attacked = underAttack();
    const { as, judged, wrongCode, emulator } = Object.assign(attacked, {
      judged: () => attacked.calls().filter((call) => call.endsWith('/verify')).length,
    });
    const thief = as(THIEF);
    const factors = [await thief.enrolTotp(), await thief.enrolTotp(), await thief.enrolSms()];
    const challenges = await Promise.all(factors.map(({ id }) => thief.challenge(id)));
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_, index) =>
        thief.verify(challenges[index % 3]!, wrongCode(factors[index % 3]!.id)),
      ),
    );
    expect(tally(answers)['200 false']).toBe(10);
    expect(judged()).toBe(10);
    // and right codes for a factor of one's own wash no wrong ones away
    const answer = await thief.verify(challenges[0]!, emulator.currentCode(factors[0]!.id));
    expect(verdict(answer)).toEqual(REFUSALS.rateLimited);
  });

  it('is not washed off by right codes in between', async () => {
    const { addApp, thief, app, as, guess, emulator, clock } = await account({
      limits: { codeReuseSeconds: 90 },
    });
    const owner = as(OWNER);
    await owner.prove(app);
    const second = await addApp(OWNER);
    let wrong = 0;
    for (let round = 0; round < 30; round += 1) {
      const challengeId = await thief.challenge(app);
      if ((await guess(thief, challengeId)).status === 200) wrong += 1;
      clock.now += 30 * SECOND - 1;
      await thief.verify(await thief.challenge(second), emulator.currentCode(second));
    }
    expect(wrong).toBe(10);
  });

  it('goes on after fifteen minutes, not a millisecond before, and no faster then', async () => {
    const { thief, app, guess, clock } = await account();
    const begun = clock.now;
    const guessAnew = async () => guess(thief, await thief.challenge(app));
    for (let tries = 0; tries < 10; tries += 1) {
      expect(verdict(await guessAnew())).toEqual(WRONG);
      clock.now += SECOND;
    }
    clock.now = begun + 15 * MINUTE - 1;
    const early = await guessAnew();
    expect([...verdict(early), early.headers.get('Retry-After')]).toEqual([...REFUSALS.rateLimited, '1']);
    clock.now = begun + 15 * MINUTE;
    expect(verdict(await guessAnew())).toEqual(WRONG); // the first has left the span, so there is room for one
    expect(verdict(await guessAnew())).toEqual(REFUSALS.rateLimited);
  });

  it('says how long to wait, as a whole number in the header and in the body', async () => {
    const { thief, app, guess, clock } = await account();
    for (let tries = 0; tries < 10; tries += 1) await guess(thief, await thief.challenge(app));
    clock.now += 1_500;
    const { headers, body } = await guess(thief, await thief.challenge(app));
    expect([headers.get('Retry-After'), body.retry_after]).toEqual(['899', 899]);
  });

  it.each([
    'X-Forwarded-For',
    'Forwarded',
    'X-Real-IP',
    'CF-Connecting-IP',
    'True-Client-IP',
    'X-Client-IP',
    'Via',
  ])('from behind an ever new %s is the same', async (header) => {
    const { thief, app, judged, wrongCode } = await account();
    const challengeIds = await Promise.all(Array.from({ length: 5 }, () => thief.challenge(app)));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const headers = { [header]: `203.0.113.${index}` };
        const body = { code: wrongCode(app) };
        return thief.call('POST', `/challenges/${challengeIds[index % 5]}/verify`, body, { headers });
      }),
    );
    expect(tally(answers)['200 false']).toBe(10);
    expect(judged()).toBe(10);
  });

  it('from ever new sessions, addresses and labels of the same user is the same', async () => {
    const { as, app, guess, judged } = await account();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const disguise: MfaUser = {
          id: OWNER.id,
          label: `ada+${index}`,
          sessionId: `session_${index}`,
          clientIp: `2001:db8:${index}::1`,
        };
        return guess(as(disguise), await as(disguise).challenge(app));
      }),
    );
    expect(tally(answers)).toEqual({ '200 false': 10, '429 rate_limit_exceeded': 40 });
    expect(judged()).toBe(10);
  });

  it('locks nobody else out', async () => {
    const { thief, app, guess, addApp, as } = await account();
    for (let tries = 0; tries < 12; tries += 1) await guess(thief, await thief.challenge(app));
    const own = await addApp(STRANGER);
    expect(verdict(await as(STRANGER).prove(own))).toEqual(RIGHT);
  });

  it('is not begun anew by removing what was guessed at and enrolling it again', async () => {
    const attacked = underAttack();
    const thief = attacked.as(THIEF);
    let wrong = 0;
    for (let round = 0; round < 8; round += 1) {
      const { id } = await thief.enrolTotp();
      const challengeId = await thief.challenge(id);
      for (let tries = 0; tries < 3; tries += 1) {
        if ((await thief.verify(challengeId, attacked.wrongCode(id))).status === 200) wrong += 1;
      }
      expect((await thief.delete(`/factors/${id}`)).status).toBe(204);
    }
    expect(wrong).toBe(10);
  });

  it('is not begun anew at a challenge that so many others have pushed out of memory', async () => {
    const { thief, app, guess, clock } = await account();
    const challengeId = await thief.challenge(app);
    for (let tries = 0; tries < 5; tries += 1) await guess(thief, challengeId);
    for (let more = 0; more < 100; more += 1) {
      clock.now += MINUTE; // as fast as the limit on challenges lets them
      await thief.challenge(app);
    }
    expect(verdict(await guess(thief, challengeId))).toEqual(REFUSALS.notFound);
  });
});

describe('the count of wrong codes', () => {
  it('leaves right ones out, however many come', async () => {
    const { owner, app, guess, clock } = await account();
    for (let times = 0; times < 15; times += 1) {
      expect(verdict(await owner.prove(app))).toEqual(RIGHT);
      clock.now += 2 * MINUTE;
    }
    for (let tries = 0; tries < 10; tries += 1) {
      expect(verdict(await guess(owner, await owner.challenge(app)))).toEqual(WRONG);
    }
  });

  it('leaves out what is no code at all: it never gets as far', async () => {
    const { owner, app, emulator } = await account();
    const challengeId = await owner.challenge(app);
    for (let tries = 0; tries < 20; tries += 1) {
      expect((await owner.verify(challengeId, 'x'.repeat(tries))).status).toBe(422);
    }
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(app)))).toEqual(RIGHT);
  });

  it('holds what is being judged: while WorkOS takes its time, no eleventh code gets in', async () => {
    const attacked = await account();
    const { thief, app, guess, judged, emulator } = attacked;
    const challenges = await Promise.all(Array.from({ length: 4 }, () => thief.challenge(app)));
    let answerAll = () => {};
    const slow = new Promise<void>((resolve) => (answerAll = resolve));
    attacked.upstream = async (request) => {
      const answer = await emulator.fetch(request);
      await slow;
      return answer;
    };
    let refused = 0;
    const answers = Array.from({ length: 20 }, async (_, index) => {
      const answer = await guess(thief, challenges[index % 4]!);
      if (answer.status === 429) refused += 1;
      return answer;
    });
    await until(() => refused === 10);
    expect(judged()).toBe(10);
    answerAll();
    expect(tally(await Promise.all(answers))).toEqual({ '200 false': 10, '429 rate_limit_exceeded': 10 });
  });
});
