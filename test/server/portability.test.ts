// @vitest-environment node
import { build } from 'esbuild';
import { createContext, Script } from 'node:vm';
import { expect, it } from 'vitest';

import { bareRequest, type Call } from './mounted-handler.js';

/** What every runtime with Web APIs has: nothing of Node, no DOM, and no eval. */
const GLOBALS = {
  AbortController,
  Headers,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  Uint8Array,
  btoa,
  clearTimeout,
  crypto,
  performance,
  setTimeout,
};

/** Runs a module, with all that it imports, where there is nothing else. Returns what it has put on `globalThis`. */
async function runAlone(module: string): Promise<Record<string, any>> {
  const { outputFiles } = await build({
    stdin: { contents: module, resolveDir: new URL('../../', import.meta.url).pathname },
    bundle: true,
    write: false,
    platform: 'neutral', // a module of Node's does not resolve here
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  const runtime = createContext({ ...GLOBALS }, { codeGeneration: { strings: false, wasm: false } });
  new Script(outputFiles[0]?.text ?? '').runInContext(runtime);
  return runtime;
}

const ORIGIN = 'https://app.example';
const HEADERS = { 'Content-Type': 'application/json', Origin: ORIGIN, 'X-Requested-With': 'mfa-kit' };

it('runs where there is no Node, no DOM and no eval', async () => {
  const runtime = await runAlone(`
    import { createMemoryStore, createMfaHandler, findVerifiedFactors } from './src/server/index.ts';
    import { createWorkOsEmulator } from './src/emulator/index.ts';

    globalThis.mount = (now) => {
      const emulator = createWorkOsEmulator({ apiKey: 'sk_test_1', now });
      const store = createMemoryStore();
      const handle = createMfaHandler({
        apiKey: 'sk_test_1',
        basePath: '/api/mfa',
        origins: ['${ORIGIN}'],
        issuer: 'Foo Corp',
        user: () => ({ id: 'ada', label: 'ada@example.com', sessionId: 's', clientIp: '2001:db8::1' }),
        store,
        fetch: (url, init) => emulator.fetch(new Request(url, init)),
        now,
      });
      return { emulator, handle, verified: () => findVerifiedFactors(store, 'ada') };
    };
  `);
  let now = Date.parse('2026-03-01T12:00:00.000Z');
  const { emulator, handle, verified } = runtime.mount(() => now);
  const call = async (method: string, path: string, sent?: object, headers: Call['headers'] = {}) => {
    const body = sent && JSON.stringify(sent);
    const all = { ...HEADERS, ...headers } as Record<string, string>; // none of them is left out here
    const answer: Response = await handle(
      bareRequest(`${ORIGIN}/api/mfa${path}`, { method, headers: all, body }),
    );
    return { http: answer.status, ...(answer.status !== 204 && (await answer.json())) };
  };
  const key = { 'Idempotency-Key': 'key_1' };
  const sms = { type: 'sms', phone_number: '+447400123456' };

  // A phone: enrolled once, however often it is asked for, and confirmed by the code of its message.
  const phone = await call('POST', '/factors', sms, key);
  expect(phone).toMatchObject({ http: 201, sms: { phone_number: '•••• 3456' } });
  expect(await call('POST', '/factors', sms, key)).toEqual(phone);
  const enrolment = await call('POST', `/factors/${phone.id}/challenge`, {});
  const confirmed = await call('POST', `/challenges/${enrolment.id}/verify`, {
    code: emulator.currentCode(phone.id),
  });
  expect(confirmed).toMatchObject({ http: 200, valid: true });
  expect(await verified()).toMatchObject([{ id: phone.id, status: 'verified' }]);

  // An app, which takes a code of the phone first.
  expect(await call('POST', '/factors', { type: 'totp' })).toMatchObject({ code: 'step_up_required' });
  now += 30_000;
  const stepUp = await call('POST', `/factors/${phone.id}/challenge`, {});
  await call('POST', `/challenges/${stepUp.id}/verify`, { code: emulator.currentCode(phone.id) });
  const app = await call('POST', '/factors', { type: 'totp' }, { 'Idempotency-Key': 'key_2' });
  expect(app).toMatchObject({ http: 201, totp: { issuer: 'Foo Corp', user: 'ada@example.com' } });
  const challenge = await call('POST', `/factors/${app.id}/challenge`, {});
  const wrong = await call('POST', `/challenges/${challenge.id}/verify`, { code: '0000' });
  expect(wrong).toMatchObject({ http: 200, valid: false, attempts_remaining: 4 });
  const right = await call('POST', `/challenges/${challenge.id}/verify`, {
    code: emulator.currentCode(app.id),
  });
  expect(right).toMatchObject({ http: 200, valid: true });
  expect(await call('DELETE', `/factors/${app.id}`)).toEqual({ http: 204 });
  expect(await call('GET', '/factors')).toMatchObject({ data: [{ id: phone.id }] });
});

it.each([
  ['node:crypto', `import { randomUUID } from 'node:crypto'; globalThis.it = randomUUID();`],
  ['a module of Node’s without its prefix', `import { Buffer } from 'buffer'; globalThis.it = Buffer;`],
  ['a module of Node’s, loaded late', `globalThis.it = import('node:async_hooks');`],
  ['Buffer', `globalThis.it = Buffer.from('x');`],
  ['process', `globalThis.it = process.env.NODE_ENV;`],
  ['global', `globalThis.it = global;`],
  ['setImmediate', `setImmediate(() => {});`],
  ['require', `globalThis.it = require('node:fs');`],
  ['document', `globalThis.it = document.cookie;`],
  ['eval', `globalThis.it = new Function('return 1')();`],
])('would be noticed not to, if it used %s', async (_what, module) => {
  await expect(runAlone(module)).rejects.toThrow();
});
