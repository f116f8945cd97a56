import type { TestBackend } from 'mfa-kit/testing';

/** A factor that its owner has set up some other day. Returns its id. */
export async function ownedFactor(
  backend: TestBackend,
  type: 'totp' | 'sms' = 'totp',
  daysAgo = 1,
): Promise<string> {
  const { id } = await backend.ownFactor(type === 'totp' ? { type } : { type, phoneNumber: '+15005550006' }, {
    daysAgo,
  });
  return id;
}
