import type { TestBackend } from 'mfa-kit/testing';

/** Enrols and confirms a factor, as its owner did some other day. Returns its id. */
export async function ownedFactor(backend: TestBackend, type: 'totp' | 'sms' = 'totp'): Promise<string> {
  const { factor } = await backend.enrollFactor(
    type === 'totp' ? { type } : { type, phoneNumber: '+15005550006' },
  );
  const challenge = await backend.challengeFactor(factor.id);
  await backend.verifyChallenge({ challengeId: challenge.id, code: backend.currentCode(factor.id) });
  return factor.id;
}
