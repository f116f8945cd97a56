// @vitest-environment node
import type { MfaHandlerOptions, VerifiedEvent } from 'mfa-kit/server';
import { describe, expect, it, vi } from 'vitest';

import { ADA, type Answer, bareRequest, mountHandler, ORIGIN, WRITE_HEADERS } from './mounted-handler.js';

describe('enrolling and signing in', () => {
  it('enrols an authenticator app and accepts its code', async () => {
    const { as, emulator } = mountHandler();
    const ada = as(ADA);
    const enrolled = await ada.post('/factors', { type: 'totp' });
    expect(enrolled.status).toBe(201);
    expect(enrolled.body).toEqual({
      object: 'authentication_factor',
      id: expect.stringMatching(/^auth_factor_/),
      type: 'totp',
      status: 'pending',
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:00:00.000Z',
      totp: {
        issuer: 'Foo Corp',
        user: 'ada@example.com',
        secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
        qr_code: expect.stringMatching(/^data:image\/png;base64,/),
        uri: expect.stringMatching(/^otpauth:\/\/totp\//),
      },
    });

    const { id } = enrolled.body;
    const challenged = await ada.post(`/factors/${id}/challenge`);
    expect(challenged.status).toBe(201);
    expect(challenged.body).toEqual({
      object: 'authentication_challenge',
      id: expect.stringMatching(/^auth_challenge_/),
      authentication_factor_id: id,
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:00:00.000Z',
    });

    const verified = await ada.verify(challenged.body.id, emulator.currentCode(id));
    expect(verified.status).toBe(200);
    expect(verified.body).toEqual({
      challenge: {
        object: 'authentication_challenge',
        id: challenged.body.id,
        authentication_factor_id: id,
        created_at: '2026-03-01T12:00:00.000Z',
      },
      valid: true,
    });
    expect((await ada.get(`/factors/${id}`)).body).toMatchObject({ id, status: 'verified' });
  });

  it('enrols a phone and accepts the code of its message', async () => {
    const { as, emulator } = mountHandler();
    const ada = as(ADA);
    const enrolled = await ada.post('/factors', { type: 'sms', phone_number: '+15005550006' });
    expect(enrolled.status).toBe(201);
    expect(enrolled.body).toEqual({
      object: 'authentication_factor',
      id: expect.stringMatching(/^auth_factor_/),
      type: 'sms',
      status: 'pending',
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:00:00.000Z',
      sms: { phone_number: '•••• 0006' },
    });
    const challengeId = await ada.challenge(enrolled.body.id);
    expect(emulator.inbox).toMatchObject([{ to: '+15005550006' }]);
    expect((await ada.verify(challengeId, emulator.inbox[0]?.code)).body.valid).toBe(true);
  });

  it('says how long a text message’s code lives, by the clock that made it', async () => {
    const { as } = mountHandler({ now: () => Date.parse('2026-03-02T07:30:00.000Z') }); // WorkOS's is a day behind
    const ada = as(ADA);
    const { id } = await ada.enrolSms();
    const { body } = await ada.post(`/factors/${id}/challenge`);
    expect(body).toMatchObject({ expires_at: '2026-03-01T12:10:00.000Z', expires_in: 600 });
  });

  it('answers a wrong code with valid: false and leaves the factor pending', async () => {
    const { as, emulator } = mountHandler();
    const ada = as(ADA);
    const { id } = await ada.enrolSms();
    const challengeId = await ada.challenge(id);
    const wrong = emulator.inbox[0]?.code === '000000' ? '000001' : '000000';
    const { status, body } = await ada.verify(challengeId, wrong);
    expect(status).toBe(200);
    expect(body).toMatchObject({ challenge: { id: challengeId }, valid: false, attempts_remaining: 4 });
    expect((await ada.get(`/factors/${id}`)).body.status).toBe('pending');
  });

  it('lists a person’s factors, the oldest first', async () => {
    const { as, clock } = mountHandler();
    const ada = as(ADA);
    const first = await ada.enrolTotp();
    clock.now += 1000;
    const second = await ada.enrolSms();
    const { status, body } = await ada.get('/factors');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: [
        expect.objectContaining({
          id: first.id,
          type: 'totp',
          status: 'pending',
          totp: { issuer: 'Foo Corp', user: 'ada@example.com' },
        }),
        expect.objectContaining({ id: second.id, type: 'sms', sms: { phone_number: '•••• 0006' } }),
      ],
    });
  });

  it('removes a factor here and at WorkOS', async () => {
    const { as, emulator } = mountHandler();
    const ada = as(ADA);
    const { id } = await ada.enrolTotp();
    const challengeId = await ada.challenge(id);
    expect((await ada.delete(`/factors/${id}`)).status).toBe(204);
    expect(emulator.factors).toEqual([]);
    expect((await ada.get('/factors')).body).toEqual({ data: [] });
    expect((await ada.verify(challengeId, '123456')).status).toBe(404);
  });

  it('lets a factor go that WorkOS has lost already', async () => {
    const { as, emulator } = mountHandler();
    const ada = as(ADA);
    const { id } = await ada.enrolTotp();
    emulator.reset();
    expect((await ada.delete(`/factors/${id}`)).status).toBe(204);
    expect((await ada.get(`/factors/${id}`)).status).toBe(404);
  });

  it('says that a code has expired, and that it was used before', async () => {
    const { as, emulator, clock, requests } = mountHandler();
    const ada = as(ADA);
    const { id } = await ada.enrolSms();
    const used = await ada.challenge(id);
    await ada.verify(used, emulator.currentCode(id));
    const again = await ada.verify(used, emulator.currentCode(id));
    expect([again.status, again.body.code]).toEqual([422, 'authentication_challenge_previously_verified']);

    clock.now += 30_000;
    const early = await ada.challenge(id);
    emulator.expireChallenges();
    const gone = await ada.verify(early, emulator.currentCode(id));
    expect([gone.status, gone.body.code]).toEqual([422, 'authentication_challenge_expired']);

    clock.now += 30_000;
    const expired = await ada.challenge(id);
    const before = requests.length;
    clock.now += 600_000;
    const late = await ada.verify(expired, emulator.currentCode(id));
    expect([late.status, late.body.code]).toEqual([422, 'authentication_challenge_expired']);
    expect(requests).toHaveLength(before); // known without asking
  });

  it('takes requests whose headers and body alone are a request’s, as adapters and browsers make them', async () => {
    const { handle } = mountHandler();
    const headers = { ...WRITE_HEADERS, Cookie: ADA.id, 'Content-Type': 'application/json; charset=utf-8' };
    const url = `${ORIGIN}/api/mfa/factors?x=1#y`;
    const request = bareRequest(url, { method: 'POST', headers, body: '{"type":"totp"}' });
    expect((await handle(request)).status).toBe(201);
  });
});

