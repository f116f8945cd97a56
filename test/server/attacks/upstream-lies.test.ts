// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { json } from '../mounted-handler.js';
import { OWNER, REFUSALS, RIGHT, SECOND, STRANGER, underAttack, verdict, WRONG } from './under-attack.js';

async function challenged() {
  const attacked = underAttack();
  const owner = attacked.as(OWNER);
  const app = await attacked.addApp(OWNER);
  attacked.clock.now += 30 * SECOND;
  const challengeId = await owner.challenge(app);
  attacked.requests.length = attacked.told.length = 0;
  const right = { id: challengeId, authentication_factor_id: app };
  return Object.assign(attacked, { owner, app, challengeId, right });
}
type Challenged = Awaited<ReturnType<typeof challenged>>;

const NO_VERDICTS: Record<string, (of: Challenged) => Response | Promise<Response>> = {
  'a 500': () => json({ message: 'x' }, 500),
  'a page of HTML': () => new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }),
  'a 401': () => json({ message: 'Unauthorized' }, 401),
  'a 401 that says the code is wrong': () => json({ code: 'invalid_one_time_code', message: 'x' }, 401),
  'a 429': () => json({ code: 'rate_limit_exceeded', message: 'x' }, 429),
  'a redirect': () => new Response(null, { status: 307, headers: { Location: 'https://evil.example/' } }),
  'a connection that breaks': () => Promise.reject(new TypeError('fetch failed')),
  'a 422 about a field': () => json({ code: 'invalid_request_parameters', message: 'x' }, 422),
  'a lock of WorkOS’s own': () => json({ code: 'one_time_code_too_many_attempts', message: 'x' }, 400),
  'valid: "true"': ({ right }) => json({ challenge: right, valid: 'true' }, 201),
  'valid: 1': ({ right }) => json({ challenge: right, valid: 1 }, 201),
  'valid: true for another challenge': ({ right }) =>
    json({ challenge: { ...right, id: 'auth_challenge_2' }, valid: true }, 201),
  'valid: true for another factor': ({ right }) =>
    json({ challenge: { ...right, authentication_factor_id: 'auth_factor_2' }, valid: true }, 201),
  'valid: false for another challenge': ({ right }) =>
    json({ challenge: { ...right, id: 'auth_challenge_2' }, valid: false }, 201),
  'valid: true with an error beside it': ({ right }) =>
    json({ challenge: right, valid: true, error: 'expired' }, 201),
  'valid: true in an envelope': ({ right }) => json({ data: { challenge: right, valid: true } }, 201),
  'valid: true with a 202': ({ right }) => json({ challenge: right, valid: true }, 202),
  'valid: true as HTML': ({ right }) =>
    new Response(JSON.stringify({ challenge: right, valid: true }), {
      headers: { 'Content-Type': 'text/html' },
    }),
  'valid: true twice': ({ right }) =>
    json(`{"challenge":${JSON.stringify(right)},"valid":true}{"valid":true}`, 201),
  'an empty object': () => json({}, 201),
  'a JSON text a thousand levels deep': () => json(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 201),
};

describe('what is no verdict', () => {
  it.each(Object.keys(NO_VERDICTS))('opens nothing, uses nothing up and costs no try: %s', async (name) => {
    const attacked = await challenged();
    const { owner, app, challengeId, told, emulator, wrongCode } = attacked;
    attacked.upstream = () => NO_VERDICTS[name]?.(attacked);
    for (let tries = 0; tries < 12; tries += 1) {
      const answer = await owner.verify(challengeId, wrongCode(app));
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    expect(told).toEqual([]);
    attacked.upstream = () => undefined;
    for (let tries = 0; tries < 4; tries += 1) {
      expect(verdict(await owner.verify(challengeId, wrongCode(app)))).toEqual(WRONG);
    }
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(app)))).toEqual(RIGHT);
    expect(told).toHaveLength(1);
  });

  it('gives a code no second life: one that may have been judged is judged again, and accepted once', async () => {
    const attacked = await challenged();
    const { owner, app, challengeId, emulator, told } = attacked;
    const code = emulator.currentCode(app);
    attacked.upstream = async (request) => {
      await emulator.fetch(request); // it is used up there, and the answer gets lost
      return json({ message: 'x' }, 504);
    };
    expect(verdict(await owner.verify(challengeId, code))).toEqual(REFUSALS.upstream);
    attacked.upstream = () => undefined;
    expect(verdict(await owner.verify(challengeId, code))).toEqual(REFUSALS.challengeUsed);
    expect(told).toEqual([]);
    expect(verdict(await owner.verify(await owner.challenge(app), code))).toEqual(RIGHT);
    expect(verdict(await owner.verify(await owner.challenge(app), code))).toEqual(REFUSALS.codeUsed);
  });
});

describe('a wrong code that WorkOS tells as an error', () => {
  it.each([400, 422])('with a %i counts as one', async (status) => {
    const attacked = await challenged();
    attacked.upstream = () => json({ code: 'invalid_one_time_code', message: 'x' }, status);
    const answer = await attacked.owner.verify(attacked.challengeId, '000000');
    expect([...verdict(answer), answer.body.attempts_remaining]).toEqual([...WRONG, 4]);
  });
});

describe('an id that WorkOS gives twice', () => {
  const at = '2026-03-01T12:00:00.000Z';

  it('makes nobody the owner of somebody else’s factor, and deletes it not', async () => {
    const attacked = await challenged();
    const { as, app, requests, owner } = attacked;
    attacked.upstream = () => json({ id: app, type: 'sms', created_at: at, updated_at: at }, 201);
    const answer = await as(STRANGER).post('/factors', { type: 'sms', phone_number: '+15005550006' });
    expect(verdict(answer)).toEqual(REFUSALS.upstream);
    expect(requests.map(({ method }) => method)).toEqual(['POST']);
    expect((await as(STRANGER).get('/factors')).body).toEqual({ data: [] });
    expect((await owner.get(`/factors/${app}`)).body.status).toBe('verified');
  });

  it('takes no place for good', async () => {
    const attacked = await challenged();
    const { as, app, emulator } = attacked;
    const stranger = as(STRANGER);
    attacked.upstream = () => json({ id: app, type: 'sms', created_at: at, updated_at: at }, 201);
    for (let times = 0; times < 12; times += 1) await stranger.enrolSms();
    attacked.upstream = () => undefined;
    for (let times = 0; times < 10; times += 1) await stranger.enrolTotp();
    expect(emulator.factors).toHaveLength(11);
  });

  it('revives no challenge that was used or locked, not even when so many others have come between', async () => {
    const attacked = await challenged();
    const { owner, app, challengeId, emulator, wrongCode } = attacked;
    for (let tries = 0; tries < 5; tries += 1) await owner.verify(challengeId, wrongCode(app));
    attacked.upstream = () =>
      json({ id: challengeId, authentication_factor_id: app, created_at: at, updated_at: at }, 201);
    expect((await owner.post(`/factors/${app}/challenge`)).status).toBe(502);
    attacked.upstream = () => undefined;
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(app)))).toEqual(
      REFUSALS.tooManyAttempts,
    );
    for (let times = 0; times < 49; times += 1) await owner.challenge(app);
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(app)))).toEqual(
      REFUSALS.tooManyAttempts,
    );
  });
});
