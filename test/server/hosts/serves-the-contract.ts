import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { type Host, type HostCommand, startHost } from './host.ts';

type Backend = ReturnType<Host['browser']>['backend'];

/** Somebody in a second session of the same user: what they have, and what they are after. */
interface Thief {
  backend: Backend;
  /** Ids of factors. */
  pending: string;
  verified: string;
  /** Of the pending one, with its right code. */
  challengeId: string;
  code: string;
}

/** What every host owes, whatever it is written in: as the kit reads it, and as an attacker finds it. */
export function servesTheContract(command: HostCommand): void {
  let host: Host;
  beforeAll(async () => {
    host = await startHost(command);
  }, 120_000);
  beforeEach(() => host.reset());
  afterAll(() => host?.stop());

  it('takes somebody from an empty list to a confirmed authenticator app and back', async () => {
    const { browser, emulator } = host;
    const { backend, answers, cookie, email } = browser('ada');
    expect(await backend.listFactors()).toEqual([]);

    const { factor, totp } = await backend.enrollFactor({ type: 'totp' });
    expect(factor).toMatchObject({
      type: 'totp',
      status: 'pending',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      totp: { issuer: 'Example App', user: email },
    });
    expect(totp).toMatchObject({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringMatching(/^otpauth:/),
      qrCode: expect.stringMatching(/^data:image\/png;base64,/),
    });

    const challenge = await backend.challengeFactor(factor.id);
    expect(challenge).toMatchObject({ factorId: factor.id });
    expect(challenge.expiresAt).toBeUndefined();
    const right = emulator.currentCode(factor.id);
    const before = cookie();
    const wrong = right === '000000' ? '000001' : '000000';
    expect(await backend.verifyChallenge({ challengeId: challenge.id, code: wrong })).toMatchObject({
      valid: false,
    });
    expect(cookie()).toBe(before);
    expect(await backend.verifyChallenge({ challengeId: challenge.id, code: right })).toMatchObject({
      valid: true,
      challenge: { id: challenge.id, factorId: factor.id },
    });
    expect(cookie()).not.toBe(before);

    expect(await backend.listFactors()).toMatchObject([{ id: factor.id, type: 'totp', status: 'verified' }]);
    await backend.deleteFactor(factor.id);
    expect(await backend.listFactors()).toEqual([]);
    expect(emulator.factors).toEqual([]);

    const secret = totp?.secret ?? '';
    expect(answers.filter(({ text }) => text.includes(secret))).toHaveLength(1); // the answer to its enrolment
    for (const { status, headers } of answers) {
      expect(headers.get('Cache-Control')).toMatch(/\bno-store\b/);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
      if (status !== 204) expect(headers.get('Content-Type')).toMatch(/^application\/json/);
    }
  });

  it('sends a text message and never tells its number or its code', async () => {
    const { browser, emulator, output } = host;
    const { backend, answers } = browser('ada');
    const { factor } = await backend.enrollFactor({ type: 'sms', phoneNumber: '+15005550006' });
    expect(factor).toMatchObject({ type: 'sms', status: 'pending', sms: { phoneNumber: '•••• 0006' } });
    const challenge = await backend.challengeFactor(factor.id);
    expect(challenge.expiresAt).toMatch(/Z$/);
    const [message, ...more] = emulator.inbox;
    expect(more).toEqual([]);
    const code = emulator.currentCode(factor.id);
    expect(message?.body).toMatch(new RegExp(`\\n@app\\.example #${code}$`));
    expect(await backend.verifyChallenge({ challengeId: challenge.id, code })).toMatchObject({ valid: true });
    expect(await backend.listFactors()).toMatchObject([
      { status: 'verified', sms: { phoneNumber: '•••• 0006' } },
    ]);
    const told = answers.map(({ text }) => text).join('') + output();
    expect(told).not.toContain('5005550006');
    expect(told).not.toContain(code);
    expect(told).not.toContain('"code"');
  });

  it('keeps a one-time code that WorkOS itself sends back', async () => {
    const { browser, answerInstead } = host;
    const { backend, answers } = browser('ada');
    const { factor } = await backend.enrollFactor({ type: 'totp' });
    const challenge = {
      object: 'authentication_challenge',
      id: 'auth_challenge_01FVYZWQTZQ5VB6BC5MPG2EYC5',
      authentication_factor_id: factor.id,
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:00:00.000Z',
      expires_at: '2026-03-01T12:10:00.000Z',
      code: '541295',
    };
    answerInstead(({ url }) =>
      Response.json(url.endsWith('/verify') ? { challenge, valid: false } : challenge),
    );
    const { id } = await backend.challengeFactor(factor.id);
    expect(await backend.verifyChallenge({ challengeId: id, code: '123456' })).toMatchObject({
      valid: false,
    });
    expect(answers.map(({ text }) => text).join('')).not.toContain('541295');
  });

  it('tells every way in which a code is not taken', async () => {
    const { browser, emulator } = host;
    const { backend } = browser('ada');
    const { factor } = await backend.enrollFactor({ type: 'sms', phoneNumber: '+15005550006' });

    const used = await backend.challengeFactor(factor.id);
    const code = emulator.currentCode(factor.id);
    await backend.verifyChallenge({ challengeId: used.id, code });
    // Refused by WorkOS or, where the host has forgotten it, as one that does not exist: a success it never is.
    await expect(backend.verifyChallenge({ challengeId: used.id, code })).rejects.toMatchObject({
      code: expect.stringMatching(/^(challenge_used|not_found)$/),
    });

    const expired = await backend.challengeFactor(factor.id);
    const late = emulator.currentCode(factor.id);
    emulator.expireChallenges();
    await expect(backend.verifyChallenge({ challengeId: expired.id, code: late })).rejects.toMatchObject({
      code: 'challenge_expired',
    });

    emulator.rateLimitFor(60);
    await expect(backend.challengeFactor(factor.id)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfter: expect.any(Number),
    });
  });

  it('refuses a number that is none, before WorkOS is asked', async () => {
    const { browser, upstream } = host;
    const { backend } = browser('ada');
    for (const phoneNumber of ['foo', '+1', '5005550006', '+15005550006\n', '+1500555000６']) {
      await expect(backend.enrollFactor({ type: 'sms', phoneNumber })).rejects.toMatchObject({
        code: 'invalid_phone_number',
      });
    }
    expect(upstream).toEqual([]);
  });

  it('passes on what WorkOS finds wrong with a number, and not its words', async () => {
    const { browser, answerInstead, output } = host;
    const { backend, answers } = browser('ada');
    const phoneNumber = '+15005550006';
    const message = `Phone number is invalid: '${phoneNumber}'`;
    answerInstead(() => Response.json({ message, code: 'invalid_phone_number' }, { status: 422 }));
    await expect(backend.enrollFactor({ type: 'sms', phoneNumber })).rejects.toMatchObject({
      code: 'invalid_phone_number',
    });
    expect(JSON.stringify(answers) + output()).not.toContain(phoneNumber);
  });

  it.each<[string, () => Response]>([
    ['fails', () => Response.json({ message: 'sk_live_leak', code: 'internal' }, { status: 500 })],
    ['finds the key wrong', () => Response.json({ message: 'Unauthorized sk_live_leak' }, { status: 401 })],
    [
      'sends a page',
      () => new Response('<h1>sk_live_leak</h1>', { status: 503, headers: { 'Content-Type': 'text/html' } }),
    ],
  ])('says nothing of why, where WorkOS %s, and nobody is signed out', async (_, answer) => {
    const { browser, answerInstead, output } = host;
    const { backend, answers } = browser('ada');
    const { factor } = await backend.enrollFactor({ type: 'totp' });
    const challenge = await backend.challengeFactor(factor.id);
    answerInstead(answer);
    for (const call of [
      () => backend.listFactors(),
      () => backend.enrollFactor({ type: 'totp' }),
      () => backend.challengeFactor(factor.id),
      () => backend.verifyChallenge({ challengeId: challenge.id, code: '123456' }),
      () => backend.deleteFactor(factor.id),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'server_error', status: 502 });
    }
    expect(answers.map(({ text }) => text).join('') + output()).not.toContain('sk_live_leak');
    answerInstead(() => undefined);
    expect(await backend.listFactors()).toHaveLength(1); // a failed DELETE deletes nothing here, either
  });

  it.each<[string, () => Response]>([
    ['a page', () => new Response('<h1>All is well</h1>')],
    ['half an answer', () => new Response('{"id":"auth_')],
    ['nothing', () => new Response('')],
  ])('takes no success that is %s', async (_, answer) => {
    const { browser, answerInstead } = host;
    const { backend, cookie } = browser('ada');
    const { factor } = await backend.enrollFactor({ type: 'totp' });
    const challenge = await backend.challengeFactor(factor.id);
    const before = cookie();
    answerInstead(answer);
    for (const call of [
      () => backend.listFactors(),
      () => backend.enrollFactor({ type: 'totp' }),
      () => backend.challengeFactor(factor.id),
      () => backend.verifyChallenge({ challengeId: challenge.id, code: '123456' }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'server_error' });
    }
    expect(cookie()).toBe(before);
    answerInstead(() => undefined);
    expect(await backend.listFactors()).toMatchObject([{ id: factor.id, status: 'pending' }]);
  });

  it.each<[string, (challenge: object) => object]>([
    [
      'of another challenge',
      (challenge) => ({ challenge: { ...challenge, id: 'auth_challenge_1' }, valid: true }),
    ],
    ['with no challenge', () => ({ valid: true })],
    ['in words', (challenge) => ({ challenge, valid: 'true' })],
    ['that is a number', (challenge) => ({ challenge, valid: 1 })],
  ])('lets nobody in by a success %s', async (_, success) => {
    const { browser, answerInstead } = host;
    const { backend, cookie } = browser('ada');
    const { factor } = await backend.enrollFactor({ type: 'totp' });
    const { id, createdAt } = await backend.challengeFactor(factor.id);
    const before = cookie();
    const dates = { created_at: createdAt, updated_at: createdAt };
    const challenge = {
      object: 'authentication_challenge',
      id,
      authentication_factor_id: factor.id,
      ...dates,
    };
    answerInstead(() => Response.json(success(challenge), { status: 201 }));
    const verified = await backend
      .verifyChallenge({ challengeId: id, code: '123456' })
      .catch(() => undefined);
    expect(verified?.valid ?? false).toBe(false);
    expect(cookie()).toBe(before);
    answerInstead(() => undefined);
    expect(await backend.listFactors()).toMatchObject([{ status: 'pending' }]);
  });

  it('treats a factor or challenge of somebody else as one that does not exist, and asks WorkOS nothing', async () => {
    const { browser, emulator, upstream } = host;
    const { backend: adas } = browser('ada');
    const { factor } = await adas.enrollFactor({ type: 'totp' });
    const challenge = await adas.challengeFactor(factor.id);
    const { backend: eves, call } = browser('eve');
    const asked = upstream.length;
    const code = emulator.currentCode(factor.id);
    const refused = { code: 'not_found', status: 404 };
    await expect(eves.challengeFactor(factor.id)).rejects.toMatchObject(refused);
    await expect(eves.verifyChallenge({ challengeId: challenge.id, code })).rejects.toMatchObject(refused);
    await expect(eves.deleteFactor(factor.id)).rejects.toMatchObject(refused);
    expect(await eves.listFactors()).toEqual([]);
    const answers = await Promise.all(
      [`/factors/${factor.id}`, '/factors/auth_factor_01ARZ3NDEKTSV4RRFFQ69G5FAV'].map(async (path) => {
        const response = await call('GET', path);
        return [response.status, await response.text()];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(upstream).toHaveLength(asked);
    expect(emulator.factors).toHaveLength(1);
  });

  it.each<[string, (thief: Thief) => Promise<unknown>]>([
    ['enrols another', ({ backend }) => backend.enrollFactor({ type: 'totp' })],
    ['challenges one that was never confirmed', ({ backend, pending }) => backend.challengeFactor(pending)],
    [
      'confirms one that was never confirmed',
      ({ backend, challengeId, code }) => backend.verifyChallenge({ challengeId, code }),
    ],
    ['removes the one there is', ({ backend, verified }) => backend.deleteFactor(verified)],
  ])('keeps out whoever has the password alone and %s', async (_, attempt) => {
    const { browser, emulator } = host;
    const thief = browser('ada'); // was here before Ada had a second factor
    const { factor: pending } = await thief.backend.enrollFactor({ type: 'totp' });
    const { id: challengeId } = await thief.backend.challengeFactor(pending.id);

    const ada = browser('ada');
    const { factor } = await ada.backend.enrollFactor({ type: 'sms', phoneNumber: '+15005550006' });
    const confirm = async (backend: Backend) => {
      const { id } = await backend.challengeFactor(factor.id);
      return backend.verifyChallenge({ challengeId: id, code: emulator.currentCode(factor.id) });
    };
    await confirm(ada.backend);

    const before = { cookie: thief.cookie(), factors: await ada.backend.listFactors() };
    expect(before.factors.map(({ status }) => status)).toEqual(['pending', 'verified']);
    await expect(
      attempt({
        backend: thief.backend,
        pending: pending.id,
        verified: factor.id,
        challengeId,
        code: emulator.currentCode(pending.id),
      }),
    ).rejects.toMatchObject({ code: 'step_up_required', status: 403 });
    expect({ cookie: thief.cookie(), factors: await ada.backend.listFactors() }).toEqual(before);

    // A code of the factor that was confirmed is the way in, and nothing is in the way then.
    expect(await confirm(thief.backend)).toMatchObject({ valid: true });
    expect(thief.cookie()).not.toBe(before.cookie);
    await thief.backend.deleteFactor(factor.id);
  });

  it('lets a complete session add another factor, whose first code proves nothing new', async () => {
    const { browser, emulator } = host;
    const { backend, cookie } = browser('ada');
    const add = async () => {
      const { factor } = await backend.enrollFactor({ type: 'totp' });
      const { id: challengeId } = await backend.challengeFactor(factor.id);
      return backend.verifyChallenge({ challengeId, code: emulator.currentCode(factor.id) });
    };
    await add();
    const complete = cookie();
    expect(await add()).toMatchObject({ valid: true });
    expect((await backend.listFactors()).map(({ status }) => status)).toEqual(['verified', 'verified']);
    expect(cookie()).toBe(complete);
  });

  it('takes no address apart that is none of its own', async () => {
    const { browser, upstream } = host;
    const { call } = browser('ada');
    for (const path of [
      '/factors/..%2f..%2fuser_management',
      '/factors/a%2Fb',
      '/factors/a/b/challenge',
      '/factors/x%0a',
      '/factors/',
      '//factors',
      '/nothing',
    ]) {
      expect((await call('GET', path)).status, path).toBe(404);
    }
    expect(upstream).toEqual([]);
  });

  it('answers nobody who is not signed in', async () => {
    const { browser } = host;
    const { backend, call } = browser(undefined);
    await expect(backend.listFactors()).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
    expect((await call('POST', '/factors', '{"type":"totp"}')).status).toBe(401);
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { Origin: 'https://evil.example' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['a sibling subdomain', { Origin: 'https://app.example', 'Sec-Fetch-Site': 'same-site' }],
    ['a form of another site', { Origin: 'https://app.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['nobody knows where', { Origin: '' }],
    ['a page without the kit', { 'X-Requested-With': '' }],
  ])('refuses a write that comes from %s', async (_, headers) => {
    const { browser, upstream } = host;
    const response = await browser('ada').call('POST', '/factors', '{"type":"totp"}', headers);
    expect([response.status, (await response.json()).code]).toEqual([403, 'forbidden']);
    expect(upstream).toEqual([]);
  });

  it.each<[string, string, number, Record<string, string>]>([
    ['a form', 'type=totp', 415, { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['text', '{"type":"totp"}', 415, { 'Content-Type': 'text/plain' }],
    ['no JSON', '{', 400, {}],
    ['a list', '[]', 400, {}],
    ['too much', `{"type":"totp","more":"${'x'.repeat(20_000)}"}`, 413, {}],
    ['another type', '{"type":"webauthn"}', 422, {}],
    ['a type that is no text', '{"type":["totp"]}', 422, {}],
    ['no fields', '{}', 422, {}],
  ])('refuses a body that is %s', async (_, body, status, headers) => {
    const { browser, upstream } = host;
    const response = await browser('ada').call('POST', '/factors', body, headers);
    expect([response.status, (await response.json()).code]).toEqual([status, 'invalid_request']);
    expect(upstream).toEqual([]);
  });

  it('asks WorkOS only for codes that are digits', async () => {
    const { browser, upstream } = host;
    const { backend, call } = browser('ada');
    const { factor } = await backend.enrollFactor({ type: 'totp' });
    const challenge = await backend.challengeFactor(factor.id);
    const asked = upstream.length;
    for (const code of [
      '123',
      '12345678901',
      '12345a',
      '１２３４５６',
      '123456\n',
      123456,
      ['123456'],
      null,
    ]) {
      const response = await call('POST', `/challenges/${challenge.id}/verify`, JSON.stringify({ code }));
      expect(response.status, JSON.stringify(code)).toBe(422);
    }
    expect(upstream).toHaveLength(asked);
  });

  it('forgets a factor that WorkOS no longer has', async () => {
    const { browser, emulator } = host;
    const { backend } = browser('ada');
    const { factor } = await backend.enrollFactor({ type: 'totp' });
    emulator.reset();
    expect(await backend.listFactors()).toEqual([]);
    await backend.deleteFactor(factor.id);
  });
}
