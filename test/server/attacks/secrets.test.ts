// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

import { API_KEY, json, PHONE } from '../mounted-handler.js';
import { MINUTE, OWNER, SECOND, STRANGER, THIEF, underAttack } from './under-attack.js';

afterEach(() => void vi.restoreAllMocks());

/** A whole life of an account, with every fault on the way, and all that must not be seen of it. */
async function wholeLife(overrides: Parameters<typeof underAttack>[0] = {}) {
  const attacked = underAttack(overrides);
  const { as, emulator, clock, wrongCode, faults } = attacked;
  const owner = as(OWNER);
  const codes: string[] = [];
  const key = { headers: { 'Idempotency-Key': 'intent-51c8d2' } };

  const app = (await owner.post('/factors', { type: 'totp' }, key)).body;
  const verify = async (id: string, code = emulator.currentCode(id)) => {
    const { body } = await owner.post(`/factors/${id}/challenge`, {}, key);
    const newest = emulator.inbox.at(-1)?.challengeId === body.id ? emulator.inbox.at(-1)!.code : code;
    codes.push(newest);
    const wrong = wrongCode(id);
    codes.push(wrong);
    await owner.verify(body.id, wrong);
    await owner.verify(body.id, newest);
    await owner.verify(body.id, newest);
  };
  await verify(app.id);
  clock.now += 31 * SECOND;
  await owner.prove(app.id);
  const { id } = (await owner.post('/factors', { type: 'sms', phone_number: PHONE }, key)).body;
  await owner.prove(id);
  codes.push(emulator.inbox.at(-1)!.code);
  await as(THIEF).delete(`/factors/${id}`);
  await as(STRANGER).get(`/factors/${id}`);
  await as(null).get('/factors');
  clock.now += 31 * SECOND;
  for (const fault of ['down', 'lost'] as const) {
    faults.store = () => fault;
    await owner.get('/factors');
    await owner.post('/factors', { type: 'totp' });
    faults.store = () => 'none';
  }
  const quoting = () => json({ message: `${API_KEY} ${PHONE} ${codes.join()} ${app.totp.secret}` }, 500);
  for (const answer of [quoting, () => Promise.reject(new Error(`${API_KEY} ${PHONE}`))]) {
    attacked.upstream = answer;
    await owner.post(`/factors/${id}/challenge`);
    await owner.enrolSms();
    await owner.delete(`/factors/${app.id}`);
    clock.now += 31 * SECOND;
  }
  attacked.upstream = () => undefined;
  await owner.prove(app.id);
  codes.push(emulator.currentCode(app.id));
  await owner.delete(`/factors/${id}`);
  await owner.delete(`/factors/${app.id}`);
  await owner.enrolTotp();
  clock.now += 16 * MINUTE;
  await owner.enrolTotp();

  const hidden = [
    app.totp.secret,
    API_KEY,
    PHONE,
    PHONE.slice(1),
    OWNER.sessionId!,
    THIEF.sessionId!,
    'intent-51c8d2',
    'otpauth',
    'data:image',
  ];
  return Object.assign(attacked, { codes, hidden });
}

/** Six digits stand in ids and instants by chance: a code counts as seen where it stands alone. */
const alone = (code: string) => new RegExp(`(?<![0-9A-Za-z])${code}(?![0-9A-Za-z])`);

