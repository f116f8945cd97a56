import type { TestBackend } from 'mfa-kit/testing';

import type { EmulatorState, PanelFactor } from './emulator-channel.js';

/** How long an authenticator app shows one code. */
const TOTP_STEP = 30_000; // milliseconds

/**
 * What the servers of a story hold now.
 * @param owner Who is signed in, or was last.
 * @param firstRequest Index of the first request to tell of.
 */
export async function readEmulator(
  backend: TestBackend,
  owner: TestBackend['user'],
  firstRequest: number,
): Promise<Omit<EmulatorState, 'storyId' | 'said'>> {
  const kept = owner ? await backend.factorsOf(owner) : [];
  const { emulator } = backend;

  const factors = emulator.factors.map(({ id, type, phoneNumber }): PanelFactor => {
    const own = kept.find((factor) => factor.id === id);
    const label = own?.totp
      ? `${own.totp.issuer}, ${own.totp.user}`
      : (own?.sms?.phoneNumber ?? phoneNumber ?? id);
    return {
      id,
      type,
      label,
      status: own ? (own.status === 'verified' ? 'verified' : 'pending') : 'unowned',
      ...(type === 'totp' && { code: backend.currentCode(id) }),
    };
  });

  const messages = emulator.inbox
    .map(({ to, body, code, sentAt }, index) => ({ number: index + 1, to, body, code, sentAt }))
    .toReversed();

  const requests = backend
    .requests()
    .map(({ method, path, fault, outcome }, index) => ({
      number: index + 1,
      method,
      path,
      ...(fault && { fault }),
      ...(outcome && { duration: outcome.duration }),
      ...(outcome?.status !== undefined && { status: outcome.status }),
    }))
    .slice(firstRequest)
    .toReversed();

  return {
    factors,
    codesEndIn: TOTP_STEP - (backend.clock.now() % TOTP_STEP),
    messages,
    requests,
    user: backend.user?.label ?? null,
  };
}
