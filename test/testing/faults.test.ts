import type { MfaError } from 'mfa-kit';
import { createTestBackend } from 'mfa-kit/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';

const PHONE = { type: 'sms', phoneNumber: '+15005550006' } as const;

const codeOf = (error: MfaError) => error.code;

afterEach(() => vi.useRealTimers());

describe('a fault for every call', () => {
  it('befalls calls of all kinds, until it is taken back', async () => {
    const backend = createTestBackend();
    const mend = backend.faults.always('*', { kind: 'unreachable' });
    await expect(backend.listFactors()).rejects.toMatchObject({ code: 'network_error' });
    await expect(backend.enrollFactor(PHONE)).rejects.toMatchObject({ code: 'network_error' });
    mend();
    await expect(backend.listFactors()).resolves.toEqual([]);
    expect(backend.requests('*')).toHaveLength(3);
  });

  it('gives way to one for calls of a kind, whichever was set first', async () => {
    const backend = createTestBackend();
    backend.faults.always('*', { kind: 'answer', status: 500 });
    backend.faults.always('GET /factors', { kind: 'answer', status: 403, body: { code: 'forbidden' } });
    await expect(backend.listFactors()).rejects.toMatchObject({ code: 'forbidden' });
    await expect(backend.enrollFactor(PHONE)).rejects.toMatchObject({ code: 'server_error' });
    backend.faults.next('*', { kind: 'unreachable' }); // of one call, and so before those of all times
    await expect(backend.listFactors()).rejects.toMatchObject({ code: 'network_error' });
    await expect(backend.listFactors()).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a slow call', () => {
  it('arrives that much later, and is answered', async () => {
    vi.useFakeTimers();
    const backend = createTestBackend();
    backend.faults.always('*', { kind: 'slow', milliseconds: 3000 });
    const enrolled = backend.enrollFactor(PHONE);
    await vi.advanceTimersByTimeAsync(2999);
    expect(backend.emulator.factors).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect((await enrolled).factor.type).toBe('sms');
  });

  it('never arrives once its caller has given it up, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    const backend = createTestBackend();
    backend.faults.always('*', { kind: 'slow', milliseconds: 3000 });
    const caller = new AbortController();
    const enrolled = backend.enrollFactor(PHONE, { signal: caller.signal }).catch(codeOf);
    await vi.advanceTimersByTimeAsync(1000);
    caller.abort();
    expect(await enrolled).toBe('cancelled');
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(backend.emulator.factors).toHaveLength(0);
  });

  it('times out like any other', async () => {
    vi.useFakeTimers();
    const backend = createTestBackend();
    backend.faults.always('*', { kind: 'slow', milliseconds: 20_000 });
    const listed = backend.listFactors().catch(codeOf);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await listed).toBe('timeout');
  });
});

describe('a call that is overtaken', () => {
  it('finds the servers as that left them', async () => {
    const backend = createTestBackend();
    const { factor } = await backend.enrollFactor(PHONE);
    const { id } = await backend.challengeFactor(factor.id);
    backend.faults.next('POST /challenges/:id/verify', {
      kind: 'overtaken',
      by: () => backend.emulator.expireChallenges(),
    });
    await expect(
      backend.verifyChallenge({ challengeId: id, code: backend.currentCode() }),
    ).rejects.toMatchObject({
      code: 'challenge_expired',
    });
  });

  it('can find a challenge of an authenticator app expired, which none does by itself', async () => {
    const backend = createTestBackend();
    const { factor } = await backend.enrollFactor({ type: 'totp' });
    const { id } = await backend.challengeFactor(factor.id);
    backend.faults.always('*', { kind: 'overtaken', by: () => backend.emulator.expireChallenges('all') });
    await expect(
      backend.verifyChallenge({ challengeId: id, code: backend.currentCode() }),
    ).rejects.toMatchObject({
      code: 'challenge_expired',
    });
  });
});
