import { describe, expect, it } from 'vitest';

import { API_KEY, startEmulator } from './emulator-client.js';

describe('a request that WorkOS would refuse', () => {
  it.each([undefined, `Bearer ${API_KEY}x`, API_KEY, 'Bearer', 'Bearer undefined'])(
    'with the Authorization header %s does nothing and learns nothing',
    async (header) => {
      const { emulator } = startEmulator();
      const response = await emulator.fetch(
        new Request('https://api.workos.com/auth/factors/enroll', {
          method: 'POST',
          headers: header === undefined ? {} : { Authorization: header },
          body: '{"type":"sms","phone_number":"+15005550006"}',
        }),
      );
      expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
      expect(emulator.factors).toEqual([]);
    },
  );

  it.each(['{"type":', 'type=totp', '[]', 'null', '"totp"', '1'])(
    'with the body %s is answered 400',
    async (body) => {
      expect((await startEmulator().post('/auth/factors/enroll', body)).status).toBe(400);
    },
  );

  it.each([
    [{}, 'type_required'],
    [{ type: null }, 'type_required'],
    [{ type: 'email' }, 'type_invalid'],
    [{ type: 'totp', totp_user: 'alan' }, 'totp_issuer_required'],
    [{ type: 'totp', totp_issuer: 'Foo Corp' }, 'totp_user_required'],
    [{ type: 'totp', totp_issuer: 'Foo Corp', totp_user: ['alan'] }, 'totp_user_required'],
    [{ type: 'sms', phone_number: null }, 'phone_number_required'],
  ])('with the fields %j says what is missing', async (fields, requirement) => {
    const { emulator, post } = startEmulator();
    expect(await post('/auth/factors/enroll', fields)).toMatchObject({
      status: 422,
      body: { code: 'invalid_request_parameters', errors: [{ code: requirement }] },
    });
    expect(emulator.factors).toEqual([]);
  });

  it('verifies nothing without a code, and counts it as no attempt', async () => {
    const { emulator, post, enrollSms, challenge, verify } = startEmulator();
    const { body: factor } = await enrollSms();
    const { body: started } = await challenge(factor.id);
    for (const body of [
      {},
      { code: 123_456 },
      { code: null },
      ...Array.from({ length: 10 }, () => ({ code: '' })),
    ]) {
      expect((await post(`/auth/challenges/${started.id}/verify`, body)).status).toBe(422);
    }
    expect((await verify(started.id, emulator.currentCode(factor.id))).body.valid).toBe(true);
  });

  it.each([
    ['GET', '/auth/factors/auth_factor_nope', 'Authentication Factor', 'auth_factor_nope'],
    ['DELETE', '/auth/factors/auth_factor_nope', 'Authentication Factor', 'auth_factor_nope'],
    ['POST', '/auth/factors/__proto__/challenge', 'Authentication Factor', '__proto__'],
    [
      'POST',
      '/auth/challenges/auth_challenge_nope/verify',
      'Authentication Challenge',
      'auth_challenge_nope',
    ],
    ['GET', '/user_management/users/alan/auth_factors', 'User', 'alan'],
    ['POST', '/user_management/users/alan/auth_factors', 'User', 'alan'],
  ])('to %s %s names what it did not find', async (method, path, entity, id) => {
    const { call } = startEmulator();
    expect(await call(method, path, method === 'POST' ? {} : undefined)).toMatchObject({
      status: 404,
      body: { message: `${entity} not found: '${id}'.`, code: 'entity_not_found', entity_id: id },
    });
  });

  it.each([
    ['GET', '/'],
    ['GET', '/auth/factors'],
    ['PUT', '/auth/factors/auth_factor_1'],
    ['GET', '/auth/challenges/auth_challenge_1/verify'],
    ['POST', '/auth/factors/auth_factor_1/challenge/'],
    ['DELETE', '/user_management/users/user_1/auth_factors'],
  ])('to %s %s, which WorkOS does not have, is answered 404', async (method, path) => {
    expect(await startEmulator().call(method, path)).toMatchObject({
      status: 404,
      body: { error: 'Not Found' },
    });
  });
});

