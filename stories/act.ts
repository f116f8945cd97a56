import type { AuthenticationFactor } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';

/** A number WorkOS keeps for tests. */
export const SAMPLE_PHONE = '+15005550006';

/** Enrols and confirms a factor by the backend, as its owner did some other day. */
export async function enrolledFactor(
  backend: TestBackend,
  type: 'totp' | 'sms',
): Promise<AuthenticationFactor> {
  const { factor } = await backend.enrollFactor(
    type === 'totp' ? { type } : { type, phoneNumber: SAMPLE_PHONE },
  );
  const challenge = await backend.challengeFactor(factor.id);
  await backend.verifyChallenge({ challengeId: challenge.id, code: backend.currentCode(factor.id) });
  const listed = (await backend.listFactors()).find(({ id }) => id === factor.id);
  if (!listed) throw new Error('The factor was not enrolled.');
  return listed;
}

/** A code that is not the one given. */
export const wrongCode = (right: string, digit = '1') =>
  right.startsWith(digit) ? `0${right.slice(1)}` : `${digit}${right.slice(1)}`;
