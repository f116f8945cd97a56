// @vitest-environment node
import { expect, it } from 'vitest';

import { ADA, json, mountHandler } from './mounted-handler.js';

const MINUTE = 60_000;

/** Ada has an app, has given a fresh code, and removes it; what WorkOS answers is `outcome`'s. */
async function removing(outcome: (carryOut: () => Promise<Response>) => Promise<Response>) {
  let sessionId = 'session_1';
  const events: string[] = [];
  const mounted = mountHandler({
    user: () => ({ ...ADA, sessionId }),
    onEvent: ({ type }) => events.push(type),
  });
  const ada = mounted.as(ADA);
  const { id } = await ada.enrolTotp();
  await ada.verify(await ada.challenge(id), mounted.emulator.currentCode(id));
  await ada.prove(id);
  mounted.upstream = (request) =>
    request.method === 'DELETE' ? outcome(() => mounted.emulator.fetch(request)) : undefined;
  const first = await ada.delete(`/factors/${id}`);
  mounted.upstream = () => undefined;
  mounted.clock.now += 14 * MINUTE; // the fresh code is none any more
  const moveToOtherSession = () => (sessionId = 'session_2');
  return { ...mounted, ada, id, first, moveToOtherSession, events };
}

const lost = async (carryOut: () => Promise<Response>) => {
  await carryOut();
  return json({ message: 'Internal' }, 500);
};
const failed = async () => json({ message: 'Internal' }, 500);

it('is finished without another code, which a factor that is gone could not give', async () => {
  const { ada, id, first, emulator } = await removing(lost);
  expect(first.status).toBe(502);
  expect(emulator.factors).toEqual([]);
  expect((await ada.get('/factors')).body.data).toHaveLength(1);
  expect((await ada.delete(`/factors/${id}`)).status).toBe(204);
  expect((await ada.get('/factors')).body.data).toEqual([]);
  expect((await ada.post('/factors', { type: 'totp' })).status).toBe(201); // and nobody is locked out
});

it('is not finished in another session, by somebody who has the password alone', async () => {
  const { ada, id, moveToOtherSession } = await removing(lost);
  moveToOtherSession();
  expect((await ada.delete(`/factors/${id}`)).body.code).toBe('step_up_required');
  expect((await ada.get('/factors')).body.data).toHaveLength(1);
});

it('is not finished later, by somebody who sits down at the open laptop', async () => {
  const { ada, id, clock } = await removing(failed);
  clock.now += MINUTE;
  expect((await ada.delete(`/factors/${id}`)).body.code).toBe('step_up_required');
});

it('is told by WorkOS itself where the factor is gone: nobody is asked for a code of it for ever', async () => {
  const { ada, id, clock, moveToOtherSession, events } = await removing(lost);
  clock.now += 60 * MINUTE;
  moveToOtherSession();
  expect((await ada.post(`/factors/${id}/challenge`)).status).toBe(404);
  expect((await ada.get('/factors')).body.data).toEqual([]);
  expect(events.filter((type) => type === 'factor_removed')).toHaveLength(1);
  expect((await ada.post('/factors', { type: 'totp' })).status).toBe(201);
});

it('was never begun: then a factor that WorkOS does not know stays, and keeps the door shut', async () => {
  const { ada, emulator, events } = await removing(async () => json({ message: 'Too many' }, 429));
  const [{ id }] = (await ada.get('/factors')).body.data;
  emulator.reset();
  expect((await ada.post(`/factors/${id}/challenge`)).status).toBe(404);
  expect((await ada.get('/factors')).body.data).toHaveLength(1);
  expect(events).not.toContain('factor_removed');
});

it('is forgotten once the factor has shown that it is there', async () => {
  const { ada, id, emulator, clock } = await removing(failed);
  expect((await ada.verify(await ada.challenge(id), emulator.currentCode(id))).body.valid).toBe(true);
  clock.now += 30 * MINUTE;
  expect((await ada.delete(`/factors/${id}`)).body.code).toBe('step_up_required');
});

it('that WorkOS refused takes a fresh code again', async () => {
  const { ada, id, first } = await removing(async () => json({ message: 'Too many' }, 429));
  expect(first.status).toBe(429);
  expect((await ada.delete(`/factors/${id}`)).body.code).toBe('step_up_required');
});

it('of one factor allows nothing about another', async () => {
  const { ada, id } = await removing(lost);
  expect((await ada.post('/factors', { type: 'totp' })).body.code).toBe('step_up_required');
  expect((await ada.delete(`/factors/${id}x`)).status).toBe(404);
});

it('goes with the session to its new id', async () => {
  let sessionId = 'session_1';
  const mounted = mountHandler({
    user: () => ({ ...ADA, sessionId }),
    onVerified: () => ({ sessionId: (sessionId = `${sessionId}+`) }),
  });
  const ada = mounted.as(ADA);
  const add = async () => {
    const { id } = await ada.enrolTotp();
    expect((await ada.prove(id)).body.valid).toBe(true);
    return id;
  };
  const app = await add();
  await ada.prove(app);
  const other = await add();
  mounted.upstream = (request) => (request.method === 'DELETE' ? failed() : undefined);
  expect((await ada.delete(`/factors/${app}`)).status).toBe(502);
  mounted.upstream = () => undefined;
  await ada.prove(other);
  mounted.clock.now += 10 * MINUTE; // that proof is none any more either
  expect((await ada.delete(`/factors/${app}`)).status).toBe(204);
});