describe('a fault of the host’s own', () => {
  const FAULTS: [what: string, options: Partial<MfaHandlerOptions>, status: number][] = [
    [
      'a clock that throws',
      {
        now: () => {
          throw new Error('no clock');
        },
      },
      500,
    ],
    ['a clock that tells nonsense', { now: () => NaN }, 500],
    ['a clock that tells a date', { now: (() => new Date()) as unknown as () => number }, 500],
    [
      'an onEvent that throws',
      {
        onEvent: () => {
          throw new Error('log is full');
        },
      },
      201,
    ],
    ['an onEvent that rejects', { onEvent: () => Promise.reject(new Error('log is full')) }, 201],
    ['an onEvent that never ends', { onEvent: () => new Promise(() => {}) }, 201],
  ];

  it.each(FAULTS)('gets an answer all the same: %s', async (_what, options, status) => {
    const { as } = mountHandler({ onEvent: () => {}, ...options });
    expect((await as(ADA).post('/factors', { type: 'totp' })).status).toBe(status);
    expect((await as(ADA).get('/nowhere')).status).toBe(404);
  });
});

it('writes nothing down by a clock that tells nonsense: it works again with the clock', async () => {
  let now = NaN;
  const { as } = mountHandler({ now: () => now });
  const headers = { 'Idempotency-Key': 'key_1' };
  expect((await as(ADA).post('/factors', { type: 'totp' }, { headers })).status).toBe(500);
  now = Date.parse('2026-03-01T12:00:00.000Z');
  expect((await as(ADA).post('/factors', { type: 'totp' }, { headers })).status).toBe(201);
});

describe('what config decides', () => {
  it('takes issuer, account and message text from config, whatever the body says', async () => {
    const { as, requests, emulator } = mountHandler({ sms: { template: 'Foo Corp code: {{code}}' } });
    const ada = as(ADA);
    const forged = {
      issuer: 'Evil',
      totp_issuer: 'Evil',
      user: 'Evil',
      totp_user: 'Evil',
      user_id: 'Evil',
      sms_template: 'Evil {{code}}',
    };
    const app = await ada.post('/factors', { type: 'totp', ...forged });
    const { body } = await ada.post('/factors', { type: 'sms', phone_number: '+15005550006', ...forged });
    await ada.post(`/factors/${body.id}/challenge`, forged);
    await ada.post(`/factors/${app.body.id}/challenge`, forged);
    const sent = await Promise.all(requests.map((request) => request.json()));
    expect(sent).toEqual([
      { type: 'totp', totp_issuer: 'Foo Corp', totp_user: 'ada@example.com' },
      { type: 'sms', phone_number: '+15005550006' },
      { sms_template: 'Foo Corp code: {{code}}\n\n@app.example #{{code}}' },
      {},
    ]);
    expect(emulator.inbox[0]?.body).toMatch(/^Foo Corp code: (\d{6})\n\n@app\.example #\1$/);
  });

  it('calls WorkOS with the key, once for each call, and follows no redirect', async () => {
    const seen: [string, RequestInit][] = [];
    const { as, emulator } = mountHandler({
      apiUrl: 'https://workos.example/base/',
      fetch: async (url, init) => {
        seen.push([url, init]);
        return emulator.fetch(new Request(url.replace('/base', ''), init));
      },
    });
    await as(ADA).enrolTotp();
    expect(seen).toEqual([
      ['https://workos.example/base/auth/factors/enroll', expect.objectContaining({ redirect: 'manual' })],
    ]);
    expect(new Headers(seen[0]?.[1].headers).get('Authorization')).toBe('Bearer sk_test_51c8d2');
  });

  it('uses the runtime’s own fetch, at WorkOS, if it is given no other', async () => {
    const fetch = vi
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async () => new Response('', { status: 500 }));
    const { as } = mountHandler({ fetch: undefined });
    expect((await as(ADA).post('/factors', { type: 'totp' })).status).toBe(502);
    expect(fetch.mock.calls.map(([url]) => url)).toEqual(['https://api.workos.com/auth/factors/enroll']);
    fetch.mockRestore();
  });
});

