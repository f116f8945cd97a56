// @vitest-environment node
import type { MfaUser } from 'mfa-kit/server';
import { describe, expect, it } from 'vitest';

import { json, PHONE } from '../mounted-handler.js';
import {
  HOUR,
  MINUTE,
  OWNER,
  REFUSALS,
  SECOND,
  STRANGER,
  tally,
  underAttack,
  verdict,
} from './under-attack.js';

/** British mobile numbers, as many as wanted. */
const numberOf = (index: number) => `+4479110${String(10_000 + index)}`;
const userOf = (index: number, fields: Partial<MfaUser> = {}): MfaUser => ({
  id: `user_${index}`,
  label: `user ${index}`,
  sessionId: `session_${index}`,
  clientIp: `192.0.2.${index}`,
  ...fields,
});

function pumping(overrides: Parameters<typeof underAttack>[0] = {}) {
  const attacked = underAttack(overrides);
  const { as, emulator } = attacked;
  /** Enrols a number and has a message sent to it. */
  async function pump(user: MfaUser, number: string, headers: Record<string, string> = {}) {
    const { body } = await as(user).post('/factors', { type: 'sms', phone_number: number });
    return as(user).post(`/factors/${body.id}/challenge`, {}, { headers });
  }
  return Object.assign(attacked, { pump, sent: () => emulator.inbox.length });
}

describe('of one user', () => {
  /** From ever another address, so that nothing but the user is the same. */
  const ownerAt = (index: number): MfaUser => ({ ...OWNER, clientIp: `198.51.100.${index}` });

  it('one message goes out in thirty seconds, over all their numbers and addresses', async () => {
    const { pump, sent, clock } = pumping();
    expect((await pump(ownerAt(1), numberOf(1))).status).toBe(201);
    const { headers, body, status } = await pump(ownerAt(2), numberOf(2));
    expect([status, body.code, headers.get('Retry-After'), body.retry_after]).toEqual([
      ...REFUSALS.rateLimited,
      '30',
      30,
    ]);
    clock.now += 30 * SECOND - 1;
    expect(verdict(await pump(ownerAt(3), numberOf(3)))).toEqual(REFUSALS.rateLimited);
    clock.now += 1;
    expect((await pump(ownerAt(4), numberOf(4))).status).toBe(201);
    expect(sent()).toBe(2);
  });

  it('five go out in an hour, wherever that begins', async () => {
    const { pump, sent, clock } = pumping();
    const begun = clock.now;
    const at = async (minute: number, index: number) => {
      clock.now = begun + minute * MINUTE;
      return (await pump(ownerAt(index), numberOf(index))).status;
    };
    for (let index = 0; index < 5; index += 1) expect(await at(index * 10, index)).toBe(201);
    expect(await at(60 - 1 / MINUTE, 5)).toBe(429);
    expect(await at(60, 6)).toBe(201);
    expect(await at(61, 7)).toBe(429); // the first hour is over, but the last one has five again
    expect(sent()).toBe(6);
  });

  it('a hundred at once, to ten numbers, are one', async () => {
    const { as, sent } = pumping();
    const factors = await Promise.all(
      Array.from({ length: 10 }, (_, index) => as(OWNER).enrolSms(numberOf(index))),
    );
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        as(ownerAt(index)).post(`/factors/${factors[index % 10]!.id}/challenge`),
      ),
    );
    expect(tally(answers)).toEqual({ '201 ': 1, '429 rate_limit_exceeded': 99 });
    expect(sent()).toBe(1);
  });

  it('to remove a number and enrol it again starts no new count', async () => {
    const { as, pump, sent } = pumping();
    for (let round = 0; round < 10; round += 1) {
      await pump(OWNER, PHONE);
      const { body } = await as(OWNER).get('/factors');
      for (const { id } of body.data) expect((await as(OWNER).delete(`/factors/${id}`)).status).toBe(204);
    }
    expect(sent()).toBe(1);
  });

  it('an enrolment alone sends nothing, so it pumps nothing', async () => {
    const { as, sent } = pumping();
    for (let index = 0; index < 10; index += 1) await as(OWNER).enrolSms(numberOf(index));
    expect(sent()).toBe(0);
  });
});

