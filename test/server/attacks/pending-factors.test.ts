// @vitest-environment node
import { describe, expect, it } from 'vitest';

import {
  gate,
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  SECOND,
  tally,
  THIEF,
  underAttack,
  until,
  verdict,
} from './under-attack.js';

/** A thief who has the password begins an enrolment while the account has no factor, and waits. */
async function waitingThief(overrides: Parameters<typeof underAttack>[0] = {}) {
  const attacked = underAttack(overrides);
  const thief = attacked.as(THIEF);
  const owner = attacked.as(OWNER);
  const stolen = await thief.enrolTotp();
  const challengeId = await thief.challenge(stolen.id);
  const statusOf = async (id: string) => (await owner.get(`/factors/${id}`)).body.status;
  return Object.assign(attacked, { thief, owner, stolen, challengeId, statusOf });
}

describe('an enrolment that was begun before the account had a factor', () => {
  it('is not confirmed once it has one, and the host hears nothing of it', async () => {
    const { addApp, thief, stolen, challengeId, emulator, told, statusOf, requests } = await waitingThief();
    await addApp(OWNER);
    told.length = requests.length = 0;
    const answer = await thief.verify(challengeId, emulator.currentCode(stolen.id));
    expect(verdict(answer)).toEqual(REFUSALS.stepUp);
    expect(told).toEqual([]);
    expect(requests).toEqual([]);
    expect(await statusOf(stolen.id)).toBe('pending');
  });

  it('is not even challenged: no message goes to the number of whoever waits', async () => {
    const { addApp, thief, emulator, clock } = await waitingThief();
    const phone = await thief.enrolSms();
    await addApp(OWNER);
    clock.now += MINUTE;
    expect(verdict(await thief.post(`/factors/${phone.id}/challenge`))).toEqual(REFUSALS.stepUp);
    expect(emulator.inbox).toEqual([]);
  });

  it('is not confirmed in the session of the one who proved the factor, before they proved it', async () => {
    const { addApp, owner, as, emulator, challengeId, stolen, statusOf } = await waitingThief();
    await addApp(OWNER); // a right code, but that of an enrolment
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(stolen.id)))).toEqual(
      REFUSALS.stepUp,
    );
    expect(verdict(await as({ ...OWNER, sessionId: undefined }).verify(challengeId, '123456'))).toEqual(
      REFUSALS.stepUp,
    );
    expect(await statusOf(stolen.id)).toBe('pending');
  });

  it('is stopped where the owner’s was confirmed while WorkOS judged the thief’s code', async () => {
    const attacked = await waitingThief();
    const { owner, thief, stolen, challengeId, emulator, told, statusOf } = attacked;
    const app = await owner.enrolTotp();
    const ownersChallenge = await owner.challenge(app.id);
    const verdictIsIn = gate();
    attacked.upstream = async (request) => {
      const answer = await emulator.fetch(request);
      if (request.url.includes(challengeId)) await verdictIsIn.opened;
      return answer;
    };
    const late = thief.verify(challengeId, emulator.currentCode(stolen.id));
    expect(verdict(await owner.verify(ownersChallenge, emulator.currentCode(app.id)))).toEqual(RIGHT);
    verdictIsIn.open();
    expect(verdict(await late)).toEqual(REFUSALS.stepUp);
    expect(told.map(({ factor }) => factor.id)).toEqual([app.id]);
    expect(await statusOf(stolen.id)).toBe('pending');
  });

  it('is stopped while the host is being told of the owner’s', async () => {
    const hostKnows = gate();
    const { owner, thief, stolen, challengeId, emulator, told, statusOf } = await waitingThief({
      onVerified: () => hostKnows.opened,
    });
    const app = await owner.enrolTotp();
    const first = owner.verify(await owner.challenge(app.id), emulator.currentCode(app.id));
    await until(() => told.length > 0);
    expect(verdict(await thief.verify(challengeId, emulator.currentCode(stolen.id)))).toEqual(
      REFUSALS.stepUp,
    );
    hostKnows.open();
    expect(verdict(await first)).toEqual(RIGHT);
    expect(told).toHaveLength(1);
    expect(await statusOf(stolen.id)).toBe('pending');
  });

  it('is stopped where the host was told of the owner’s and the thief’s took too long in between', async () => {
    const attacked = await waitingThief({
      onVerified: async ({ factor }) => {
        if (factor.id === stolen.id) await ownersTurn();
      },
    });
    const { owner, thief, stolen, challengeId, emulator, clock, statusOf } = attacked;
    const app = await owner.enrolTotp();
    const ownersChallenge = await owner.challenge(app.id);
    // The thief's request is frozen with its process, longer than any request may take, and then goes on.
    async function ownersTurn() {
      clock.now += 2 * MINUTE;
      expect(verdict(await owner.verify(ownersChallenge, emulator.currentCode(app.id)))).toEqual(RIGHT);
    }
    expect(verdict(await thief.verify(challengeId, emulator.currentCode(stolen.id)))).toEqual(
      REFUSALS.stepUp,
    );
    expect([await statusOf(app.id), await statusOf(stolen.id)]).toEqual(['verified', 'pending']);
  });

  it('and another such: of two that are confirmed at once, one becomes a factor', async () => {
    const { thief, owner, emulator, stolen, challengeId, told } = await waitingThief();
    const app = await owner.enrolTotp();
    const ownersChallenge = await owner.challenge(app.id);
    const answers = await Promise.all([
      owner.verify(ownersChallenge, emulator.currentCode(app.id)),
      thief.verify(challengeId, emulator.currentCode(stolen.id)),
    ]);
    expect(tally(answers)).toEqual({ '200 true': 1, '403 step_up_required': 1 });
    expect(told).toHaveLength(1);
  });

  it('gains nothing by two deletions of the owner’s, one of which fails while the host is being told', async () => {
    const hostKnows = gate();
    const attacked = await waitingThief({
      onVerified: ({ factor }) => (factor.id === stolen.id ? undefined : hostKnows.opened),
    });
    const { owner, thief, stolen, challengeId, emulator, told, requests } = attacked;
    const app = await owner.enrolTotp();
    const ownersChallenge = await owner.challenge(app.id);
    const failures = [gate(), gate()];
    let deletions = 0;
    attacked.upstream = async (request) => {
      if (request.method !== 'DELETE') return emulator.fetch(request);
      await failures[deletions++]?.opened;
      return new Response('', { status: 500 });
    };
    const removals = [thief.delete(`/factors/${app.id}`), thief.delete(`/factors/${app.id}`)];
    await until(() => requests.filter(({ method }) => method === 'DELETE').length === 2);
    failures[0]?.open();
    await removals[0];
    // The first failure gave the factor back; while it is being confirmed, the second fails.
    const confirmation = owner.verify(ownersChallenge, emulator.currentCode(app.id));
    await until(() => told.length > 0);
    failures[1]?.open();
    await removals[1];
    expect(verdict(await thief.verify(challengeId, emulator.currentCode(stolen.id)))).toEqual(
      REFUSALS.stepUp,
    );
    hostKnows.open();
    expect(verdict(await confirmation)).toEqual(RIGHT);
    expect(told).toHaveLength(1);
  });
});

