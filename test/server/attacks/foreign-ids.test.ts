// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { OWNER, REFUSALS, RIGHT, STRANGER, underAttack, verdict } from './under-attack.js';

async function ownersFactors() {
  const attacked = underAttack();
  const owner = attacked.as(OWNER);
  const stranger = attacked.as(STRANGER);
  const app = await attacked.addApp(OWNER);
  attacked.clock.now += 30_000;
  const challengeId = await owner.challenge(app);
  return Object.assign(attacked, { owner, stranger, app, challengeId });
}

describe('somebody else’s ids', () => {
  it('take no right code, not even from one who has a proven session of their own', async () => {
    const { stranger, addApp, app, challengeId, emulator, requests, told } = await ownersFactors();
    const own = await addApp(STRANGER);
    expect(verdict(await stranger.prove(own))).toEqual(RIGHT);
    requests.length = told.length = 0;
    const code = emulator.currentCode(app);
    for (const answer of [
      await stranger.verify(challengeId, code),
      await stranger.post(`/factors/${app}/challenge`),
      await stranger.delete(`/factors/${app}`),
      await stranger.get(`/factors/${app}`),
    ]) {
      expect(verdict(answer)).toEqual(REFUSALS.notFound);
    }
    expect([requests, told]).toEqual([[], []]);
  });

  it('cannot be worn out: a thousand wrong codes of a stranger take none of the owner’s tries', async () => {
    const { owner, stranger, app, challengeId, emulator } = await ownersFactors();
    const wrong = Array.from({ length: 300 }, () => stranger.verify(challengeId, '000000'));
    for (const answer of await Promise.all(wrong)) expect(verdict(answer)).toEqual(REFUSALS.notFound);
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(app)))).toEqual(RIGHT);
  });

  it('cannot be used up: after a stranger brought the right code the challenge still is the owner’s', async () => {
    const { owner, stranger, app, challengeId, emulator } = await ownersFactors();
    const code = emulator.currentCode(app);
    await stranger.verify(challengeId, code);
    expect(verdict(await owner.verify(challengeId, code))).toEqual(RIGHT);
  });

  it('tell nothing by the order of checks: expired, used and locked ones look like missing ones', async () => {
    const { owner, stranger, app, challengeId, emulator, clock } = await ownersFactors();
    await owner.verify(challengeId, emulator.currentCode(app)); // used
    clock.now += 30_000;
    const locked = await owner.challenge(app);
    for (let tries = 0; tries < 6; tries += 1) await owner.verify(locked, '0000');
    const missing = await stranger.verify('auth_challenge_0', '123456');
    for (const id of [challengeId, locked]) {
      const answer = await stranger.verify(id, '123456');
      expect([answer.status, answer.text, [...answer.headers]]).toEqual([
        missing.status,
        missing.text,
        [...missing.headers],
      ]);
    }
  });
});

describe('users whose ids', () => {
  const ALIKE = [
    'ada',
    'Ada',
    'ADA',
    ' ada',
    'ada ',
    'ada\u0000',
    'ada\u200b',
    'adа', // a Cyrillic а
    'a\u0308',
    'ä',
    'user:ada',
    'factor:ada',
    '__proto__',
    'a'.repeat(255),
    'a'.repeat(254),
  ];

  it('look alike own their factors apart', async () => {
    const attacked = underAttack();
    const factors: string[] = [];
    for (const id of ALIKE) factors.push((await attacked.as({ id, label: 'x' }).enrolTotp()).id);
    for (const [index, id] of ALIKE.entries()) {
      const { body } = await attacked.as({ id, label: 'x' }).get('/factors');
      expect(body.data.map((factor: { id: string }) => factor.id)).toEqual([factors[index]]);
    }
  });

  it('are made to hit another record of the store’s find nothing there', async () => {
    const { app, as, texts } = await ownersFactors();
    const keys = texts.flatMap((text) => (text.startsWith('{"key"') ? [String(JSON.parse(text).key)] : []));
    expect(keys).toContain(`factor:${app}`);
    for (const id of new Set(keys.filter((key) => key.length <= 255))) {
      expect((await as({ id, label: 'x' }).get('/factors')).body).toEqual({ data: [] });
      expect(verdict(await as({ id, label: 'x' }).get(`/factors/${app}`))).toEqual(REFUSALS.notFound);
    }
  });

  it('share a session id have proved nothing for each other', async () => {
    const attacked = underAttack();
    const stranger = { ...STRANGER, sessionId: OWNER.sessionId };
    const own = await attacked.addApp(stranger);
    const app = await attacked.addApp(OWNER);
    await attacked.as(OWNER).prove(app);
    expect(verdict(await attacked.as(stranger).delete(`/factors/${own}`))).toEqual(REFUSALS.stepUp);
  });
});
