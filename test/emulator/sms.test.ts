import { describe, expect, it } from 'vitest';

import { START, startEmulator } from './emulator-client.js';

async function sendCode(template?: unknown) {
  const started = startEmulator();
  const { body: factor } = await started.enrollSms();
  const { body: challenge } = await started.challenge(factor.id, { sms_template: template });
  const message = started.emulator.inbox.at(-1)!;
  return { ...started, factor, challenge, message };
}

describe('a text message', () => {
  it('is sent by a challenge, not by the enrolment', async () => {
    const { emulator, enrollSms, challenge } = startEmulator();
    const { body: factor } = await enrollSms();
    expect(emulator.inbox).toEqual([]);
    const { body } = await challenge(factor.id);
    expect(emulator.inbox).toEqual([
      {
        to: '+15005550006',
        code: expect.stringMatching(/^\d{6}$/),
        body: expect.stringContaining(emulator.inbox[0]!.code),
        challengeId: body.id,
        sentAt: START,
      },
    ]);
  });

  it("carries the host's own words, with the code wherever they want it", async () => {
    const { message } = await sendCode('{{code}} is your code.\n@foo.example #{{code}}');
    expect(message.body).toBe(`${message.code} is your code.\n@foo.example #${message.code}`);
  });

  it.each([undefined, null, '', 7])('still carries the code when the template is %s', async (template) => {
    const { message } = await sendCode(template);
    expect(message.body).toContain(message.code);
  });

  it('comes last in the inbox, whoever holds the inbox', async () => {
    const { emulator, clock, enrollSms, challenge } = startEmulator();
    const { inbox } = emulator;
    const { body: factor } = await enrollSms('+14155550123');
    for (let count = 0; count < 3; count++) {
      await challenge(factor.id);
      clock.time += 1000;
    }
    expect(inbox.map(({ sentAt }) => sentAt - START)).toEqual([0, 1000, 2000]);
    expect(emulator.currentCode(factor.id)).toBe(inbox[2]?.code);
  });

  it('is the only place where the code can be read: no answer holds it', async () => {
    const { emulator, get, post, verify, factor, message, challenge } = await sendCode();
    const texts = [
      JSON.stringify(challenge),
      (await verify(challenge.id, 'wrong')).text,
      (await get(`/auth/factors/${factor.id}`)).text,
      (await post(`/auth/factors/${factor.id}/challenge`)).text,
      (await verify(challenge.id, message.code)).text,
    ];
    const code = new RegExp(`"code"|\\D(${emulator.inbox.map((sent) => sent.code).join('|')})\\D`);
    for (const text of texts) expect(text).not.toMatch(code);
  });

  it('holds any six digits, leading zeros too, equally often', async () => {
    const { emulator, enrollSms, challenge } = startEmulator();
    const { body: factor } = await enrollSms();
    for (let count = 0; count < 2000; count++) await challenge(factor.id);
    const counts = new Map<string, number>();
    for (const { code } of emulator.inbox) counts.set(code.charAt(0), (counts.get(code.charAt(0)) ?? 0) + 1);
    expect([...counts.keys()].toSorted().join('')).toBe('0123456789');
    for (const count of counts.values()) expect(count).toBeGreaterThan(200 - 7 * 13.4); // 7 standard deviations
  });
});

describe('its code', () => {
  it('is taken until the last millisecond of its ten minutes', async () => {
    const { clock, verify, challenge, message } = await sendCode();
    clock.time += 10 * 60_000 - 1;
    expect((await verify(challenge.id, message.code)).body.valid).toBe(true);
  });

  it('is refused from the tenth minute on', async () => {
    const { clock, verify, challenge, message } = await sendCode();
    clock.time += 10 * 60_000;
    expect((await verify(challenge.id, message.code)).body.code).toBe('authentication_challenge_expired');
  });

  it('is good for its own challenge only, and stays good when a newer one is sent', async () => {
    const { emulator, post, verify, factor, challenge, message } = await sendCode();
    let newer = message;
    while (newer.code === message.code) {
      await post(`/auth/factors/${factor.id}/challenge`);
      newer = emulator.inbox.at(-1)!;
    }
    expect((await verify(newer.challengeId, message.code)).body.valid).toBe(false);
    expect((await verify(challenge.id, message.code)).body.valid).toBe(true);
  });

  it('works once, however often it is sent at the same moment', async () => {
    const { verify, challenge, message } = await sendCode();
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(challenge.id, message.code)));
    expect(answers.filter(({ body }) => body.valid === true)).toHaveLength(1);
  });

  it('cannot be guessed on: ten wrong ones lock the challenge, and only that one', async () => {
    const { verify, challenge, message, ...rest } = await sendCode();
    for (let attempt = 0; attempt < 10; attempt++) {
      expect((await verify(challenge.id, 'wrong')).body.valid).toBe(false);
    }
    expect(await verify(challenge.id, message.code)).toMatchObject({
      status: 400,
      body: { code: 'one_time_code_too_many_attempts' },
    });
    const { body: fresh } = await rest.post(`/auth/factors/${rest.factor.id}/challenge`);
    expect((await verify(fresh.id, rest.emulator.currentCode(rest.factor.id))).body.valid).toBe(true);
  });
});

describe('a phone number', () => {
  it.each(['+15005550006', '+15555555555', '+4915112345678', '+1234567', '+123456789012345'])(
    '%s is enrolled, samples included',
    async (number) => {
      const { status, body } = await startEmulator().enrollSms(number);
      expect([status, body.sms]).toEqual([201, { phone_number: number }]);
    },
  );

  it.each([
    'foo',
    '15005550006',
    '+05005550006',
    '+123456',
    '+1234567890123456',
    '+1 500 555 0006',
    '+15005550006\n',
  ])('%s is refused, and nothing is left of it', async (number) => {
    const { emulator, enrollSms } = startEmulator();
    expect(await enrollSms(number)).toMatchObject({
      status: 422,
      body: { message: `Phone number is invalid: '${number}'`, code: 'invalid_phone_number' },
    });
    expect(emulator.factors).toEqual([]);
  });
});