describe('an enrolment that a factor vouched for', () => {
  /** The owner has an app and a phone; with the app's code just shown, another app's enrolment is begun. */
  async function vouchedFor() {
    const attacked = underAttack();
    const { addApp, as, clock } = attacked;
    const owner = as(OWNER);
    const app = await addApp(OWNER);
    await owner.prove(app);
    const phone = (await owner.enrolSms()).id;
    await owner.prove(phone);
    clock.now += 6 * MINUTE; // all proofs are too old
    await owner.prove(app);
    const statusOf = async (id: string) => (await owner.get(`/factors/${id}`)).body.status;
    return Object.assign(attacked, { owner, app, phone, statusOf });
  }

  it('is not vouched for by one that was removed while WorkOS made it', async () => {
    const attacked = await vouchedFor();
    const { owner, app, phone, emulator, clock, statusOf, told } = attacked;
    const made = gate();
    attacked.upstream = async (request) => {
      const answer = await emulator.fetch(request);
      if (request.url.endsWith('/enroll')) await made.opened;
      return answer;
    };
    const enrolment = owner.enrolTotp();
    await until(() => attacked.calls().at(-1) === 'POST /auth/factors/enroll');
    expect((await owner.delete(`/factors/${app}`)).status).toBe(204);
    made.open();
    const { id } = await enrolment;
    told.length = 0;
    expect(verdict(await owner.post(`/factors/${id}/challenge`))).toEqual(REFUSALS.stepUp);
    expect([await statusOf(phone), await statusOf(id)]).toEqual(['verified', 'pending']);
    expect(told).toEqual([]);
    clock.now += SECOND;
  });
});