describe('no secret, no code, no number, no session, no key', () => {
  it('is in any event, and each event says what happened', async () => {
    const { events, hidden, codes } = await wholeLife();
    const told = JSON.stringify(events);
    for (const text of [...hidden, 'sealed']) expect(told).not.toContain(text);
    for (const code of codes) expect(told).not.toMatch(alone(code));
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set([
        'factor_enrolled',
        'factor_verified',
        'factor_removed',
        'factor_expired',
        'challenge_started',
        'code_accepted',
        'code_rejected',
        'refused',
      ]),
    );
  });

  it('is in any text of the store, nor the client’s address', async () => {
    const { texts, hidden, codes } = await wholeLife();
    const written = texts.join('\n');
    for (const text of [...hidden, OWNER.clientIp!]) {
      expect(written).not.toContain(text);
      expect(written).not.toContain(btoa(text));
      expect(written).not.toContain(Buffer.from(text).toString('hex'));
    }
    for (const code of codes) expect(written).not.toMatch(alone(code));
  });

  it('is on the console, nor anything else', async () => {
    const spies = (['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const).map((name) =>
      vi.spyOn(console, name),
    );
    const streams = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    await wholeLife({
      onEvent: () => {
        throw new Error('The log is full.');
      },
    });
    const calls = [...spies, ...streams].flatMap((spy) => spy.mock.calls);
    vi.restoreAllMocks();
    expect(calls).toEqual([]);
  });

  it('is what a host is told with onVerified', async () => {
    const { told, hidden, codes } = await wholeLife();
    const text = JSON.stringify(told.map(({ factor, purpose }) => ({ factor, purpose })));
    for (const each of hidden) expect(text).not.toContain(each);
    for (const code of codes) expect(text).not.toMatch(alone(code));
    expect(told.length).toBeGreaterThan(3);
  });
});

describe('what the store keeps of a number and a code', () => {
  it('cannot be recomputed by whoever reads it without the API key', async () => {
    const { texts, codes } = await wholeLife();
    const written = texts.join('\n');
    const guesses = await Promise.all(
      [...codes, PHONE, PHONE.slice(1), OWNER.sessionId!].flatMap((text) =>
        [
          text,
          `${OWNER.id}${text}`,
          JSON.stringify(['code', OWNER.id, text]),
          JSON.stringify(['phone', text]),
        ].map(async (form) =>
          Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(form))).toString('hex'),
        ),
      ),
    );
    for (const guess of guesses) expect(written).not.toContain(guess.slice(0, 32));
  });
});

describe('an event', () => {
  it('cannot be forged by what a request says: not by its method, its path, its headers', async () => {
    const attacked = underAttack();
    const forged = '\n{"type":"code_accepted","userId":"admin"}';
    const Cookie = encodeURIComponent(JSON.stringify(OWNER));
    for (const [method, path] of [
      [`GET${forged}`, '/factors'],
      ['X'.repeat(5_000), '/factors'],
      ['<script>', '/factors'],
      ['GET', `/factors/${forged}`],
      ['GET', `/${forged}`],
      ['DELETE', `/factors/a?${forged}#${forged}`],
    ] as const) {
      const headers = new Headers({ Cookie, 'User-Agent': forged.trim(), 'X-Requested-With': 'mfa-kit' });
      const url = `https://app.example/api/mfa${path}`;
      await attacked.handle(Object.assign(Object.create(null), { url, method, headers, body: null }));
    }
    expect(attacked.events).toHaveLength(6);
    for (const event of attacked.events) {
      expect(event.type).toBe('refused');
      expect(JSON.stringify(event)).not.toMatch(/admin|XXXXXXXXXXX|script|\\n/);
      expect(JSON.stringify(event).length).toBeLessThan(300);
    }
  });

  it('says of a refusal who, what and why, without the id that was asked for', async () => {
    const { as, events } = underAttack();
    await as(STRANGER).delete('/factors/auth_factor_of_somebody');
    expect(events).toEqual([
      {
        at: '2026-03-01T12:00:00.000Z',
        userId: STRANGER.id,
        clientIp: STRANGER.clientIp,
        type: 'refused',
        reason: 'not_found',
        status: 404,
        call: 'DELETE /factors/:id',
      },
    ]);
  });

  it('of a code that was right or wrong does not say which code it was', async () => {
    const { events, codes } = await wholeLife();
    for (const event of events.filter(({ type }) => type.startsWith('code_'))) {
      expect(Object.keys(event)).not.toContain('code');
      for (const code of codes) expect(Object.values(event)).not.toContain(code);
    }
  });
});
