// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

import { OWNER, RIGHT, SECOND, underAttack, until, verdict } from './under-attack.js';

afterEach(() => void vi.useRealTimers());

async function challenged() {
  const attacked = underAttack();
  const app = await attacked.addApp(OWNER);
  attacked.clock.now += 30 * SECOND;
  const owner = attacked.as(OWNER);
  const challengeId = await owner.challenge(app);
  attacked.requests.length = attacked.texts.length = 0;
  const give = (raw: BodyInit, headers: Record<string, string> = {}) =>
    owner.post(`/challenges/${challengeId}/verify`, undefined, { raw, headers });
  return Object.assign(attacked, { owner, app, challengeId, give });
}
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a body that is too much', () => {
  it.each<[string, string, number]>([
    ['larger than 16 kB', `{"code":"123456","x":"${'a'.repeat(16_384)}"}`, 413],
    ['of sixteen thousand brackets', '['.repeat(16_000), 400],
    ['eight thousand levels deep', `${'['.repeat(8_000)}${']'.repeat(8_000)}`, 400],
    ['of objects two thousand levels deep', `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`, 422],
    ['with a field two thousand levels deep', `{"code":${'['.repeat(2_000)}${']'.repeat(2_000)}}`, 422],
    ['of three thousand fields', `{${Array.from({ length: 1_400 }, (_, i) => `"${i}":${i}`).join()}}`, 422],
    ['with a number of ten thousand digits', `{"code":${'9'.repeat(10_000)}}`, 422],
    ['with the greatest exponent', '{"code":1e999999}', 422],
    ['with a code of ten thousand digits', `{"code":"${'1'.repeat(10_000)}"}`, 422],
    ['with a code that regular expressions choke on', `{"code":"${'1'.repeat(9_000)}!"}`, 422],
  ])('%s is refused, in no time, and nobody is asked', async (_what, raw, status) => {
    const { give, requests, texts } = await challenged();
    const begun = performance.now();
    expect((await give(bytes(raw))).status).toBe(status);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect([requests, texts]).toEqual([[], []]);
  });

  it.each([
    '16385',
    '99999999999999999999',
    '1e9',
    'Infinity',
    '0x7fffffff',
    '-1',
    'NaN',
    '',
    '16384, 16385',
  ])('is not made smaller by a Content-Length of %j, nor a small one larger', async (length) => {
    const { give } = await challenged();
    const large = bytes(`{"code":"123456","x":"${'a'.repeat(20_000)}"}`);
    expect((await give(large, { 'Content-Length': length })).status).toBe(413);
    const small = await give(bytes('{"code":"000000"}'), { 'Content-Length': length });
    expect([200, 413]).toContain(small.status);
  });

  it('is not unpacked: what is sent compressed is no JSON', async () => {
    const { give, requests } = await challenged();
    const bomb = await new Response(
      new Blob([`{"code":"123456","x":"${' '.repeat(1_000_000)}"}`])
        .stream()
        .pipeThrough(new CompressionStream('gzip')),
    ).arrayBuffer();
    expect(bomb.byteLength).toBeLessThan(16_384);
    expect((await give(bomb, { 'Content-Encoding': 'gzip' })).status).toBe(400);
    expect(requests).toEqual([]);
  });

  it('costs the owner no try, however often it comes', async () => {
    const { give, owner, app, challengeId, emulator } = await challenged();
    await Promise.all(Array.from({ length: 50 }, () => give(bytes('x'.repeat(20_000)))));
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(app)))).toEqual(RIGHT);
  });
});

describe('a body that does not come to its end', () => {
  const slow = () => new ReadableStream({ start: (controller) => controller.enqueue(bytes('{"code":"1')) });

  it('holds nothing up meanwhile: no challenge, no counter, no place', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { give, owner, app, challengeId, emulator, requests } = await challenged();
    const waiting = Array.from({ length: 40 }, () => give(slow()));
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(app)))).toEqual(RIGHT);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    for (const answer of await Promise.all(waiting)) {
      expect(verdict(answer)).toEqual([408, 'timeout']);
    }
    expect(requests).toHaveLength(1);
  });

  it('is not carried out where it ends in the middle', async () => {
    const { give, requests, texts } = await challenged();
    const cut = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes('{"code":"123456"'));
        controller.close();
      },
    });
    expect((await give(cut)).status).toBe(400);
    const broken = new ReadableStream({
      async start(controller) {
        controller.enqueue(bytes('{"code":"123456"}'));
        await until(() => true);
        controller.error(new Error('aborted'));
      },
    });
    expect((await give(broken)).status).toBe(400);
    expect([requests, texts]).toEqual([[], []]);
  });

  it('that comes a byte at a time is read all the same', async () => {
    const { give, app, emulator } = await challenged();
    const rest = [...bytes(`{"code":"${emulator.currentCode(app)}"}`)];
    const dripping = new ReadableStream({
      pull(controller) {
        const byte = rest.shift();
        if (byte === undefined) controller.close();
        else controller.enqueue(new Uint8Array([byte]));
      },
    });
    expect(verdict(await give(dripping))).toEqual(RIGHT);
  });
});
