// @vitest-environment node
import { expect, it } from 'vitest';

import { PHONE } from '../mounted-handler.js';
import {
  HOUR,
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  SECOND,
  STRANGER,
  underAttack,
  verdict,
} from './under-attack.js';

it('a clock that was a day ahead leaves no proof for the day after', async () => {
  const { as, addApp, clock } = underAttack();
  const app = await addApp(OWNER);
  const owner = as(OWNER);
  clock.now += 24 * HOUR;
  expect(verdict(await owner.prove(app))).toEqual(RIGHT);
  clock.now -= 4 * HOUR; // the clock was set right
  expect(verdict(await owner.post('/factors', { type: 'totp' }))).toEqual(REFUSALS.stepUp);
});

it('a clock that was ahead shuts nobody out for longer than it was ahead', async () => {
  const { as, clock } = underAttack();
  const stranger = as(STRANGER);
  const { id } = await stranger.enrolSms(PHONE);
  clock.now += 10 * MINUTE;
  expect((await stranger.post(`/factors/${id}/challenge`)).status).toBe(201);
  clock.now -= 10 * MINUTE;
  const early = await stranger.post(`/factors/${id}/challenge`);
  expect([early.status, early.body.retry_after]).toEqual([429, 30]); // counted as now, and no later
  clock.now += 10 * MINUTE + 30 * SECOND;
  expect((await stranger.post(`/factors/${id}/challenge`)).status).toBe(201);
});

it('a lock tells nobody which code was the right one a moment ago', async () => {
  const { as, addApp, emulator, clock, wrongCode } = underAttack();
  const app = await addApp(OWNER);
  const owner = as(OWNER);
  await owner.prove(app);
  const used = emulator.currentCode(app);
  for (let tries = 0; tries < 10; tries += 1) await owner.verify(await owner.challenge(app), wrongCode(app));
  const challengeId = await owner.challenge(app);
  clock.now += SECOND;
  expect(verdict(await owner.verify(challengeId, wrongCode(app)))).toEqual(REFUSALS.rateLimited);
  expect(verdict(await owner.verify(challengeId, used))).toEqual(REFUSALS.rateLimited);
});
