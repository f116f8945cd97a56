import type { CallPattern, TestBackend } from 'mfa-kit/testing';
import { expect, screen } from 'storybook/test';

import { expectInert, expectReady, passTime, press } from './act.js';
import { type FailureName, FAILURES } from './failures.js';

/** What failed can be tried again: at once, or after the wait that the server asked for. */
export async function expectAnotherTry(failure: FailureName) {
  if (failure === 'tooOften') await expectInert(/^Try again in 0:(30|2\d)$/);
  else await expectReady('Try again');
}

/** The wait that the server asked for is over. */
export async function waitsItOut() {
  await screen.findByText(FAILURES.tooOften.says);
  passTime(30_000);
  await expectReady('Try again');
}

/** Another try is under way, and what was said of the last one stands. */
export async function triesAgain({ faults }: TestBackend, call: CallPattern) {
  const said = await screen.findByText(FAILURES.unreachable.says);
  faults.clear();
  faults.always(call, { kind: 'hang' });
  await press('Try again');
  await expectInert('Try again');
  await expect(said).toBeVisible();
}