describe('of many users', () => {
  it('one number gets one message in thirty seconds and five in an hour', async () => {
    const { pump, sent, clock } = pumping();
    const first = await Promise.all(Array.from({ length: 20 }, (_, index) => pump(userOf(index), PHONE)));
    expect(tally(first)).toEqual({ '201 ': 1, '429 rate_limit_exceeded': 19 });
    for (let index = 20; index < 60; index += 1) {
      clock.now += 30 * SECOND;
      await pump(userOf(index), PHONE);
    }
    expect(sent()).toBe(5);
  });

  it('one address asks for one message in thirty seconds, whatever the numbers', async () => {
    const { pump, sent } = pumping();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        pump(userOf(index, { clientIp: '192.0.2.1' }), numberOf(index)),
      ),
    );
    expect(tally(answers)).toEqual({ '201 ': 1, '429 rate_limit_exceeded': 19 });
    expect(sent()).toBe(1);
  });

  it.each<[string, (index: number) => string]>([
    ['addresses within an IPv6 /64', (index) => `2001:db8:0:7:${index}::${index}`],
    ['ways to write one IPv6 address', (index) => SPELLINGS[index % SPELLINGS.length]!],
    [
      'IPv4 addresses written as IPv6',
      (index) => ['192.0.2.9', '::ffff:192.0.2.9', '::FFFF:c000:0209'][index % 3]!,
    ],
    ['ports of one address', (index) => `192.0.2.9:${40_000 + index}`],
    ['ports of one IPv6 address', (index) => `[2001:db8::9]:${40_000 + index}`],
    ['zones of one address', (index) => `fe80::1%eth${index}`],
  ])('%s are one address', async (_what, addressOf) => {
    const { pump, sent } = pumping();
    for (let index = 0; index < 12; index += 1) {
      await pump(userOf(index, { clientIp: addressOf(index) }), numberOf(index));
    }
    expect(sent()).toBe(1);
  });

  const SPELLINGS = [
    '2001:db8::1',
    '2001:DB8::1',
    '2001:0db8:0000:0000:0000:0000:0000:0001',
    '2001:db8:0:0::1',
    '[2001:db8::1]',
    ' 2001:db8::1 ',
    '2001:db8::0.0.0.1',
  ];

  it('two addresses that are two are not taken for one', async () => {
    const { pump, sent } = pumping();
    for (const [index, clientIp] of [
      '2001:db8:0:1::1',
      '2001:db8:0:2::1',
      '192.0.2.1',
      '192.0.2.2',
    ].entries()) {
      expect((await pump(userOf(index, { clientIp }), numberOf(index))).status).toBe(201);
    }
    expect(sent()).toBe(4);
  });

  it.each(['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'CF-Connecting-IP', 'True-Client-IP', 'X-Client-IP'])(
    'a made-up %s is no other address',
    async (header) => {
      const { pump, sent } = pumping();
      for (let index = 0; index < 8; index += 1) {
        const headers = {
          [header]: header === 'Forwarded' ? `for=203.0.113.${index}` : `203.0.113.${index}`,
        };
        await pump(userOf(index, { clientIp: '192.0.2.1' }), numberOf(index), headers);
      }
      expect(sent()).toBe(1);
    },
  );

  it('all together never cost more than the hourly budget', async () => {
    const { pump, sent, clock } = pumping({ limits: { messages: { count: 25, seconds: 3600 } } });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => pump(userOf(index), numberOf(index))),
    );
    // Four fifths of it: the rest is for those who have confirmed their number.
    expect(tally(answers)).toEqual({ '201 ': 20, '429 rate_limit_exceeded': 40 });
    clock.now += HOUR - 1;
    expect(verdict(await pump(userOf(100), numberOf(100)))).toEqual(REFUSALS.rateLimited);
    clock.now += 1;
    expect((await pump(userOf(100), numberOf(101))).status).toBe(201);
    expect(sent()).toBe(21);
  });

  it('whoever is refused takes nothing from the others: not from the number, the address nor the budget', async () => {
    const { pump, sent } = pumping({ limits: { messages: { count: 2, seconds: 3600 } } });
    await pump(userOf(1), numberOf(1));
    // refused by their number, by their address
    await pump(userOf(2), numberOf(1));
    await pump(userOf(3, { clientIp: '192.0.2.1' }), numberOf(3));
    expect((await pump(userOf(3), numberOf(3))).status).toBe(201);
    expect(sent()).toBe(2);
    // refused by the budget: their own first message is still theirs afterwards
    const record = await pumpRefused();
    expect(record).toContain('"messages":[]');
    async function pumpRefused() {
      const attacked = pumping({ limits: { messages: { count: 1, seconds: 3600 } } });
      await attacked.pump(userOf(1), numberOf(1));
      expect(verdict(await attacked.pump(userOf(2), numberOf(2)))).toEqual(REFUSALS.rateLimited);
      return attacked.recordOf(userOf(2));
    }
  });
});

