// @vitest-environment node
import type { MfaUser } from 'mfa-kit/server';
import { describe, expect, it } from 'vitest';

import { OTHER_PHONE, PHONE } from '../mounted-handler.js';
import {
  type Client,
  gate,
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  SECOND,
  STRANGER,
  THIEF,
  type UnderAttack,
  underAttack,
  until,
  verdict,
} from './under-attack.js';

/** An account that has had an app for an hour. */
async function account(overrides: Parameters<typeof underAttack>[0] = {}) {
  const attacked = underAttack(overrides);
  const app = await attacked.addApp(OWNER);
  attacked.clock.now += 60 * MINUTE;
  attacked.requests.length = attacked.told.length = 0;
  return Object.assign(attacked, { app, owner: attacked.as(OWNER), thief: attacked.as(THIEF) });
}

/** What a thief would do: take the second step away, or add one of their own. */
async function tryAll(attacked: UnderAttack & { app: string }, client: Client) {
  const state = async () => [attacked.requests.length, await attacked.recordOf(OWNER)].join();
  const before = await state();
  const answers = [
    verdict(await client.delete(`/factors/${attacked.app}`)),
    verdict(await client.post('/factors', { type: 'totp' })),
    verdict(await client.post('/factors', { type: 'sms', phone_number: PHONE })),
  ];
  return { answers, hasChanged: (await state()) !== before };
}
/** All of it is refused, WorkOS is not asked and nothing is written. */
const CLOSED = { answers: [REFUSALS.stepUp, REFUSALS.stepUp, REFUSALS.stepUp], hasChanged: false };

/** That it is open is seen by a deletion, the worst of what it allows. */
const isOpen = async ({ app }: { app: string }, client: Client) =>
  (await client.delete(`/factors/${app}`)).status === 204;

describe('with a password alone', () => {
  it('nobody removes a factor or adds a second one', async () => {
    const attacked = await account();
    expect(await tryAll(attacked, attacked.thief)).toEqual(CLOSED);
    expect(await tryAll(attacked, attacked.owner)).toEqual(CLOSED);
  });

  it('nor many at once', async () => {
    const { thief, app, emulator } = await account();
    const answers = await Promise.all([
      ...Array.from({ length: 25 }, () => thief.delete(`/factors/${app}`)),
      ...Array.from({ length: 25 }, () => thief.post('/factors', { type: 'totp' })),
    ]);
    for (const answer of answers) expect(verdict(answer)).toEqual(REFUSALS.stepUp);
    expect(emulator.factors.map(({ id }) => id)).toEqual([app]);
  });

  it('a challenge alone, or a wrong code, is no proof', async () => {
    const attacked = await account();
    const { thief, app, wrongCode } = attacked;
    await thief.verify(await thief.challenge(app), wrongCode(app));
    expect(await tryAll(attacked, thief)).toEqual(CLOSED);
  });
});

