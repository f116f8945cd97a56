// @vitest-environment node
import { afterEach, expect, it, vi } from 'vitest';

import { ADA, API_KEY, json, mountHandler, type Answer } from './mounted-handler.js';

afterEach(() => void vi.restoreAllMocks());

it('shows the secret once, and nobody’s whole number ever', async () => {
  const { as, emulator, clock } = mountHandler();
  const ada = as(ADA);
  const app = await ada.enrolTotp();
  const { secret } = app.totp;
  const enrolled = await ada.post('/factors', { type: 'sms', phone_number: '+15005550006' });
  const phone: { id: string } = enrolled.body;
  const answers: Answer[] = [enrolled];
  // The phone comes last: the app vouches for it, and for its own removal.
  for (const { id } of [app, phone]) {
    clock.now += 30_000;
    answers.push(await ada.get('/factors'), await ada.get(`/factors/${id}`));
    const challenged = await ada.post(`/factors/${id}/challenge`);
    answers.push(challenged, await ada.verify(challenged.body.id, '0000'));
    answers.push(await ada.verify(challenged.body.id, emulator.currentCode(id)));
    answers.push(await ada.get('/factors'), await ada.prove(app.id));
  }
  for (const { id } of [app, phone]) {
    await ada.prove(phone.id);
    answers.push(await ada.delete(`/factors/${id}`));
  }
  expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
  for (const { text } of answers) {
    expect(text).not.toContain(secret);
    expect(text).not.toMatch(/otpauth:|data:image|qr_code|"code":"\d/);
    expect(text).not.toMatch(/1500|5550006/);
  }
});

it('passes nothing on that it does not know, and never a code', async () => {
  const mounted = mountHandler();
  const ada = mounted.as(ADA);
  const { id } = await ada.enrolSms();
  const extra = { code: '541295', internal: 'pg-7', user_id: 'user_x', metadata: { secret: 'x' } };
  mounted.upstream = async (request) => {
    const answer = await mounted.emulator.fetch(request);
    const body: Record<string, object> = await answer.json();
    const challenge = body.challenge && { challenge: { ...body.challenge, ...extra } };
    return json(
      { ...body, internal: 'pg-7', ...(request.url.endsWith('/verify') ? challenge : extra) },
      answer.status,
    );
  };
  const phone = await ada.post('/factors', { type: 'sms', phone_number: '+15555555555' });
  const challenged = await ada.post(`/factors/${id}/challenge`);
  const verified = await ada.verify(challenged.body.id, mounted.emulator.currentCode(id));
  expect([phone.status, challenged.status, verified.body.valid]).toEqual([201, 201, true]);
  for (const { text } of [phone, challenged, verified]) {
    expect(text).not.toMatch(/541295|internal|user_id|metadata|pg-7/);
  }
});

it.each([
  ['+15005550006', '•••• 0006'],
  ['+12345678', '•••• 5678'],
  ['+1234567', '•••• 67'],
  ['+441632960961', '•••• 0961'],
  ['+123456789012345', '•••• 2345'],
])('shows %s as %s', async (number, shown) => {
  const mounted = mountHandler({ sms: { testNumbers: [number] } });
  mounted.upstream = () =>
    json({
      id: 'auth_factor_1',
      type: 'sms',
      sms: { phone_number: number },
      created_at: '2026-03-01T12:00:00Z',
      updated_at: '2026-03-01T12:00:00Z',
    });
  const { body } = await mounted.as(ADA).post('/factors', { type: 'sms', phone_number: number });
  expect(body.sms.phone_number).toBe(shown);
});

it('keeps no secret, no code, no whole number, no session and no address in the store', async () => {
  const { as, store, emulator, clock } = mountHandler();
  const kept: string[] = [];
  const honest = { ...store };
  store.swap = (change) => {
    kept.push(change.key, change.to ?? '');
    return honest.swap(change);
  };
  const ada = as(ADA);
  const headers = { 'Idempotency-Key': 'key_4f1e9a' };
  const app = await ada.post('/factors', { type: 'totp' }, { headers });
  const phone = await ada.post(
    '/factors',
    { type: 'sms', phone_number: '+15005550006' },
    { headers: { 'Idempotency-Key': 'key_77b0c2' } },
  );
  const codes: string[] = [];
  for (const [turn, { id }] of [app.body, app.body, phone.body].entries()) {
    clock.now += 30_000;
    const own = { headers: { 'Idempotency-Key': `key_4f1e9a_${turn}` } };
    const challenged = await ada.post(`/factors/${id}/challenge`, {}, own);
    codes.push(emulator.currentCode(id), '918273');
    await ada.verify(challenged.body.id, '918273');
    expect((await ada.verify(challenged.body.id, emulator.currentCode(id))).body.valid).toBe(true);
  }
  const texts = kept.filter((text) => text !== '');
  expect(texts.length).toBeGreaterThan(40);
  const { secret } = app.body.totp;
  for (const text of texts) {
    expect(text).not.toContain(secret);
    expect(text).not.toMatch(/15005550006|5550006|otpauth|data:image/);
    expect(text).not.toMatch(/key_4f1e9a|key_77b0c2|session_1|192\.0\.2/);
    // A code could stand among the digits of an instant or a fingerprint: it is one where no digit is beside it.
    for (const code of codes) expect(text).not.toMatch(new RegExp(`(?<![0-9a-f])${code}(?![0-9a-f])`));
  }
});

it('says nothing on the console, whatever goes wrong', async () => {
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
  const mounted = mountHandler({
    onVerified: () => {
      throw new Error('told nobody');
    },
  });
  const ada = mounted.as(ADA);
  const { id } = await ada.enrolSms();
  await ada.verify(await ada.challenge(id), mounted.emulator.currentCode(id));
  mounted.upstream = () => Promise.reject(new Error(`connect with ${API_KEY} failed`));
  await ada.post(`/factors/${id}/challenge`);
  mounted.store.read = () => Promise.reject(new Error('no store'));
  await ada.get('/factors');
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});
