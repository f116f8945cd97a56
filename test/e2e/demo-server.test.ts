import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { SOON } from './demo.ts';
import { type DemoServer, startDemo } from './demo-server.mjs';

const module = fileURLToPath(new URL('demo-server.mjs', import.meta.url));

describe('the demo’s server', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemo();
  });
  afterAll(() => server?.stop());

  function statusOf(path: string, { method = 'GET', host }: { method?: string; host: string }) {
    return new Promise<number | undefined>((resolve, reject) => {
      request(`${server.origin}${path}`, { method, headers: { Host: host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }
  const own = () => new URL(server.origin).host;

  // Another site can point its own name at 127.0.0.1, and its pages are then of the same origin as the demo.
  it.each(['/api/session', '/api/dev/inbox', '/'])(
    'tells a page of another name nothing at %s',
    async (path) => {
      expect(await statusOf(path, { host: own() })).toBe(200);
      expect(await statusOf(path, { host: 'evil.example' })).toBe(403);
      expect(await statusOf(path, { host: own().replace('127.0.0.1', 'evil.example') })).toBe(403);
    },
  );

  it('outlives a request that the Fetch standard has no word for', async () => {
    expect(await statusOf('/api/session', { method: 'TRACE', host: own() })).toBe(501);
    expect(await statusOf('/api/session', { host: own() })).toBe(200);
  });
});

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'ends with the tests that started it, also by %s',
  async (signal) => {
    const code = `import { startDemo } from ${JSON.stringify(module)};
    console.log((await startDemo()).origin);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code]);
    const origin = await new Promise<string>((resolve) => {
      parent.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    });
    expect((await fetch(`${origin}/api/session`)).status).toBe(200);

    parent.kill(signal);
    const answers = () =>
      fetch(`${origin}/api/session`).then(
        () => true,
        () => false,
      );
    await expect.poll(answers, SOON).toBe(false);
  },
);
