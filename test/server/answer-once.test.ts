// @vitest-environment node
import { expect, it } from 'vitest';

import { ADA, mountHandler } from './mounted-handler.js';

it('tells a request that is repeated how long the code lives from then on', async () => {
  const { as, clock, emulator } = mountHandler();
  const ada = as(ADA);
  const { id } = await ada.enrolSms();
  const ask = () => ada.post(`/factors/${id}/challenge`, {}, { headers: { 'Idempotency-Key': 'once' } });
  const first = await ask();
  expect(first.body.expires_in).toBe(600);
  clock.now += 200_400;
  const second = await ask();
  expect(second.body).toEqual({ ...first.body, expires_in: 400 });
  clock.now += 500_000;
  expect((await ask()).body.expires_in).toBe(0); // and never less
  expect(emulator.inbox).toHaveLength(1);
});
