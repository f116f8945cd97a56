// @vitest-environment node
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { ADA, mountHandler } from './mounted-handler.js';

const bytes = (text: string) => new TextEncoder().encode(text);

afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(Object.prototype, 'type');
  Reflect.deleteProperty(Object.prototype, 'code');
});

describe('a body that is no JSON object', () => {
  it.each([
    '',
    ' ',
    '{',
    'type=totp',
    '{"type":"totp"} x',
    "{'type':'totp'}",
    'null',
    'true',
    '1',
    '"totp"',
    '[]',
    '[{"type":"totp"}]',
    '\u0000{"type":"totp"}',
  ])('is refused: %j', async (raw) => {
    const { as, requests } = mountHandler();
    const { status, body } = await as(ADA).post('/factors', undefined, { raw: bytes(raw) });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(requests).toEqual([]);
  });

  it('is refused where its bytes are not UTF-8', async () => {
    const { as } = mountHandler();
    const raw = new Uint8Array([...bytes('{"type":"totp","x":"'), 0xc0, 0xaf, ...bytes('"}')]);
    expect((await as(ADA).post('/factors', undefined, { raw })).status).toBe(400);
  });

  it('is refused where no bytes come at all', async () => {
    const { as } = mountHandler();
    const raw = new ReadableStream({
      start(controller) {
        controller.enqueue('{"type":"totp"}');
        controller.close();
      },
    });
    expect((await as(ADA).post('/factors', undefined, { raw })).status).toBe(400);
  });

  it('is refused for a challenge too, which needs none of its fields', async () => {
    const { as, requests } = mountHandler();
    const { id } = await as(ADA).enrolSms();
    expect((await as(ADA).post(`/factors/${id}/challenge`, undefined, { raw: bytes('[]') })).status).toBe(
      400,
    );
    expect(requests).toHaveLength(1);
  });
});

describe('fields of the wrong kind', () => {
  it.each([
    {},
    { type: null },
    { type: 'TOTP' },
    { type: 'totp ' },
    { type: ['totp'] },
    { type: { toString: 'totp' } },
    { type: 1 },
    { type: 'generic_otp' },
    { type: 'webauthn' },
    { type: '__proto__' },
    { type: 'sms' },
    { type: 'sms', phone_number: null },
    { type: 'sms', phone_number: 15005550006 },
    { type: 'sms', phone_number: ['+15005550006'] },
    { type: 'sms', phoneNumber: '+15005550006' },
    { Type: 'totp' },
  ])('enrol nothing: %j', async (sent) => {
    const { as, requests } = mountHandler();
    const { status, body } = await as(ADA).post('/factors', sent);
    expect([status, body.code]).toEqual([422, 'invalid_request']);
    expect(requests).toEqual([]);
  });

  it.each([
    '',
    '+',
    '15005550006',
    '0015005550006',
    '+05005550006',
    '+123456',
    '+1234567890123456',
    '+1 500 555 0006',
    '+1500555000a',
    '+15005550006\n',
    '+15005550006,+15005550007',
    '+１５００５５５０００６',
    'tel:+15005550006',
    '+15005550006;ext=1',
  ])('send no message to %j', async (phone_number) => {
    const { as, requests } = mountHandler();
    const { status, body } = await as(ADA).post('/factors', { type: 'sms', phone_number });
    expect([status, body.code]).toEqual([422, 'invalid_phone_number']);
    expect(requests).toEqual([]);
  });

  it.each([
    undefined,
    null,
    123456,
    123456.0,
    true,
    ['123456'],
    { length: 6 },
    '',
    '123',
    '12345678901',
    '123 456',
    '12345a',
    ' 123456',
    '123456\n',
    '１２３４５６',
    '+12345',
    '1e5',
    '0x1234',
  ])('are no code: %j', async (code) => {
    const { as, requests } = mountHandler();
    const { id } = await as(ADA).enrolSms();
    const challengeId = await as(ADA).challenge(id);
    const before = requests.length;
    const { status, body } = await as(ADA).verify(challengeId, code);
    expect([status, body.code]).toEqual([422, 'invalid_request']);
    expect(requests).toHaveLength(before);
  });

  it('never reach WorkOS, whatever they are', async () => {
    const mounted = mountHandler();
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (raw) => {
        const answer = await mounted.as(ADA).post('/factors', undefined, { raw: bytes(raw) });
        expect([400, 422]).toContain(answer.status);
      }),
      { numRuns: 300 },
    );
    expect(mounted.requests).toEqual([]);
  });
});