describe('a pending factor', () => {
  it('has gone after fifteen minutes, to the millisecond, for everybody and in every way', async () => {
    const { as, emulator, clock } = underAttack();
    const owner = as(OWNER);
    const { id } = await owner.enrolTotp();
    const challengeId = await owner.challenge(id);
    clock.now += 15 * MINUTE - 1;
    expect((await owner.get(`/factors/${id}`)).status).toBe(200);
    clock.now += 1;
    const code = emulator.currentCode(id);
    for (const answer of [
      await owner.verify(challengeId, code),
      await owner.post(`/factors/${id}/challenge`),
      await owner.get(`/factors/${id}`),
      await owner.delete(`/factors/${id}`),
    ]) {
      expect(verdict(answer)).toEqual(REFUSALS.notFound);
    }
    expect((await owner.get('/factors')).body).toEqual({ data: [] });
    await until(() => emulator.factors.length === 0); // the list has begun to clean up behind itself
  });

  it('whose time runs out while its code is judged is not confirmed', async () => {
    const attacked = underAttack();
    const { as, emulator, clock, told } = attacked;
    const owner = as(OWNER);
    const { id } = await owner.enrolTotp();
    clock.now += 15 * MINUTE - 1;
    const challengeId = await owner.challenge(id);
    attacked.upstream = async (request) => {
      const answer = await emulator.fetch(request);
      clock.now += 1;
      return answer;
    };
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(id)))).toEqual(REFUSALS.notFound);
    expect(told).toEqual([]);
  });

  it('whose time runs out while the host is told of it stays: no clean-up takes it away', async () => {
    const hostKnows = gate();
    const { as, emulator, clock, told, events } = underAttack({ onVerified: () => hostKnows.opened });
    const owner = as(OWNER);
    const { id } = await owner.enrolTotp();
    clock.now += 15 * MINUTE - 1;
    const confirmation = owner.verify(await owner.challenge(id), emulator.currentCode(id));
    await until(() => told.length === 1);
    clock.now += 30 * SECOND;
    expect((await owner.get('/factors')).body.data).toHaveLength(1);
    // While it is being confirmed the account is one with a factor, to a session without a proof.
    expect(verdict(await owner.post('/factors', { type: 'totp' }))).toEqual(REFUSALS.stepUp);
    expect(verdict(await owner.delete(`/factors/${id}`))).toEqual(REFUSALS.conflict);
    hostKnows.open();
    expect(verdict(await confirmation)).toEqual(RIGHT);
    expect(events.map(({ type }) => type)).not.toContain('factor_expired');
    expect((await owner.get(`/factors/${id}`)).body.status).toBe('verified');
  });

  it('that the clean-up has taken is not confirmed meanwhile', async () => {
    const attacked = underAttack();
    const { as, emulator, clock, told } = attacked;
    const owner = as(OWNER);
    const { id } = await owner.enrolTotp();
    const challengeId = await owner.challenge(id);
    clock.now += 15 * MINUTE;
    const isDeleted = gate();
    attacked.upstream = async (request) => {
      if (request.method === 'DELETE') await isDeleted.opened;
      return emulator.fetch(request);
    };
    const enrolment = owner.enrolTotp(); // cleans up first
    await until(() => attacked.calls().at(-1)?.startsWith('DELETE') === true);
    clock.now -= MINUTE; // a clock that is set back brings nothing back
    expect(verdict(await owner.verify(challengeId, emulator.currentCode(id)))).toEqual(REFUSALS.notFound);
    isDeleted.open();
    await enrolment;
    expect(told).toEqual([]);
    expect(emulator.factors).toHaveLength(1);
  });

  it('is cleaned up at WorkOS once, however many requests find it, and later where WorkOS was down', async () => {
    const attacked = underAttack();
    const { as, clock, calls, emulator, events } = attacked;
    const owner = as(OWNER);
    await owner.enrolTotp();
    await owner.enrolSms();
    clock.now += 15 * MINUTE;
    attacked.upstream = (request) =>
      request.method === 'DELETE' ? new Response('', { status: 500 }) : undefined;
    await owner.enrolTotp();
    expect(emulator.factors).toHaveLength(3);
    attacked.upstream = () => undefined;
    attacked.requests.length = 0;
    await Promise.all([owner.enrolTotp(), owner.enrolTotp(), owner.get('/factors'), owner.get('/factors')]);
    await until(() => emulator.factors.length === 3);
    expect(calls().filter((call) => call.startsWith('DELETE'))).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'factor_expired')).toHaveLength(2);
  });
});