describe('a proof', () => {
  it('opens for five minutes, to the millisecond', async () => {
    const early = await account();
    await early.owner.prove(early.app);
    early.clock.now += 5 * MINUTE - 1;
    expect(await isOpen(early, early.owner)).toBe(true);

    const late = await account();
    await late.owner.prove(late.app);
    late.clock.now += 5 * MINUTE;
    expect(await tryAll(late, late.owner)).toEqual(CLOSED);
  });

  it.each<[string, MfaUser]>([
    ['another session of the same user', THIEF],
    ['no session at all', { id: OWNER.id, label: OWNER.label }],
    [
      'a session whose id is the same in other letters',
      { ...OWNER, sessionId: OWNER.sessionId!.toUpperCase() },
    ],
    ['a session whose id is a part of it', { ...OWNER, sessionId: OWNER.sessionId!.slice(0, -1) }],
    ['a session with a blank behind its id', { ...OWNER, sessionId: `${OWNER.sessionId} ` }],
    ['a session that is called null', { ...OWNER, sessionId: 'null' }],
  ])('opens nothing for %s', async (_who, user) => {
    const attacked = await account();
    expect(verdict(await attacked.owner.prove(attacked.app))).toEqual(RIGHT);
    expect(await tryAll(attacked, attacked.as(user))).toEqual(CLOSED);
  });

  it('in no session opens nothing, not even for the same person', async () => {
    const attacked = await account();
    const nowhere = attacked.as({ id: OWNER.id, label: OWNER.label });
    expect(verdict(await nowhere.prove(attacked.app))).toEqual(RIGHT);
    expect(await tryAll(attacked, nowhere)).toEqual(CLOSED);
  });

  it('of somebody else’s opens nothing, though the session has the same id', async () => {
    const attacked = await account();
    const neighbour = { ...STRANGER, sessionId: OWNER.sessionId };
    const own = await attacked.addApp(neighbour);
    expect(verdict(await attacked.as(neighbour).prove(own))).toEqual(RIGHT);
    expect(await tryAll(attacked, attacked.owner)).toEqual(CLOSED);
  });

  it('by the code that completed an enrolment opens nothing: whoever has the session could have brought it along', async () => {
    const attacked = underAttack();
    const owner = attacked.as(OWNER);
    const { id } = await owner.enrolTotp();
    expect(verdict(await owner.verify(await owner.challenge(id), attacked.emulator.currentCode(id)))).toEqual(
      RIGHT,
    );
    expect(await tryAll(Object.assign(attacked, { app: id }), owner)).toEqual(CLOSED);
  });

  it('by two codes at once for one enrolment opens nothing either', async () => {
    const hostKnows = gate();
    const attacked = underAttack({ onVerified: () => hostKnows.opened });
    const { as, emulator, clock, told } = attacked;
    const owner = as(OWNER);
    const { id } = await owner.enrolTotp();
    const challenges = [await owner.challenge(id), await owner.challenge(id)];
    const first = owner.verify(challenges[0]!, emulator.currentCode(id));
    await until(() => told.length === 1);
    const second = owner.verify(challenges[1]!, emulator.currentCode(id, clock.now + 30 * SECOND));
    expect(verdict(await second)).toEqual(REFUSALS.conflict);
    hostKnows.open();
    expect(verdict(await first)).toEqual(RIGHT);
    expect(told).toHaveLength(1);
    expect(await tryAll(Object.assign(attacked, { app: id }), owner)).toEqual(CLOSED);
  });

  it('of a pending factor is none: there is no right code of one but that which completes it', async () => {
    let isDown = false;
    const attacked = await account({
      onVerified: ({ purpose }) => {
        if (purpose === 'enrollment' && isDown) throw new Error('down');
      },
    });
    const { owner, app, emulator, clock } = attacked;
    await owner.prove(app);
    const { id } = await owner.enrolTotp();
    isDown = true;
    clock.now += 5 * MINUTE; // the proof is over, the enrolment still is vouched for
    const answer = await owner.verify(await owner.challenge(id), emulator.currentCode(id));
    expect(answer.status).toBe(500); // right, but it stayed pending
    expect(await tryAll(attacked, owner)).toEqual(CLOSED);
  });

  it('of a factor that was removed since is none any more', async () => {
    const attacked = await account();
    const { owner, app, clock, emulator } = attacked;
    await owner.prove(app);
    const phone = (await owner.enrolSms(OTHER_PHONE)).id;
    expect(verdict(await owner.prove(phone))).toEqual(RIGHT); // completes the enrolment
    expect((await owner.delete(`/factors/${app}`)).status).toBe(204);
    attacked.requests.length = 0;
    expect(await tryAll(Object.assign(attacked, { app: phone }), owner)).toEqual(CLOSED);
    expect(emulator.factors.map(({ id }) => id)).toEqual([phone]);
    clock.now += 1;
  });

  it('of a factor that is removed while the host is told of its code is none', async () => {
    const hostKnows = gate();
    let isSlow = false;
    const attacked = await account({ onVerified: () => (isSlow ? hostKnows.opened : undefined) });
    const { owner, app, told, clock, emulator, as } = attacked;
    await owner.prove(app);
    const phone = (await owner.enrolSms(OTHER_PHONE)).id;
    await owner.prove(phone);
    isSlow = true;
    told.length = 0;
    clock.now += 30 * SECOND;
    const thief = as(THIEF);
    const late = thief.verify(await thief.challenge(app), emulator.currentCode(app));
    await until(() => told.length === 1);
    expect((await owner.delete(`/factors/${app}`)).status).toBe(204);
    hostKnows.open();
    expect(verdict(await late)).toEqual(RIGHT);
    expect(await tryAll(Object.assign(attacked, { app: phone }), thief)).toEqual(CLOSED);
  });

  it('that the host could not be told of is none', async () => {
    let isDown = false;
    const attacked = await account({
      onVerified: () => {
        if (isDown) throw new Error('The session could not be written.');
      },
    });
    isDown = true;
    expect((await attacked.owner.prove(attacked.app)).status).toBe(500);
    expect(await tryAll(attacked, attacked.owner)).toEqual(CLOSED);
  });

  it('that could not be written down is none, and that is no success', async () => {
    let isDown = false;
    const attacked = await account({ onVerified: () => void (isDown = true) });
    isDown = false;
    attacked.faults.store = () => (isDown ? 'down' : 'none');
    expect(verdict(await attacked.owner.prove(attacked.app))).toEqual(REFUSALS.unavailable);
    isDown = false;
    expect(await tryAll(attacked, attacked.owner)).toEqual(CLOSED);
  });
});