async function enrolWith(onVerified: (event: VerifiedEvent) => void | Promise<void>) {
  const mounted = mountHandler({ onVerified });
  const ada = mounted.as(ADA);
  const { id } = await ada.enrolSms();
  return { mounted, ada, id, verifyAnew: () => ada.prove(id) };
}

describe('onVerified', () => {
  it('tells the host of the enrolment, then of each verification', async () => {
    const events: VerifiedEvent[] = [];
    const { id, verifyAnew } = await enrolWith((event) => void events.push(event));
    await verifyAnew();
    await verifyAnew();
    const factor = {
      id,
      type: 'sms',
      status: 'verified',
      createdAt: '2026-03-01T12:00:00.000Z',
      updatedAt: '2026-03-01T12:00:30.000Z',
      sms: { phoneNumber: '•••• 0006' },
    };
    expect(events).toEqual([
      { user: ADA, factor, purpose: 'enrollment' },
      { user: ADA, factor, purpose: 'verification' },
    ]);
  });

  it('says nothing of a wrong code', async () => {
    const onVerified = vi.fn();
    const { ada, id } = await enrolWith(onVerified);
    await ada.verify(await ada.challenge(id), '0000');
    expect(onVerified).not.toHaveBeenCalled();
  });

  it('lets the browser hear of success only after the host has', async () => {
    let finish: (() => void) | undefined;
    const told = new Promise<void>((resolve) => (finish = resolve));
    const { verifyAnew } = await enrolWith(() => told);
    const answered = vi.fn();
    const answer = verifyAnew().then(answered);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(answered).not.toHaveBeenCalled();
    finish?.();
    await answer;
    expect(answered).toHaveBeenCalledWith(expect.objectContaining({ status: 200 }));
  });

  it('reports no success that the host could not be told of, and tells it of the enrolment next time', async () => {
    const purposes: string[] = [];
    const { verifyAnew, ada, id } = await enrolWith(async ({ purpose }) => {
      purposes.push(purpose);
      if (purposes.length === 1) throw new Error('The session store said: 55P03 secret detail');
    });
    const failed = await verifyAnew();
    expect([failed.status, failed.body.code]).toEqual([500, 'server_error']);
    expect((await ada.get(`/factors/${id}`)).body.status).toBe('pending');
    expect((await verifyAnew()).body.valid).toBe(true);
    expect(purposes).toEqual(['enrollment', 'enrollment']);
  });

  it('tells the host nothing of a factor that was deleted while its code was judged', async () => {
    const onVerified = vi.fn();
    const { mounted, ada, id } = await enrolWith(onVerified);
    const challengeId = await ada.challenge(id);
    const code = mounted.emulator.currentCode(id);
    mounted.upstream = async (request) => {
      const verdict = await mounted.emulator.fetch(request);
      if (request.method === 'POST') expect((await ada.delete(`/factors/${id}`)).status).toBe(204);
      return verdict;
    };
    expect((await ada.verify(challengeId, code)).status).toBe(404);
    expect(onVerified).not.toHaveBeenCalled();
    expect((await ada.get('/factors')).body).toEqual({ data: [] });
  });

  it('keeps a factor whose enrolment it is being told of: nobody can remove it meanwhile', async () => {
    const removal = vi.fn<() => Promise<Answer>>();
    const { mounted, ada, id, verifyAnew } = await enrolWith(async () => void (await removal()));
    removal.mockImplementation(() => ada.delete(`/factors/${id}`));
    expect((await verifyAnew()).body.valid).toBe(true);
    expect(await removal.mock.results[0]?.value).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await ada.get(`/factors/${id}`)).body.status).toBe('verified');
    expect(mounted.emulator.factors).toHaveLength(1);
  });

  it('brings no factor back that was deleted because the host took longer than any request may', async () => {
    const { mounted, ada, id, verifyAnew } = await enrolWith(async () => {
      mounted.clock.now += 120_000;
      expect((await ada.delete(`/factors/${id}`)).status).toBe(204);
    });
    expect((await verifyAnew()).status).toBe(404);
    expect((await ada.get('/factors')).body).toEqual({ data: [] });
  });
});
