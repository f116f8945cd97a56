// @vitest-environment node
import { build } from 'esbuild';
import { createContext, Script } from 'node:vm';
import { expect, it } from 'vitest';

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
  clearTimeout,
  crypto,
  performance,
  setTimeout,
};

it('runs where there is no Node, no DOM and no eval', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createMemoryStore, createMfaHandler } from './src/server/index.ts';
        globalThis.mount = (options) => createMfaHandler({ ...options, store: createMemoryStore() });
      `,
      resolveDir: new URL('../../', import.meta.url).pathname,
    },
    bundle: true,
    write: false,
    platform: 'neutral', // a module of Node's does not resolve here
    mainFields: ['module', 'main'],
  });
  const runtime: Record<string, any> = createContext(
    { ...GLOBALS },
    { codeGeneration: { strings: false, wasm: false } },
  );
  new Script(outputFiles[0]?.text ?? '').runInContext(runtime);

  const handle = runtime.mount({
    apiKey: 'sk_test_1',
    basePath: '/api/mfa',
    origins: ['https://app.example'],
    issuer: 'Foo Corp',
    user: () => ({ id: 'ada', label: 'ada@example.com' }),
    fetch: async () =>
      Response.json({
        id: 'auth_factor_1',
        type: 'sms',
        created_at: '2026-03-01T12:00:00.000Z',
        updated_at: '2026-03-01T12:00:00.000Z',
      }),
  });
  const headers = {
    'Content-Type': 'application/json',
    Origin: 'https://app.example',
    'X-Requested-With': 'mfa-kit',
  };
  const body = '{"type":"sms","phone_number":"+15005550006"}';
  const url = 'https://app.example/api/mfa/factors';
  const answer: Response = await handle(new Request(url, { method: 'POST', headers, body }));
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ id: 'auth_factor_1', sms: { phone_number: '•••• 0006' } });
});
