import { createTestBackend, type TestBackend } from 'mfa-kit/testing';
import { describe, expect, it } from 'vitest';

const PHONE = { type: 'sms', phoneNumber: '+15005550006' } as const;
const CHALLENGE = 'POST /factors/:id/challenge';

describe('what a test backend tells of its requests', () => {
  it('says how each one ended', async () => {
    const backend = createTestBackend();
    const { factor } = await backend.enrollFactor(PHONE);
    backend.faults.next(CHALLENGE, { kind: 'answer', status: 503 });
    await backend.challengeFactor(factor.id).catch(() => undefined);
    backend.faults.next(CHALLENGE, { kind: 'lost_answer' });
    await backend.challengeFactor(factor.id).catch(() => undefined);
    expect(backend.requests().map(({ fault, outcome }) => [fault, outcome?.status])).toEqual([
      [undefined, 201],
      ['answer', 503],
      ['lost_answer', undefined],
    ]);
    for (const { outcome } of backend.requests()) expect(outcome?.duration).toBeGreaterThanOrEqual(0);
  });

  it('says nothing of the end of one that is under way, and then how its caller gave it up', async () => {
    const backend = createTestBackend();
    backend.faults.next('GET /factors', { kind: 'hang' });
    const caller = new AbortController();
    const listed = backend.listFactors({ signal: caller.signal }).catch(() => undefined);
    const [request] = backend.requests();
    expect(request).toMatchObject({ fault: 'hang', outcome: undefined });
    caller.abort();
    await listed;
    await expect.poll(() => request?.outcome).toMatchObject({ status: undefined });
  });
});

describe('whoever watches a test backend', () => {
  /** What could be seen each time the backend called back. */
  function watch(backend: TestBackend) {
    const seen: { requests: number; ended: number; messages: number; user: string | undefined }[] = [];
    const stop = backend.subscribe(() => {
      seen.push({
        requests: backend.requests().length,
        ended: backend.requests().filter(({ outcome }) => outcome).length,
        messages: backend.emulator.inbox.length,
        user: backend.user?.label,
      });
    });
    return { seen, stop };
  }

  it('hears of a request when it is made, when the server has acted, and when it has ended', async () => {
    const backend = createTestBackend();
    const { factor } = await backend.enrollFactor(PHONE);
    const { seen } = watch(backend);
    await backend.challengeFactor(factor.id);
    expect(seen).toMatchObject([
      { requests: 2, ended: 1, messages: 0 },
      { requests: 2, ended: 1, messages: 1 },
      { requests: 2, ended: 2, messages: 1 },
    ]);
  });

  it('hears of the text message although the answer is held back', async () => {
    const backend = createTestBackend();
    const { factor } = await backend.enrollFactor(PHONE);
    const { seen } = watch(backend);
    backend.faults.next(CHALLENGE, { kind: 'late', until: new Promise(() => undefined) });
    void backend.challengeFactor(factor.id);
    await expect.poll(() => seen.at(-1)).toMatchObject({ requests: 2, ended: 1, messages: 1 });
  });

  it('hears of signing in and out, and of a clock that is moved, until it stops listening', () => {
    const backend = createTestBackend();
    const { seen, stop } = watch(backend);
    backend.signIn(null);
    backend.signIn({ id: 'user_grace', label: 'grace@example.com' });
    backend.clock.advance(1000);
    expect(seen.map(({ user }) => user)).toEqual([undefined, 'grace@example.com', 'grace@example.com']);
    stop();
    backend.signIn(null);
    expect(seen).toHaveLength(3);
  });
});

it('tells whose factors the handler holds for whose, without a request', async () => {
  const backend = createTestBackend();
  const { factor } = await backend.enrollFactor({ type: 'totp' });
  const [ada, grace] = [backend.user, { id: 'user_grace', label: 'grace@example.com' }];
  if (!ada) return expect.unreachable('Ada is signed in.');
  expect(await backend.factorsOf(ada)).toMatchObject([{ id: factor.id, status: 'pending' }]);
  expect(await backend.factorsOf(grace)).toEqual([]);
  expect(backend.requests()).toHaveLength(1);
});

describe('a factor of some days ago', () => {
  it('is verified, and has neither used a limit up nor given a fresh code', async () => {
    const backend = createTestBackend();
    const sms = { type: 'sms', phoneNumber: '+15005550006' } as const;
    const [app, phone, other] = [
      await backend.ownFactor({ type: 'totp' }),
      await backend.ownFactor(sms, { daysAgo: 40 }),
      await backend.ownFactor(sms),
    ];
    const listed = await backend.listFactors();
    expect(listed.map(({ id, status }) => [id, status])).toEqual(
      [phone, app, other].map(({ id }) => [id, 'verified']), // the oldest first
    );
    const age = backend.clock.now() - Date.parse(listed[0]?.createdAt ?? '');
    expect(Math.round(age / 86_400_000)).toBe(40);
    await expect(backend.deleteFactor(app.id)).rejects.toMatchObject({ code: 'step_up_required' });
    await backend.challengeFactor(phone.id); // and no wait before a message
  });

  it('has codes that are taken at once, one after the other', async () => {
    const backend = createTestBackend();
    const { id } = await backend.ownFactor({ type: 'totp' });
    await backend.stepUp();
    const challenge = await backend.challengeFactor(id);
    const code = backend.currentCode(id);
    expect(await backend.verifyChallenge({ challengeId: challenge.id, code })).toMatchObject({ valid: true });
    await backend.deleteFactor(id);
    await expect(backend.stepUp()).rejects.toThrow(/has a verified factor/);
  });
});
