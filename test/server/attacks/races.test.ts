// @vitest-environment node
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { type Answer, OTHER_PHONE, PHONE } from '../mounted-handler.js';
import {
  type Client,
  MINUTE,
  OWNER,
  REFUSALS,
  RIGHT,
  SECOND,
  STRANGER,
  tally,
  THIEF,
  type UnderAttack,
  underAttack,
  verdict,
} from './under-attack.js';

/**
 * Lets requests run against each other in an order that fast-check makes up: each step of the store and each way to
 * WorkOS and back is a turn of its own. A failing order is shrunk, and printed.
 */
async function race(order: fc.Scheduler, attacked: UnderAttack, requests: (() => Promise<Answer>)[]) {
  attacked.faults.store = (call, key) => order.schedule(Promise.resolve('none' as const), `${call} ${key}`);
  attacked.upstream = async (request) => {
    const { pathname } = new URL(request.url);
    await order.schedule(Promise.resolve(), `${request.method} ${pathname}`);
    const answer = await attacked.emulator.fetch(request);
    await order.schedule(Promise.resolve(), `answer to ${pathname}`);
    return answer;
  };
  const answers = await order.waitFor(Promise.all(requests.map((send) => send())));
  while (order.count() > 0) await order.waitOne(); // a clean-up that no answer waited for
  attacked.faults.store = () => 'none';
  attacked.upstream = () => undefined;
  return answers;
}

const inAnyOrder = (play: (order: fc.Scheduler) => Promise<void>, numRuns = 40) =>
  fc.assert(fc.asyncProperty(fc.scheduler(), play), { numRuns });

/** What the user sees is what there is at WorkOS: nothing left behind there, nothing shown that has gone. */
async function expectNoGhosts({ emulator }: UnderAttack, client: Client) {
  const { body } = await client.get('/factors');
  expect(body.data.map(({ id }: { id: string }) => id).sort()).toEqual(
    emulator.factors.map(({ id }) => id).sort(),
  );
  return new Map<string, string>(
    body.data.map(({ id, status }: { id: string; status: string }) => [id, status]),
  );
}

it('right codes for one challenge: one wins, and the host hears of that one', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack();
    const owner = attacked.as(OWNER);
    const phone = await attacked.addPhone(OWNER);
    attacked.clock.now += MINUTE;
    const challengeId = await owner.challenge(phone);
    const code = attacked.emulator.currentCode(phone);
    attacked.told.length = 0;
    const verify = () => owner.verify(challengeId, code);
    const answers = await race(order, attacked, [
      verify,
      verify,
      verify,
      () => attacked.as(THIEF).verify(challengeId, code),
    ]);
    expect(tally(answers)).toEqual({ '200 true': 1, '422 authentication_challenge_previously_verified': 3 });
    expect(attacked.told).toHaveLength(1);
  });
});

it('one code of an app at two challenges: one wins', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack();
    const owner = attacked.as(OWNER);
    const app = await attacked.addApp(OWNER);
    attacked.clock.now += 30 * SECOND;
    const challenges = [await owner.challenge(app), await owner.challenge(app), await owner.challenge(app)];
    const code = attacked.emulator.currentCode(app);
    attacked.told.length = 0;
    const answers = await race(
      order,
      attacked,
      challenges.map((id) => () => owner.verify(id, code)),
    );
    expect(tally(answers)).toEqual({ '200 true': 1, '422 one_time_code_previously_used': 2 });
    expect(attacked.told).toHaveLength(1);
  }, 20);
});

it('wrong codes: none is judged beyond the limit of its challenge, nor beyond the user’s', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack({
      limits: { codesPerChallenge: 2, wrongCodesPerUser: { count: 3, seconds: 900 } },
    });
    const owner = attacked.as(OWNER);
    const [one, other] = [await owner.enrolSms(PHONE), await owner.enrolSms(OTHER_PHONE)];
    const first = await owner.challenge(one.id);
    attacked.clock.now += 30 * SECOND;
    const second = await owner.challenge(other.id);
    const answers = await race(order, attacked, [
      ...Array.from({ length: 3 }, () => () => owner.verify(first, '0000')),
      ...Array.from({ length: 3 }, () => () => owner.verify(second, '0000')),
    ]);
    expect(tally(answers)['200 false']).toBe(3);
    expect(attacked.calls().filter((call) => call.includes(first)).length).toBeLessThanOrEqual(2);
    expect(attacked.calls().filter((call) => call.includes(second)).length).toBeLessThanOrEqual(2);
  });
});

