import { CONTRACT_ROWS } from 'mfa-kit/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { bundleCli, type Cli } from '../cli/bundled-cli.js';
import { type DemoServer, startDemo } from './demo-server.mjs';

let server: DemoServer;
let cli: Cli;
beforeAll(async () => {
  server = await startDemo(); // known before anything else can fail: `afterAll` has to stop it
  cli = await bundleCli();
});
afterAll(async () => {
  cli?.remove();
  await server?.stop();
});

/** The cookie that the demo's sign-in sets. */
async function signIn(email: string): Promise<string> {
  const response = await fetch(`${server.origin}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'demo', Origin: server.origin },
    body: JSON.stringify({ email, password: 'any' }),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

it('finds nothing missing in the demo’s proxy', async () => {
  const ada = await signIn('ada@example.com');
  const eve = await signIn('eve@example.com');
  const { code, stdout, stderr } = await cli.run(['check', `${server.origin}/api/mfa`], {
    MFA_KIT_COOKIE: ada,
    MFA_KIT_OTHER_COOKIE: eve,
  });
  expect(stderr).toBe('');
  expect(stdout).not.toContain('MISSED');
  // All but what takes an inbox and a clock that can be moved.
  expect(stdout).toContain(`\n${CONTRACT_ROWS.length - 2} passed, 2 not checked; `);
  expect(code).toBe(0);

  const left = await fetch(`${server.origin}/api/dev/factors`);
  expect(await left.json()).toEqual({ factors: [] });
});
