// @vitest-environment node
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { LIMITS, newModel, seen, type World } from './lifecycle-model.js';
import { calls } from './lifecycle-steps.js';
import { MINUTE, OWNER, STRANGER, underAttack } from './under-attack.js';

it('gives nobody more than they may have, in no sequence of calls, faults and pauses', async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (commands) => {
      const world: World = { rotateTo: undefined, attacked: undefined! };
      world.attacked = underAttack({
        limits: LIMITS,
        onVerified: () => world.rotateTo,
      });
      const model = newModel();
      await fc.asyncModelRun(() => ({ model, real: world }), commands);

      // When all pending time is over, one more enrolment of each leaves nothing at WorkOS that nobody can know of.
      const { clock, emulator, as: browserOf } = world.attacked;
      clock.now += 20 * MINUTE;
      const listed: string[] = [];
      for (const user of [OWNER, STRANGER]) {
        await browserOf(user).enrolSms();
        const { body } = await browserOf(user).get('/factors');
        listed.push(...body.data.map(({ id }: { id: string }) => id));
      }
      const known = emulator.factors.map(({ id }) => id).filter((id) => !model.lost.has(id));
      expect(known.every((id) => listed.includes(id))).toBe(true);

      seen.wrong += model.wrong.length;
      seen.messages += model.messages.length;
      seen.lost += model.lost.size;
    }),
    { numRuns: 80 },
  );
  // It did get somewhere: sequences in which nothing is ever accepted would prove nothing.
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
});