describe('ten factors', () => {
  it('are all there is room for, though eleven and more are begun at once', async () => {
    const { as, emulator, calls } = underAttack();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        as(index % 2 ? OWNER : THIEF).post('/factors', { type: 'totp' }),
      ),
    );
    expect(tally(answers)).toEqual({ '201 ': 10, '429 rate_limit_exceeded': 20 });
    expect(emulator.factors).toHaveLength(10);
    expect(calls()).toHaveLength(10); // what finds no room asks WorkOS for nothing
    const { headers } = await as(OWNER).post('/factors', { type: 'totp' });
    expect(headers.get('Retry-After')).toBe('900');
  });

  it('that are all verified leave no room that waiting would bring', async () => {
    const { as, addApp, clock } = underAttack({ limits: { factorsPerUser: 2 } });
    const owner = as(OWNER);
    const app = await addApp(OWNER);
    await owner.prove(app);
    await addApp(OWNER);
    clock.now += MINUTE;
    await owner.prove(app);
    expect(verdict(await owner.post('/factors', { type: 'totp' }))).toEqual(REFUSALS.conflict);
  });

  it('are counted with those that WorkOS is still making', async () => {
    const attacked = underAttack({ limits: { factorsPerUser: 1 } });
    const owner = attacked.as(OWNER);
    const isMade = gate();
    attacked.upstream = async (request) => {
      await isMade.opened;
      return attacked.emulator.fetch(request);
    };
    const first = owner.post('/factors', { type: 'totp' });
    await until(() => attacked.requests.length === 1);
    expect(verdict(await owner.post('/factors', { type: 'totp' }))).toEqual(REFUSALS.rateLimited);
    isMade.open();
    expect((await first).status).toBe(201);
    expect(attacked.emulator.factors).toHaveLength(1);
  });

  it('stay as many, though one comes from WorkOS after its place was given to another', async () => {
    const attacked = underAttack({ limits: { factorsPerUser: 1 } });
    const owner = attacked.as(OWNER);
    const isMade = gate();
    let made = 0;
    attacked.upstream = async (request) => {
      made += 1;
      if (made === 1) await isMade.opened;
      return attacked.emulator.fetch(request);
    };
    const first = owner.post('/factors', { type: 'totp' });
    await until(() => made === 1);
    attacked.clock.now += 2 * MINUTE; // frozen with its process, longer than any request may take
    expect((await owner.post('/factors', { type: 'totp' })).status).toBe(201);
    isMade.open();
    expect(verdict(await first)).toEqual(REFUSALS.conflict);
    expect(attacked.emulator.factors).toHaveLength(1);
  });
});
