// @vitest-environment node
import { expect, it } from 'vitest';

import { ADA, json, mountHandler } from './mounted-handler.js';

/** What the host's `onError` heard, and what the browser got. */
function listening(overrides: Parameters<typeof mountHandler>[0] = {}) {
  const heard: [message: string, call: string][] = [];
  const mounted = mountHandler({
    ...overrides,
    onError: (error, call) => heard.push([String(error), call]),
  });
  return { ...mounted, mounted, heard, ada: mounted.as(ADA) };
}

it('tells the host what its store said, and nobody else', async () => {
  const { mounted, ada, heard } = listening();
  mounted.store.read = () => Promise.reject(new Error('relation "mfa_records" does not exist'));
  const answer = await ada.get('/factors');
  expect(answer.status).toBe(503);
  expect(answer.text).not.toContain('mfa_records');
  expect(heard).toEqual([['Error: relation "mfa_records" does not exist', 'GET /factors']]);
});

it('tells the host what its own functions threw', async () => {
  const thrown = listening({
    user: () => {
      throw new Error('redis is down');
    },
  });
  await thrown.ada.get('/factors');
  expect(thrown.heard).toEqual([['Error: redis is down', 'GET']]);

  const verified = listening({ onVerified: () => Promise.reject(new Error('no such session')) });
  const { id } = await verified.ada.enrolTotp();
  const challengeId = await verified.ada.challenge(id);
  const answer = await verified.ada.verify(challengeId, verified.emulator.currentCode(id));
  expect(answer.status).toBe(500);
  expect(verified.heard).toEqual([['Error: no such session', 'POST /challenges/:id/verify']]);
});

it('tells the host why its user cannot be used', async () => {
  // What a host in JavaScript may return.
  const { ada, heard } = listening({ user: () => ({ id: 42, label: 'ada' }) as never });
  expect((await ada.get('/factors')).status).toBe(500);
  expect(heard[0]?.[0]).toMatch(/user\(\) returned no user that can be used: id and label have to be texts/);
});

it('tells the host that WorkOS does not take its key', async () => {
  const { mounted, ada, heard } = listening();
  mounted.upstream = () => json({ message: 'Unauthorized' }, 401);
  await ada.post('/factors', { type: 'totp' });
  expect(heard).toEqual([['Error: WorkOS answered with status 401: look at apiKey.', 'POST /factors']]);
});

it('is silent about what the client did wrong', async () => {
  const { ada, heard } = listening();
  await ada.get('/factors/auth_factor_1');
  await ada.post('/factors', { type: 'fax' });
  expect(heard).toEqual([]);
});

it('goes on where onError itself fails', async () => {
  const mounted = mountHandler({
    onError: () => {
      throw new Error('the log is full');
    },
  });
  mounted.store.read = () => Promise.reject(new Error('down'));
  expect((await mounted.as(ADA).get('/factors')).status).toBe(503);
});