describe('a message', () => {
  const challenge = async (attacked: ReturnType<typeof pumping>) => attacked.pump(STRANGER, PHONE);

  it.each<[string, () => Response | Promise<Response>]>([
    ['a 500', () => json({ message: 'x' }, 500)],
    ['a gateway’s 502 page', () => new Response('<html>', { status: 502 })],
    ['garbage with a 201', () => json({}, 201)],
    ['a redirect', () => new Response(null, { status: 302, headers: { Location: '/' } })],
    ['a connection that breaks', () => Promise.reject(new TypeError('reset'))],
  ])('that may have gone out stays counted: %s', async (_what, answer) => {
    const attacked = pumping();
    attacked.upstream = (request) => (request.url.endsWith('/challenge') ? answer() : undefined);
    expect(verdict(await challenge(attacked))).toEqual(REFUSALS.upstream);
    attacked.upstream = () => undefined;
    expect(verdict(await challenge(attacked))).toEqual(REFUSALS.rateLimited);
    expect(attacked.sent()).toBe(0);
  });

  it.each<[string, () => Response]>([
    ['a 429', () => json({ code: 'rate_limit_exceeded', message: 'x' }, 429)],
    ['a 401', () => json({ message: 'Unauthorized' }, 401)],
    ['a 422', () => json({ code: 'invalid_phone_number', message: 'x' }, 422)],
    ['a 404', () => json({ code: 'entity_not_found', message: 'x' }, 404)],
  ])('that WorkOS refused to send costs nobody anything: %s', async (_what, answer) => {
    const attacked = pumping({ limits: { messages: { count: 1, seconds: 3600 } } });
    attacked.upstream = (request) => (request.url.endsWith('/challenge') ? answer() : undefined);
    expect((await challenge(attacked)).status).toBeGreaterThanOrEqual(400);
    attacked.upstream = () => undefined;
    expect((await challenge(attacked)).status).toBe(201);
  });

  it('to a factor that was removed while it went out stays counted', async () => {
    const attacked = pumping();
    const stranger = attacked.as(STRANGER);
    const { id } = await stranger.enrolSms();
    attacked.upstream = async (request) => {
      const answer = await attacked.emulator.fetch(request);
      if (request.url.endsWith('/challenge')) await stranger.delete(`/factors/${id}`);
      return answer;
    };
    expect(verdict(await stranger.post(`/factors/${id}/challenge`))).toEqual(REFUSALS.notFound);
    attacked.upstream = () => undefined;
    expect(verdict(await challenge(attacked))).toEqual(REFUSALS.rateLimited);
    expect(attacked.sent()).toBe(1);
  });

  it('carries the app’s own host, whatever the request calls it', async () => {
    const { pump, emulator } = pumping();
    await pump(OWNER, PHONE, {
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      Referer: 'https://evil.example/',
    });
    expect(emulator.inbox[0]?.body.split('\n').at(-1)).toBe(`@app.example #${emulator.inbox[0]?.code}`);
  });
});
