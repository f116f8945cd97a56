// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { json } from '../mounted-handler.js';
import {
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

/** An account with an app whose code has just been accepted, in full view of somebody. */
async function seenCode(overrides: Parameters<typeof underAttack>[0] = {}) {
  const attacked = underAttack(overrides);
  const app = await attacked.addApp(OWNER);
  attacked.clock.now += 150 * SECOND;
  const owner = attacked.as(OWNER);
  const code = attacked.emulator.currentCode(app);
  const spare = await owner.challenge(app);
  expect(verdict(await owner.verify(await owner.challenge(app), code))).toEqual(RIGHT);
  attacked.told.length = attacked.requests.length = 0;
  /** A WorkOS that takes any code at any time, so that the handler alone stands in between. */
  const believeAll = () => {
    attacked.upstream = async (request) => {
      if (!request.url.endsWith('/verify')) return attacked.emulator.fetch(request);
      const id = request.url.split('/').at(-2);
      return json({ challenge: { id, authentication_factor_id: app }, valid: true }, 201);
    };
  };
  return Object.assign(attacked, { owner, app, code, spare, believeAll });
}

describe('a code of an authenticator app that was accepted', () => {
  it('is refused at a challenge that was started before, at one started since, and in another session', async () => {
    const { owner, as, app, code, spare, told, requests } = await seenCode();
    const thief = as(THIEF);
    for (const [client, challengeId] of [
      [owner, spare],
      [owner, await owner.challenge(app)],
      [thief, await thief.challenge(app)],
    ] as const) {
      requests.length = 0;
      expect(verdict(await client.verify(challengeId, code))).toEqual(REFUSALS.codeUsed);
      expect(requests).toEqual([]); // WorkOS would take it
    }
    expect(told).toEqual([]);
  });

  it('is refused after 119 seconds and taken after 120: WorkOS has long dropped it', async () => {
    const { owner, app, code, clock, believeAll, told } = await seenCode();
    believeAll();
    clock.now += 119 * SECOND;
    expect(verdict(await owner.verify(await owner.challenge(app), code))).toEqual(REFUSALS.codeUsed);
    clock.now += SECOND - 1;
    expect(verdict(await owner.verify(await owner.challenge(app), code))).toEqual(REFUSALS.codeUsed);
    expect(told).toEqual([]);
    clock.now += 1;
    expect(verdict(await owner.verify(await owner.challenge(app), code))).toEqual(RIGHT);
  });

  it('is refused although the codes before and after it were taken since', async () => {
    const { owner, app, code, emulator, clock } = await seenCode();
    for (const seconds of [-30, 30]) {
      const other = emulator.currentCode(app, clock.now + seconds * SECOND);
      expect(verdict(await owner.verify(await owner.challenge(app), other))).toEqual(RIGHT);
    }
    expect(verdict(await owner.verify(await owner.challenge(app), code))).toEqual(REFUSALS.codeUsed);
  });

  it('is one code however many bring it at once to challenges of their own', async () => {
    const attacked = await seenCode();
    const { owner, app, emulator, clock, told } = attacked;
    clock.now += 30 * SECOND;
    const challenges = await Promise.all(Array.from({ length: 8 }, () => owner.challenge(app)));
    const answers = await Promise.all(challenges.map((id) => owner.verify(id, emulator.currentCode(app))));
    expect(tally(answers)).toEqual({ '200 true': 1, '422 one_time_code_previously_used': 7 });
    expect(told).toHaveLength(1);
  });

  it('is refused for another app of the same account that has the same secret', async () => {
    const attacked = await seenCode();
    const { owner, code, clock, emulator, told } = attacked;
    const twin = await owner.enrolTotp();
    const challengeId = await owner.challenge(twin.id);
    attacked.upstream = (request) =>
      request.url.endsWith('/verify')
        ? json({ challenge: { id: challengeId, authentication_factor_id: twin.id }, valid: true }, 201)
        : emulator.fetch(request);
    expect(verdict(await owner.verify(challengeId, code))).toEqual(REFUSALS.codeUsed);
    expect(told).toEqual([]);
    clock.now += 1;
  });

  it('is refused after the code that confirmed the enrolment, too', async () => {
    const { as, emulator, told } = underAttack();
    const owner = as(OWNER);
    const { id } = await owner.enrolTotp();
    const challenges = [await owner.challenge(id), await owner.challenge(id)];
    const code = emulator.currentCode(id);
    expect(verdict(await owner.verify(challenges[0]!, code))).toEqual(RIGHT);
    expect(verdict(await owner.verify(challenges[1]!, code))).toEqual(REFUSALS.codeUsed);
    expect(told).toHaveLength(1);
  });

  it('is refused also where the host could not be told of it', async () => {
    const { owner, app, code, spare } = await seenCode();
    expect(verdict(await owner.verify(spare, code))).toEqual(REFUSALS.codeUsed);
    const down = underAttack({ onVerified: () => Promise.reject(new Error('down')) });
    const other = down.as(OWNER);
    const { id } = await other.enrolTotp();
    const shown = down.emulator.currentCode(id);
    expect((await other.verify(await other.challenge(id), shown)).status).toBe(500);
    expect(verdict(await other.verify(await other.challenge(id), shown))).toEqual(REFUSALS.codeUsed);
    expect(app).toBeDefined();
  });

  it('costs the owner no try when somebody repeats it, however often', async () => {
    const { owner, app, code, spare, emulator, clock } = await seenCode();
    for (let times = 0; times < 30; times += 1) await owner.verify(spare, code);
    clock.now += 30 * SECOND;
    expect(verdict(await owner.verify(spare, emulator.currentCode(app)))).toEqual(RIGHT);
  });

  it('is not somebody else’s: their app may happen to show the same digits', async () => {
    const attacked = await seenCode();
    const { as, addApp, code, emulator } = attacked;
    const own = await addApp(STRANGER);
    const stranger = as(STRANGER);
    const challengeId = await stranger.challenge(own);
    attacked.upstream = (request) =>
      request.url.endsWith('/verify')
        ? json({ challenge: { id: challengeId, authentication_factor_id: own }, valid: true }, 201)
        : emulator.fetch(request);
    expect(verdict(await stranger.verify(challengeId, code))).toEqual(RIGHT);
  });
});

it('the same digits in a text message are another code: they are not refused', async () => {
  const attacked = await seenCode();
  const { owner, addPhone, clock, emulator } = attacked;
  const phone = await addPhone(OWNER);
  clock.now += 30 * SECOND;
  const sms = await owner.challenge(phone);
  attacked.upstream = (request) =>
    request.url.endsWith('/verify')
      ? json({ challenge: { id: sms, authentication_factor_id: phone }, valid: true }, 201)
      : emulator.fetch(request);
  expect(verdict(await owner.verify(sms, attacked.code))).toEqual(RIGHT);
});
