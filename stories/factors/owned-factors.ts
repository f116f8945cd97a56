import type { AuthenticationFactor } from 'mfa-kit';
import type { TestBackend } from 'mfa-kit/testing';

import { enrolledFactor, SAMPLE_PHONE } from '../act.js';

export const LIST = 'GET /factors';
export const REMOVE = 'DELETE /factors/:id';

const DAY = 24 * 60 * 60 * 1000;

type Owned = { days: number; isPending?: boolean } & (
  { type: 'totp' } | { type: 'sms'; phoneNumber?: string }
);

/** Sets factors up as their owner did, so many days ago; pending ones never got a code. */
export async function own(backend: TestBackend, ...factors: Owned[]): Promise<void> {
  for (const { days, isPending, ...factor } of factors) {
    const phoneNumber = factor.type === 'sms' ? (factor.phoneNumber ?? SAMPLE_PHONE) : '';
    backend.clock.advance(-days * DAY);
    if (!isPending) await enrolledFactor(backend, factor.type, phoneNumber);
    else await backend.enrollFactor(factor.type === 'totp' ? factor : { type: 'sms', phoneNumber });
    backend.clock.advance(days * DAY);
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
