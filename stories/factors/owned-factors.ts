import type { AuthenticationFactor } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';

import { SAMPLE_PHONE } from '../act.js';

export const LIST = 'GET /factors';
export const REMOVE = 'DELETE /factors/:id';

const MINUTE = 60_000; // milliseconds

type Owned = ({ days: number } | { isPending: true }) &
  ({ type: 'totp' } | { type: 'sms'; phoneNumber?: string });

/** Sets factors up as their owner did, so many days ago; pending ones ten minutes ago. */
export async function own(backend: TestBackend, ...factors: Owned[]): Promise<void> {
  const request = (factor: Owned) =>
    factor.type === 'totp'
      ? { type: factor.type }
      : { type: factor.type, phoneNumber: factor.phoneNumber ?? SAMPLE_PHONE };
  backend.clock.advance(-10 * MINUTE);
  const owned = backend.user ? await backend.factorsOf(backend.user) : [];
  if (owned.some(({ status }) => status === 'verified')) await backend.stepUp();
  for (const factor of factors) if ('isPending' in factor) await backend.enrollFactor(request(factor));
  backend.clock.advance(10 * MINUTE);
  for (const factor of factors) {
    if ('days' in factor) await backend.ownFactor(request(factor), { daysAgo: factor.days });
  }
}

/** Has the proxy tell of each factor, by its place, what another proxy might. */
export function tellOf(
  backend: TestBackend,
  ...wire: (Partial<Record<keyof AuthenticationFactor, unknown>> | undefined)[]
): void {
  backend.faults.always(LIST, {
    kind: 'tampered',
    change: (body) => ({
      data: (body as { data: object[] }).data.map((factor, index) => ({ ...factor, ...wire[index] })), // the handler's
    }),
  });
}