it('two sessions that confirm their own: one becomes the account’s factor, and the host hears of that one', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack();
    const { as, emulator, told, clock } = attacked;
    const [owner, thief] = [as(OWNER), as(THIEF)];
    const [own, stolen] = [await owner.enrolSms(PHONE), await thief.enrolSms(OTHER_PHONE)];
    const ownersChallenge = await owner.challenge(own.id);
    clock.now += 30 * SECOND;
    const thiefsChallenge = await thief.challenge(stolen.id);
    const answers = await race(order, attacked, [
      () => owner.verify(ownersChallenge, emulator.currentCode(own.id)),
      () => thief.verify(thiefsChallenge, emulator.currentCode(stolen.id)),
    ]);
    expect(tally(answers)).toEqual({ '200 true': 1, '403 step_up_required': 1 });
    expect(told).toHaveLength(1);
    const statuses = await expectNoGhosts(attacked, owner);
    expect(statuses.get(told[0]!.factor.id)).toBe('verified');
    expect([...statuses.values()].sort()).toEqual(['pending', 'verified']);
  });
});

it('a confirmation and removals: what was told to the host as a factor is one, what is answered as gone has gone', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack();
    const { as, emulator, told } = attacked;
    const owner = as(OWNER);
    const { id } = await owner.enrolSms();
    const challengeId = await owner.challenge(id);
    const [confirmed, ...removed] = await race(order, attacked, [
      () => owner.verify(challengeId, emulator.currentCode(id)),
      () => owner.delete(`/factors/${id}`),
      () => as(THIEF).delete(`/factors/${id}`),
    ]);
    const isThere = verdict(confirmed!)[0] === 200;
    expect(told).toHaveLength(isThere ? 1 : 0);
    const statuses = await expectNoGhosts(attacked, owner);
    expect([...statuses.values()]).toEqual(isThere ? ['verified'] : []);
    for (const { status } of removed) expect(isThere ? [403, 409] : [204, 404]).toContain(status);
  });
});

it('a removal and a verification by the same factor: no proof outlives what proved it', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack();
    const { as, emulator, clock } = attacked;
    const [owner, thief] = [as(OWNER), as(THIEF)];
    const first = await attacked.addPhone(OWNER, PHONE);
    await owner.prove(first);
    const second = (await owner.enrolSms(OTHER_PHONE)).id;
    await owner.prove(second);
    clock.now += 30 * SECOND;
    const challengeId = await thief.challenge(first);
    const [verified, removed] = await race(order, attacked, [
      () => thief.verify(challengeId, emulator.currentCode(first)),
      () => owner.delete(`/factors/${first}`),
    ]);
    expect(removed?.status).toBe(204);
    expect([RIGHT, REFUSALS.notFound]).toContainEqual(verdict(verified!));
    expect(verdict(await thief.delete(`/factors/${second}`))).toEqual(REFUSALS.stepUp);
    expect([...(await expectNoGhosts(attacked, owner))]).toEqual([[second, 'verified']]);
  });
});

it('an enrolment and the removal of the factor that allowed it: nothing is left that it vouches for', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack();
    const { as, clock } = attacked;
    const owner = as(OWNER);
    const first = await attacked.addPhone(OWNER, PHONE);
    await owner.prove(first);
    const second = (await owner.enrolSms(OTHER_PHONE)).id;
    await owner.prove(second);
    const [enrolled] = await race(order, attacked, [
      () => owner.post('/factors', { type: 'sms', phone_number: PHONE }),
      () => owner.delete(`/factors/${first}`),
    ]);
    const statuses = await expectNoGhosts(attacked, owner);
    expect(statuses.get(second)).toBe('verified');
    clock.now += MINUTE;
    if (enrolled?.status === 201) {
      expect(verdict(await owner.post(`/factors/${enrolled.body.id}/challenge`))).toEqual(REFUSALS.stepUp);
    } else expect(verdict(enrolled!)).toEqual(REFUSALS.stepUp);
  });
});