describe('every answer', () => {
  it('has an id of its own, which a support request could name', async () => {
    const { emulator, call, get, enrollSms, challenge } = startEmulator();
    const sms = await enrollSms();
    const answers = [
      sms,
      await challenge(sms.body.id),
      await call('DELETE', `/auth/factors/${sms.body.id}`), // 204
      await get('/auth/factors/auth_factor_nope'),
      await call('GET', '/', undefined, { Authorization: 'Bearer nope' }),
    ];
    emulator.rateLimitFor(1);
    answers.push(await get('/auth/factors/auth_factor_nope'));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 204, 404, 401, 429]);
    const ids = answers.map(({ headers }) => headers.get('X-Request-ID'));
    for (const id of ids) expect(id).toMatch(/^[0-9A-Z]{26}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a request that WorkOS would take', () => {
  it('needs no content type, and no body where nothing is asked', async () => {
    const { emulator, enrollSms } = startEmulator();
    const { body: factor } = await enrollSms();
    const response = await emulator.fetch(
      new Request(`http://localhost:4100/auth/factors/${factor.id}/challenge`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${API_KEY}` },
      }),
    );
    expect(response.status).toBe(201);
    expect(emulator.inbox).toHaveLength(1);
  });

  it('may carry the fields of the other types as null, as the Ruby SDK does', async () => {
    const { post } = startEmulator();
    const fields = { type: 'totp', totp_issuer: 'WorkOS', totp_user: 'some_user', phone_number: null };
    expect((await post('/auth/factors/enroll', fields)).status).toBe(201);
  });

  it('gives a generic_otp host the code to deliver itself, as recorded', async () => {
    const { emulator, post, challenge, verify } = startEmulator();
    const { body: factor } = await post('/auth/factors/enroll', { type: 'generic_otp' });
    const { body: started } = await challenge(factor.id);
    expect(started.code).toBe(emulator.currentCode(factor.id));
    expect(emulator.inbox).toEqual([]);
    expect((await verify(started.id, started.code)).body).toMatchObject({ valid: true, challenge: started });
  });
});

describe('removing a factor', () => {
  it('takes its open challenges with it and leaves the others', async () => {
    const { emulator, call, enrollSms, enrollTotp, challenge, verify } = startEmulator();
    const { body: phone } = await enrollSms();
    const { body: app } = await enrollTotp();
    const { body: phoneChallenge } = await challenge(phone.id);
    const { body: appChallenge } = await challenge(app.id);
    const code = emulator.currentCode(phone.id);

    const { status, text } = await call('DELETE', `/auth/factors/${phone.id}`);
    expect([status, text]).toEqual([204, '']);
    expect((await verify(phoneChallenge.id, code)).body.entity_id).toBe(phoneChallenge.id);
    expect((await verify(appChallenge.id, emulator.currentCode(app.id))).body.valid).toBe(true);
    expect(emulator.factors).toEqual([{ id: app.id, type: 'totp' }]);
  });
});

describe('User Management', () => {
  const path = '/user_management/users/user_1/auth_factors';

  it('starts a challenge together with the factor, and lets its ten minutes end', async () => {
    const { emulator, clock, post, verify } = startEmulator();
    const { authentication_factor: factor, authentication_challenge: challenge } = (
      await post(path, { type: 'totp', totp_issuer: 'Foo Corp', totp_user: 'alan' })
    ).body;
    clock.time += 600_000;
    expect((await verify(challenge.id, emulator.currentCode(factor.id))).status).toBe(422);
  });

  it("takes a host's own secret, which then makes the codes", async () => {
    const { emulator, clock, post } = startEmulator();
    clock.time = 59_000; // RFC 6238, appendix B: 94287082, of which six digits are shown
    const { body } = await post(path, { type: 'totp', totp_secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
    expect(emulator.currentCode(body.authentication_factor.id)).toBe('287082');
  });

  it.each([
    [{}, 'type_invalid'],
    [{ type: 'sms', phone_number: '+15005550006' }, 'type_invalid'],
    [{ type: 'totp', totp_secret: 'not base32!' }, 'totp_secret_invalid'],
    [{ type: 'totp', totp_secret: 'A' }, 'totp_secret_invalid'], // five bits: a key of no bytes, whose codes all can make
  ])('refuses %j', async (fields, requirement) => {
    expect(await startEmulator().post(path, fields)).toMatchObject({
      status: 422,
      body: { errors: [{ code: requirement }] },
    });
  });

  it("lists one user's factors, newest first unless asked otherwise", async () => {
    const { get, post } = startEmulator();
    const enroll = async () => (await post(path, { type: 'totp' })).body.authentication_factor.id;
    const [first, second] = [await enroll(), await enroll()];
    await post('/user_management/users/user_2/auth_factors', { type: 'totp' });
    const listed = async (query: string) => {
      const { body } = await get(path + query);
      return body.data.map(({ id }: { id: string }) => id);
    };
    expect(await listed('')).toEqual([second, first]);
    expect(await listed('?limit=10&order=asc')).toEqual([first, second]);
  });
});

describe('the controls', () => {
  it('end the time of open challenges at once, but not of later ones', async () => {
    const { emulator, enrollSms, challenge, verify } = startEmulator();
    const { body: factor } = await enrollSms();
    const { body: early } = await challenge(factor.id);
    const code = emulator.currentCode(factor.id);
    emulator.expireChallenges();
    expect((await verify(early.id, code)).body.code).toBe('authentication_challenge_expired');
    const { body: late } = await challenge(factor.id);
    expect((await verify(late.id, emulator.currentCode(factor.id))).body.valid).toBe(true);
  });

  it('force a rate limit that counts down and then lets go', async () => {
    const { emulator, clock, get, enrollSms } = startEmulator();
    const { body: factor } = await enrollSms();
    const retryAfter = async () => (await get(`/auth/factors/${factor.id}`)).headers.get('Retry-After');
    emulator.rateLimitFor(30);
    expect(await retryAfter()).toBe('30');
    clock.time += 28_500;
    expect(await retryAfter()).toBe('2');
    clock.time += 1499;
    expect(await retryAfter()).toBe('1');
    clock.time += 1;
    expect(await retryAfter()).toBeNull();
  });

  it('can call a forced rate limit off', async () => {
    const { emulator, enrollSms } = startEmulator();
    emulator.rateLimitFor(30);
    emulator.rateLimitFor(0);
    expect((await enrollSms()).status).toBe(201);
  });

  it('tell where no code can be had, and why', async () => {
    const { emulator, enrollSms } = startEmulator();
    const { body: factor } = await enrollSms();
    expect(() => emulator.currentCode(factor.id)).toThrow('challenge it first');
    expect(() => emulator.currentCode('auth_factor_nope')).toThrow('no such factor');
  });

  it('forget everything on reset, also for whoever holds the inbox', async () => {
    const { emulator, get, enrollSms, challenge, verify } = startEmulator();
    const { inbox } = emulator;
    const { body: factor } = await enrollSms();
    const { body: started } = await challenge(factor.id);
    emulator.rateLimitFor(60);
    emulator.reset();
    expect(inbox).toEqual([]);
    expect(emulator.factors).toEqual([]);
    expect((await get(`/auth/factors/${factor.id}`)).status).toBe(404);
    expect((await verify(started.id, '123456')).body.entity_id).toBe(started.id);
  });

  it('let a caller take fetch along without the emulator', async () => {
    const { fetch } = startEmulator().emulator;
    expect((await fetch(new Request('https://api.workos.com/'))).status).toBe(401);
  });
});

describe('a configured rate limit', () => {
  it('refuses the request too many, and takes it in the next window', async () => {
    const { clock, enrollSms } = startEmulator({ rateLimit: { requests: 2, seconds: 60 } });
    expect((await enrollSms()).status).toBe(201);
    clock.time += 10_000;
    expect((await enrollSms()).status).toBe(201);
    const refused = await enrollSms();
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '50']);
    clock.time += 50_000;
    expect((await enrollSms()).status).toBe(201);
  });

  it('starts anew after a reset', async () => {
    const { emulator, enrollSms } = startEmulator({ rateLimit: { requests: 1, seconds: 60 } });
    await enrollSms();
    emulator.reset();
    expect((await enrollSms()).status).toBe(201);
  });
});