describe('prototype pollution', () => {
  it.each([
    '{"__proto__":{"type":"totp"}}',
    '{"constructor":{"prototype":{"type":"totp"}}}',
    '{"__proto__":{"__proto__":{"type":"totp"}}}',
  ])('%s is a body without a type', async (raw) => {
    const { as, requests } = mountHandler();
    expect((await as(ADA).post('/factors', undefined, { raw: bytes(raw) })).status).toBe(422);
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false);
    expect(requests).toEqual([]);
  });

  it('that happened elsewhere supplies no field', async () => {
    const { as } = mountHandler();
    Reflect.defineProperty(Object.prototype, 'type', { value: 'totp', configurable: true });
    expect((await as(ADA).post('/factors', {})).status).toBe(422);
  });
});

const padded = (length: number) => {
  const body = JSON.stringify({ type: 'sms', phone_number: '+15005550006', x: '' });
  return body.replace('"x":""', `"x":"${'a'.repeat(length - body.length)}"`);
};

describe('size', () => {
  it('of 16 kB is taken, one byte more is not', async () => {
    const { as, requests } = mountHandler();
    expect((await as(ADA).post('/factors', undefined, { raw: bytes(padded(16_384)) })).status).toBe(201);
    const { status, body } = await as(ADA).post('/factors', undefined, { raw: bytes(padded(16_385)) });
    expect([status, body.code]).toEqual([413, 'invalid_request']);
    expect(requests).toHaveLength(1);
  });

  it('is counted in bytes, not in characters', async () => {
    const { as } = mountHandler();
    const raw = bytes(JSON.stringify({ type: 'totp', x: '€'.repeat(6000) }));
    expect((await as(ADA).post('/factors', undefined, { raw })).status).toBe(413);
  });

  it('is what really comes, whatever Content-Length says', async () => {
    const { as } = mountHandler();
    const headers = { 'Content-Length': '15' };
    expect((await as(ADA).post('/factors', undefined, { raw: bytes(padded(20_000)), headers })).status).toBe(
      413,
    );
  });

  it('that is announced as too large is not even read', async () => {
    const { as } = mountHandler();
    const pull = vi.fn();
    const raw = new ReadableStream({ pull }, { highWaterMark: 0 });
    const headers = { 'Content-Length': '16385' };
    expect((await as(ADA).post('/factors', undefined, { raw, headers })).status).toBe(413);
    expect(pull).not.toHaveBeenCalled();
  });

  it('without end is cut off: an endless body is let go', async () => {
    const { as } = mountHandler();
    const cancel = vi.fn();
    let sent = 0;
    const raw = new ReadableStream({
      pull(controller) {
        sent += 1024;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
      cancel,
    });
    expect((await as(ADA).post('/factors', undefined, { raw })).status).toBe(413);
    expect(cancel).toHaveBeenCalledOnce();
    expect(sent).toBeLessThan(32_768);
  });

  it('that never says anything and never ends is cut off too', async () => {
    const { as } = mountHandler();
    const raw = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(0)) });
    expect((await as(ADA).post('/factors', undefined, { raw })).status).toBe(413);
  });
});

describe('a slow body', () => {
  it('is given up after ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { as, requests } = mountHandler();
    const cancel = vi.fn();
    const raw = new ReadableStream({ start: (controller) => controller.enqueue(bytes('{"type":')), cancel });
    const settled = vi.fn();
    const answer = as(ADA).post('/factors', undefined, { raw });
    void answer.then(settled);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    const { status, body } = await answer;
    expect([status, body.code]).toEqual([408, 'timeout']);
    expect(cancel).toHaveBeenCalledOnce();
    expect(requests).toEqual([]);
  });

  it('that drips on is given up just so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { as } = mountHandler();
    const raw = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        controller.enqueue(bytes(' '));
      },
    });
    const answer = as(ADA).post('/factors', undefined, { raw });
    await vi.advanceTimersByTimeAsync(10_100);
    expect((await answer).status).toBe(408);
  });

  it('that breaks off is refused', async () => {
    const { as } = mountHandler();
    const raw = new ReadableStream({ pull: (controller) => controller.error(new Error('socket hang up')) });
    expect((await as(ADA).post('/factors', undefined, { raw })).status).toBe(400);
  });
});