describe('where the host gives the session a new id', () => {
  const rotating = () => account({ onVerified: () => ({ sessionId: 'session_rotated' }) });

  it('the proof is the new session’s, and the old id opens nothing', async () => {
    const attacked = await rotating();
    expect(verdict(await attacked.owner.prove(attacked.app))).toEqual(RIGHT);
    expect(await tryAll(attacked, attacked.owner)).toEqual(CLOSED); // fixed beforehand by whoever knew it
    expect(await isOpen(attacked, attacked.as({ ...OWNER, sessionId: 'session_rotated' }))).toBe(true);
  });

  it('what was proved before goes with it: the old id opens nothing any more', async () => {
    let rotation: { sessionId: string } | undefined;
    const attacked = await account({ onVerified: () => rotation });
    const { owner, app, as } = attacked;
    expect(verdict(await owner.prove(app))).toEqual(RIGHT);
    rotation = { sessionId: 'session_rotated' };
    expect(verdict(await owner.prove(app))).toEqual(RIGHT);
    expect(await tryAll(attacked, owner)).toEqual(CLOSED);
    expect(await isOpen(attacked, as({ ...OWNER, sessionId: 'session_rotated' }))).toBe(true);
  });

  it('the code that completes an enrolment opens nothing in the new session either', async () => {
    const attacked = underAttack({ onVerified: () => ({ sessionId: 'session_rotated' }) });
    const app = await attacked.addApp(OWNER);
    expect(
      await tryAll(Object.assign(attacked, { app }), attacked.as({ ...OWNER, sessionId: 'session_rotated' })),
    ).toEqual(CLOSED);
  });

  it.each<[string, unknown]>([
    ['nothing of use', { sessionId: undefined }],
    ['a text alone', 'session_thief'],
    ['a number', 1],
    ['true', true],
    ['a list', ['session_thief']],
  ])('and returns %s, the proof stays the session’s that asked', async (_what, returned) => {
    // Cast: what a host in JavaScript may return.
    const attacked = await account({ onVerified: () => returned as undefined });
    expect(verdict(await attacked.owner.prove(attacked.app))).toEqual(RIGHT);
    expect(await tryAll(attacked, attacked.thief)).toEqual(CLOSED);
    expect(await isOpen(attacked, attacked.owner)).toBe(true);
  });
});

describe('what needs none', () => {
  it('is an account’s first factor, and to drop a pending one', async () => {
    const { as } = underAttack();
    const owner = as({ id: OWNER.id, label: OWNER.label });
    const { id } = await owner.enrolTotp();
    const other = await owner.enrolTotp();
    expect((await owner.delete(`/factors/${id}`)).status).toBe(204);
    expect(verdict(await owner.prove(other.id))).toEqual(RIGHT);
  });

  it('is to read, to be challenged and to verify', async () => {
    const { thief, app } = await account();
    expect((await thief.get('/factors')).status).toBe(200);
    expect(verdict(await thief.prove(app))).toEqual(RIGHT);
  });
});
