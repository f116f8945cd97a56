// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { json, PHONE } from '../mounted-handler.js';
import {
  HOUR,
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  SECOND,
  STRANGER,
  tally,
  THIEF,
  underAttack,
  verdict,
} from './under-attack.js';

describe('whoever has a session', () => {
  it('cannot spend the app’s calls of WorkOS on challenges: sixty in a quarter of an hour', async () => {
    const { as, addApp, calls, clock } = underAttack();
    const app = await addApp(OWNER);
    clock.now += HOUR;
    const before = calls().length;
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => as(THIEF).post(`/factors/${app}/challenge`)),
    );
    expect(tally(answers)).toEqual({ '201 ': 60, '429 rate_limit_exceeded': 40 });
    expect(calls().length - before).toBe(60);
    clock.now += 15 * MINUTE;
    expect((await as(THIEF).post(`/factors/${app}/challenge`)).status).toBe(201);
  });

  it('cannot push the owner’s challenge out of memory', async () => {
    const { as, addApp, emulator, clock } = underAttack();
    const app = await addApp(OWNER);
    clock.now += HOUR;
    const challengeId = await as(OWNER).challenge(app);
    for (let more = 0; more < 80; more += 1) await as(THIEF).post(`/factors/${app}/challenge`);
    expect(verdict(await as(OWNER).verify(challengeId, emulator.currentCode(app)))).toEqual(RIGHT);
  });

  it('cannot enrol and remove without end: sixty in an hour', async () => {
    const { as, calls, clock } = underAttack();
    const thief = as(THIEF);
    let refused = 0;
    for (let times = 0; times < 80; times += 1) {
      const { status, body } = await thief.post('/factors', { type: 'totp' });
      if (status === 201) await thief.delete(`/factors/${body.id}`);
      else refused += 1;
    }
    expect(refused).toBe(20);
    expect(calls().filter((call) => call === 'POST /auth/factors/enroll')).toHaveLength(60);
    clock.now += HOUR;
    expect((await thief.post('/factors', { type: 'totp' })).status).toBe(201);
  });
});

describe('a WorkOS that judges, and whose answer is lost', () => {
  /** Each code is judged, and nobody hears how. */
  async function deaf() {
    const attacked = underAttack();
    const app = await attacked.addApp(OWNER);
    attacked.clock.now += HOUR;
    let judged = 0;
    attacked.upstream = async (request) => {
      if (!request.url.endsWith('/verify')) return attacked.emulator.fetch(request);
      judged += 1;
      await attacked.emulator.fetch(request);
      return json({ message: 'Internal' }, 500);
    };
    return { attacked, app, judged: () => judged };
  }

  it('gives nobody guesses without end: thirty in a quarter of an hour', async () => {
    const { attacked, app, judged } = await deaf();
    const thief = attacked.as(THIEF);
    const answers = [];
    for (let tries = 0; tries < 50; tries += 1) {
      answers.push(await thief.verify(await thief.challenge(app), attacked.wrongCode(app)));
    }
    expect(tally(answers)).toEqual({ '502 server_error': 30, '429 rate_limit_exceeded': 20 });
    expect(judged()).toBe(30);
  });

  it('locks nobody’s challenge: the right code works once WorkOS can be heard again', async () => {
    const { attacked, app } = await deaf();
    const owner = attacked.as(OWNER);
    const challengeId = await owner.challenge(app);
    for (let tries = 0; tries < 8; tries += 1) await owner.verify(challengeId, attacked.wrongCode(app));
    attacked.upstream = () => undefined;
    expect(verdict(await owner.verify(challengeId, attacked.emulator.currentCode(app)))).toEqual(RIGHT);
  });
});

describe('who asks for messages to a number that is not theirs', () => {
  it('uses up nothing of its owner’s', async () => {
    const { as, addPhone, clock, emulator } = underAttack();
    const phone = await addPhone(OWNER, PHONE);
    clock.now += HOUR;
    const stranger = as(STRANGER);
    const { id } = await stranger.enrolSms(PHONE);
    for (let times = 0; times < 5; times += 1) {
      expect((await stranger.post(`/factors/${id}/challenge`)).status).toBe(201);
      clock.now += 30 * SECOND;
    }
    expect(verdict(await stranger.post(`/factors/${id}/challenge`))).toEqual(REFUSALS.rateLimited);
    expect((await as(OWNER).post(`/factors/${phone}/challenge`)).status).toBe(201);
    expect(emulator.inbox.at(-1)?.to).toBe(PHONE);
  });

  it('leaves a fifth of the budget to those who have to sign in', async () => {
    const { as, addPhone, clock } = underAttack({ limits: { messages: { count: 5, seconds: 3600 } } });
    const phone = await addPhone(OWNER, PHONE);
    clock.now += HOUR;
    const answers = [];
    for (let index = 0; index < 5; index += 1) {
      const pump = as({ id: `pump_${index}`, label: 'x' });
      const { id } = await pump.enrolSms(`+4474001234${10 + index}`);
      answers.push(await pump.post(`/factors/${id}/challenge`));
    }
    expect(tally(answers)).toEqual({ '201 ': 4, '429 rate_limit_exceeded': 1 });
    expect((await as(OWNER).post(`/factors/${phone}/challenge`)).status).toBe(201);
  });
});
