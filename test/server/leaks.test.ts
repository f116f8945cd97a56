// @vitest-environment node
import { afterEach, expect, it, vi } from 'vitest';

import { ADA, API_KEY, json, mountHandler, type Answer } from './mounted-handler.js';

afterEach(() => void vi.restoreAllMocks());

it('shows the secret once, and nobody’s whole number ever', async () => {
  const { as, emulator } = mountHandler();
  const ada = as(ADA);
  const app = await ada.enrolTotp();
  const { secret } = app.totp;
  const answers: Answer[] = [];
  answers.push(await ada.post('/factors', { type: 'sms', phone_number: '+15005550006' }));
  const phone: { id: string } = answers[0]?.body;
  for (const { id } of [app, phone]) {
    answers.push(await ada.get('/factors'), await ada.get(`/factors/${id}`));
    const challenged = await ada.post(`/factors/${id}/challenge`);
    answers.push(challenged, await ada.verify(challenged.body.id, '0000'));
    answers.push(await ada.verify(challenged.body.id, emulator.currentCode(id)));
    answers.push(await ada.get('/factors'), await ada.delete(`/factors/${id}`));
  }
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
  expect(verified.body.valid).toBe(true);
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
  const mounted = mountHandler();
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

it('keeps no secret, no code and no whole number in the store', async () => {
  const { as, store, emulator } = mountHandler();
  const kept: unknown[] = [];
  for (const method of ['addFactor', 'addChallenge'] as const) {
    const original: (record: any) => Promise<boolean> = store[method];
    store[method] = (record: object) => (kept.push(record), original(record));
  }
  const ada = as(ADA);
  const app = await ada.enrolTotp();
  const phone = await ada.enrolSms();
  await ada.verify(await ada.challenge(phone.id), emulator.currentCode(phone.id));
  expect(kept).toHaveLength(3);
  const text = JSON.stringify(kept);
  expect(text).not.toContain(app.totp.secret);
  expect(text).not.toContain(emulator.inbox[0]?.code);
  expect(text).not.toMatch(/\+1500|otpauth|data:image/);
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
  mounted.store.listFactors = () => Promise.reject(new Error('no store'));
  await ada.get('/factors');
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});
