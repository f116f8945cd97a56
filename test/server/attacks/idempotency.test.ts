// @vitest-environment node
import { createMemoryStore, type MfaStore, type MfaUser } from 'mfa-kit/server';
import { describe, expect, it } from 'vitest';

import { OTHER_PHONE, PHONE } from '../mounted-handler.js';
import {
  type Client,
  gate,
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  STRANGER,
  tally,
  THIEF,
  underAttack,
  until,
  verdict,
} from './under-attack.js';

const KEY = '0b2e1c4a-7c15-4b1e-9f0e-51c8d2a7f301';
const headersOf = (key: string) => ({ headers: { 'Idempotency-Key': key } });

const enrol = (client: Client, body: object = { type: 'totp' }, key = KEY) =>
  client.post('/factors', body, headersOf(key));
const challenge = (client: Client, id: string, key = KEY) =>
  client.post(`/factors/${id}/challenge`, {}, headersOf(key));

function account() {
  const attacked = underAttack();
  return Object.assign(attacked, { owner: attacked.as(OWNER) });
}

describe('the same key', () => {
  it('enrols one factor, however many requests bring it at once, and all get the same answer', async () => {
    const { owner, calls } = account();
    const answers = await Promise.all(Array.from({ length: 8 }, () => enrol(owner)));
    expect(calls()).toEqual(['POST /auth/factors/enroll']);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });

  it('sends one message, however many requests bring it', async () => {
    const { owner, emulator } = account();
    const { id } = await owner.enrolSms();
    const answers = await Promise.all(Array.from({ length: 8 }, () => challenge(owner, id)));
    answers.push(await challenge(owner, id));
    expect(emulator.inbox).toHaveLength(1);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  });

  it('of another user, or in another session, is another key', async () => {
    const { owner, as, calls } = account();
    const first = await enrol(owner);
    const others: MfaUser[] = [THIEF, STRANGER, { id: OWNER.id, label: OWNER.label }];
    others.push({ ...STRANGER, sessionId: OWNER.sessionId });
    for (const user of others) {
      const answer = await enrol(as(user));
      expect(answer.status).toBe(201);
      expect(answer.body.id).not.toBe(first.body.id);
      expect(answer.text).not.toContain(first.body.totp.secret);
    }
    expect(calls()).toHaveLength(5);
  });

  it('of users whose ids and sessions make the same text together are two', async () => {
    const { as } = account();
    const one = await enrol(as({ id: 'ab', label: 'x', sessionId: 'c' }));
    const other = await enrol(as({ id: 'a', label: 'x', sessionId: 'bc' }));
    const quoted = await enrol(as({ id: 'a","b', label: 'x', sessionId: 'c' }));
    expect([one, other, quoted].map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set([one, other, quoted].map(({ body }) => body.id)).size).toBe(3);
  });

  it.each<[string, object]>([
    ['another type', { type: 'sms', phone_number: PHONE }],
    ['another number', { type: 'sms', phone_number: OTHER_PHONE }],
  ])('for %s is a mistake, and does nothing', async (_what, body) => {
    const { owner, calls } = account();
    await enrol(owner, { type: 'sms', phone_number: '+447400123456' });
    expect(verdict(await enrol(owner, body))).toEqual([422, 'invalid_request']);
    expect(calls()).toHaveLength(1);
  });

  it('for another factor is another key: a challenge of the one is no answer for the other', async () => {
    const { owner } = account();
    const [one, other] = [await owner.enrolTotp(), await owner.enrolTotp()];
    const first = await challenge(owner, one.id);
    const second = await challenge(owner, other.id);
    expect(second.body.authentication_factor_id).toBe(other.id);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('can be tried again after a failure, and after a refusal', async () => {
    const attacked = account();
    const { owner, clock } = attacked;
    attacked.upstream = () => new Response('', { status: 500 });
    expect(verdict(await enrol(owner))).toEqual(REFUSALS.upstream);
    attacked.upstream = () => undefined;
    const { status, body } = await enrol(owner);
    expect(status).toBe(201);
    const phone = await owner.enrolSms();
    await owner.challenge(phone.id);
    expect(verdict(await challenge(owner, phone.id))).toEqual(REFUSALS.rateLimited);
    clock.now += MINUTE;
    expect((await challenge(owner, phone.id)).status).toBe(201);
    expect(body.totp.secret).toBeDefined();
  });

  it('lets those who waited carry it out when the first one failed: once', async () => {
    const attacked = account();
    const { owner, calls } = attacked;
    let isFirst = true;
    attacked.upstream = async (request) => {
      if (!isFirst) return attacked.emulator.fetch(request);
      isFirst = false;
      await new Promise((resolve) => setTimeout(resolve, 30));
      return new Response('', { status: 500 });
    };
    const answers = await Promise.all(Array.from({ length: 5 }, () => enrol(owner)));
    expect(tally(answers)).toEqual({ '201 ': 4, '502 server_error': 1 });
    expect(calls()).toHaveLength(2);
  });

  it('is forgotten after a quarter of an hour, and what was enrolled with it has gone by then', async () => {
    const { owner, clock, emulator } = account();
    const first = await enrol(owner);
    clock.now += 15 * MINUTE - 1;
    expect((await enrol(owner)).body.id).toBe(first.body.id);
    clock.now += 1;
    const second = await enrol(owner);
    expect(second.body.id).not.toBe(first.body.id);
    expect(emulator.factors.map(({ id }) => id)).toEqual([second.body.id]);
  });
});

describe('the secret', () => {
  it('is told again for as long as it is needed, and never after its factor was confirmed', async () => {
    const { owner } = account();
    const first = await enrol(owner);
    expect((await enrol(owner)).text).toBe(first.text);
    expect(verdict(await owner.prove(first.body.id))).toEqual(RIGHT);
    const again = await enrol(owner);
    expect(verdict(again)).toEqual(REFUSALS.stepUp);
    expect(again.text).not.toContain(first.body.totp.secret);
  });

  it('is not told after its factor was removed', async () => {
    const { owner } = account();
    const first = await enrol(owner);
    await owner.delete(`/factors/${first.body.id}`);
    const again = await enrol(owner);
    expect(again.body.id).not.toBe(first.body.id);
    expect(again.text).not.toContain(first.body.totp.secret);
  });

  it('is not kept where its factor was removed before the answer was', async () => {
    const { owner, faults, calls } = account();
    const isRemoved = gate();
    let isHeld = false;
    // The enrolment's last step, which keeps its answer, is held up; whoever looks at the list sees the factor by then.
    faults.store = (_call, key) => {
      if (isHeld || !key.startsWith('answer:') || calls().length === 0) return 'none';
      isHeld = true;
      return isRemoved.opened.then(() => 'none');
    };
    const enrolment = enrol(owner);
    await until(() => isHeld);
    const { body: list } = await owner.get('/factors');
    expect((await owner.delete(`/factors/${list.data[0].id}`)).status).toBe(204);
    isRemoved.open();
    const first = await enrolment;
    expect(first.body.id).toBe(list.data[0].id);
    const again = await enrol(owner);
    expect(again.body.id).not.toBe(first.body.id);
    expect(again.text).not.toContain(first.body.totp.secret);
  });

  it('cannot be read out of the store, nor the key that opens it', async () => {
    const { owner, texts } = account();
    const { body } = await enrol(owner);
    await challenge(owner, body.id);
    const all = texts.join('\n');
    expect(all).toContain('"sealed"');
    for (const hidden of [body.totp.secret, 'otpauth', 'data:image', KEY, OWNER.sessionId!]) {
      for (const form of [hidden, hexOf(hidden), btoa(hidden), encodeURIComponent(hidden)]) {
        expect(all).not.toContain(form);
      }
    }
  });

  it('sealed for one key does not open with another: a database that mixes them up tells nothing', async () => {
    const store = createMemoryStore();
    const attacked = underAttack({ store });
    const owner = attacked.as(OWNER);
    const stranger = attacked.as(STRANGER);
    const { body } = await enrol(owner);
    const [kept] = await answersIn(attacked.texts, store);
    attacked.texts.length = 0;
    await enrol(stranger);
    const [own] = await answersIn(attacked.texts, store);
    await store.swap({ key: own!.key, from: own!.text, to: kept!.text, at: 0, expiresAt: null });
    const answer = await enrol(stranger);
    expect(verdict(answer)).toEqual([500, 'server_error']);
    expect(answer.text).not.toContain(body.totp.secret);
  });
});

/** The kept answers among what was written. */
async function answersIn(texts: readonly string[], store: MfaStore) {
  const keys = texts.flatMap((text) => /^\{"key":"(answer:[^"]+)"/.exec(text)?.[1] ?? []);
  return Promise.all([...new Set(keys)].map(async (key) => ({ key, text: await store.read(key) })));
}

const hexOf = (text: string) => Buffer.from(text).toString('hex');

describe('a key', () => {
  it.each([
    ['of 10 kB', 'k'.repeat(10_240)],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a blank', 'a b'],
    ['that is empty', ''],
    ['with Latin letters beyond ASCII', 'clé'],
    ['with a control character', 'a\u0001b'],
  ])('%s is refused and does nothing', async (_what, key) => {
    const { owner, calls, texts } = account();
    expect(verdict(await enrol(owner, { type: 'totp' }, key))).toEqual([422, 'invalid_request']);
    expect([calls(), texts]).toEqual([[], []]);
  });

  it.each([
    '__proto__',
    'constructor',
    '../../x',
    "'; DROP TABLE mfa_records; --",
    '{{code}}',
    '%00',
    'k'.repeat(255),
  ])('%j is a key like any other', async (key) => {
    const { owner, calls } = account();
    const plain = key.replaceAll(' ', '_');
    const first = await enrol(owner, { type: 'totp' }, plain);
    expect(first.status).toBe(201);
    expect((await enrol(owner, { type: 'totp' }, plain)).text).toBe(first.text);
    expect(calls()).toHaveLength(1);
  });

  it('makes no verification and no removal idempotent: a replayed one is judged anew', async () => {
    const { owner, emulator } = account();
    const { id } = await owner.enrolTotp();
    const challengeId = await owner.challenge(id);
    const verify = () =>
      owner.post(`/challenges/${challengeId}/verify`, { code: emulator.currentCode(id) }, headersOf(KEY));
    expect(verdict(await verify())).toEqual(RIGHT);
    expect(verdict(await verify())).toEqual(REFUSALS.challengeUsed);
  });

  it('is no way around the limit: ever new ones are ever new requests', async () => {
    const { owner, emulator } = account();
    const { id } = await owner.enrolSms();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => challenge(owner, id, `key-${index}`)),
    );
    expect(tally(answers)).toEqual({ '201 ': 1, '429 rate_limit_exceeded': 29 });
    expect(emulator.inbox).toHaveLength(1);
  });
});
