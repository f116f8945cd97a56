// @vitest-environment node
import { createTestBackend } from 'mfa-kit/testing';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';

import { TotpEnrollment } from '../../src/totp/totp-enrollment.js';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('lets the secret go from memory once the code is accepted, whether or not anybody listens', async () => {
  const backend = createTestBackend();
  const enrollment = new TotpEnrollment(() => backend);
  enrollment.start();
  await wait(50);
  const secret = (() => {
    const state = enrollment.get();
    if (state.step !== 'confirm') throw new Error(`Still ${state.step}.`);
    return new WeakRef(state.totp);
  })();
  enrollment.submit(backend.currentCode());
  await wait(100);
  expect(enrollment.get().step).toBe('done');
  for (let round = 0; round < 5; round += 1) {
    await wait(20);
    collectGarbage();
  }
  expect(secret.deref()).toBeUndefined();
});