it('enrolments: the last place is taken once, and what found none left nothing at WorkOS', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack({ limits: { factorsPerUser: 2 } });
    const owner = attacked.as(OWNER);
    await owner.enrolSms();
    const enrol = () => owner.post('/factors', { type: 'sms', phone_number: OTHER_PHONE });
    const answers = await race(order, attacked, [enrol, enrol, enrol]);
    expect(tally(answers)).toEqual({ '201 ': 1, '429 rate_limit_exceeded': 2 });
    expect((await expectNoGhosts(attacked, owner)).size).toBe(2);
  });
});

it('messages: one goes out, whoever asks for it, to whichever number', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack();
    // In no address of their own, which would be a limit, too.
    const [owner, stranger] = [attacked.as({ ...OWNER, clientIp: undefined }), attacked.as(STRANGER)];
    const [own, other] = [await owner.enrolSms(PHONE), await owner.enrolSms(OTHER_PHONE)];
    const foreign = await stranger.enrolSms(PHONE); // the same number
    const answers = await race(order, attacked, [
      () => owner.post(`/factors/${own.id}/challenge`),
      () => owner.post(`/factors/${other.id}/challenge`),
      () => stranger.post(`/factors/${foreign.id}/challenge`),
    ]);
    // The owner's one, and the stranger's where the owner's did not go to the same number. Who is refused may have held
    // another up for a moment: then fewer go out, never more.
    const { inbox } = attacked.emulator;
    expect(inbox).toHaveLength(tally(answers)['201 '] ?? 0);
    expect(new Set(inbox.map(({ to }) => to)).size).toBe(inbox.length);
    expect(answers.slice(0, 2).filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1);
    expect(tally(answers)['429 rate_limit_exceeded']).toBe(3 - inbox.length);
  });
});

it('the hourly budget: the last message of it goes out once', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack({ limits: { messages: { count: 1, seconds: 3600 } } });
    const [owner, stranger] = [attacked.as(OWNER), attacked.as(STRANGER)];
    const [own, foreign] = [await owner.enrolSms(PHONE), await stranger.enrolSms(OTHER_PHONE)];
    const answers = await race(order, attacked, [
      () => owner.post(`/factors/${own.id}/challenge`),
      () => stranger.post(`/factors/${foreign.id}/challenge`),
    ]);
    expect(tally(answers)).toEqual({ '201 ': 1, '429 rate_limit_exceeded': 1 });
    expect(attacked.emulator.inbox).toHaveLength(1);
  });
});

it('a confirmation at the last moment, a clean-up and a clock that moves on: it is a factor, or it has gone', async () => {
  await inAnyOrder(async (order) => {
    const attacked = underAttack();
    const { as, emulator, clock, told } = attacked;
    const owner = as(OWNER);
    const { id } = await owner.enrolSms();
    clock.now += 14 * MINUTE;
    const challengeId = await owner.challenge(id);
    clock.now += MINUTE - 1;
    const [confirmed] = await race(order, attacked, [
      () => owner.verify(challengeId, emulator.currentCode(id)),
      () =>
        order.schedule(Promise.resolve(), 'the clock').then(() => ((clock.now += 1), owner.get('/factors'))),
      () => as(THIEF).post('/factors', { type: 'sms', phone_number: OTHER_PHONE }),
    ]);
    const isThere = verdict(confirmed!)[0] === 200;
    expect(told).toHaveLength(isThere ? 1 : 0);
    await owner.enrolSms(OTHER_PHONE); // cleans up what is left
    const statuses = await expectNoGhosts(attacked, owner);
    expect(statuses.get(id)).toBe(isThere ? 'verified' : undefined);
  });
});
