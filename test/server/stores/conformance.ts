import type { MfaStore } from 'mfa-kit/server';
import { storeChecks } from 'mfa-kit/testing';
import { expect, it } from 'vitest';

/** What every store has to keep, check by check. `open` gives the same data, opened more than once where that can be. */
export function itIsAStore(open: () => MfaStore[]): void {
  it.each(storeChecks.map((check) => [check.title, check] as const))('%s', async (_title, check) => {
    await expect(check.run(...open())).resolves.toBeUndefined();
  });
}
