// @vitest-environment node
import type { MfaStore, StoreChange } from 'mfa-kit/server';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { ADA, type Answer, mountHandler } from './mounted-handler.js';

const MANY = { count: 100, seconds: 3600 };
const LIMITS = { factorsPerUser: 3, messagesPerNumber: MANY, messagesPerAddress: MANY };
const MESSAGES = 4; // an hour, in the scenes that send some
const SOON = 120_000; // milliseconds after which nothing may be left of a request that failed

type Mounted = ReturnType<typeof mount>;
const mount = (messages = MESSAGES) => {
  const onVerified = vi.fn();
  const limits = { ...LIMITS, messagesPerUser: { count: messages, seconds: 3600 } };
  return Object.assign(mountHandler({ limits, onVerified }), { onVerified });
};

/** What may become of one call of the store. */
const FAILURES: Record<string, (call: () => Promise<unknown>) => Promise<unknown>> = {
  rejects: async () => {
    throw new Error('55P03: lock not available on mfa_records');
  },
  throws: () => {
    throw new Error('55P03: lock not available on mfa_records');
  },
  'never comes back': () => new Promise(() => {}),
  'is done, and its answer is lost': async (call) => {
    await call();
    throw new Error('ECONNRESET 10.0.0.7');
  },
};

/** Counts the store's calls from here on; `decide` says what becomes of each. Returns how to let them all through again. */
function watchStore(store: MfaStore, decide: (call: number) => string | undefined) {
  const honest = { ...store };
  const calls: ('read' | 'swap')[] = [];
  const watched =
    <T extends unknown[], R>(name: 'read' | 'swap', real: (...of: T) => Promise<R>) =>
    (...of: T) => {
      calls.push(name);
      const fail = FAILURES[decide(calls.length - 1) ?? ''];
      // A call that fails in some way still has the type of one that does not.
      return (fail ? fail(() => real(...of)) : real(...of)) as Promise<R>;
    };
  store.read = watched('read', (key: string) => honest.read(key));
  store.swap = watched('swap', (change: StoreChange) => honest.swap(change));
  return { calls, heal: () => Object.assign(store, honest) };
}

const phone = { type: 'sms', phone_number: '+15555555555' };
const ids = ({ body }: Answer): string[] => body.data.map((factor: { id: string }) => factor.id);
const listed = async ({ as }: Mounted) => ids(await as(ADA).get('/factors'));
const statusOf = async ({ as }: Mounted, id: string) => (await as(ADA).get(`/factors/${id}`)).body.status;

interface Scene {
  /** Brings it about, and returns the request that the store fails under. */
  prepare: (mounted: Mounted) => Promise<() => Promise<Answer>>;
  /** What has to be true where the answer said that it was done. */
  isDone: (mounted: Mounted, answer: Answer) => Promise<void>;
}

let factorId = '';
let challengeId = '';

async function pendingPhone({ as }: Mounted) {
  factorId = (await as(ADA).enrolSms()).id;
}
async function verifiedPhone(mounted: Mounted) {
  await pendingPhone(mounted);
  expect((await mounted.as(ADA).prove(factorId)).body.valid).toBe(true);
  mounted.clock.now += 30_000;
}
async function challengedPhone(mounted: Mounted) {
  challengeId = await mounted.as(ADA).challenge(factorId);
}
const verify = (mounted: Mounted) => () =>
  mounted.as(ADA).verify(challengeId, mounted.emulator.currentCode(factorId));

const isEnrolled: Scene['isDone'] = async (mounted, { status, body }) => {
  expect(status).toBe(201);
  expect(await listed(mounted)).toContain(body.id);
  expect(mounted.emulator.factors.map(({ id }) => id)).toContain(body.id);
};
const isRemoved: Scene['isDone'] = async (mounted, { status }) => {
  expect(status).toBe(204);
  expect(await listed(mounted)).toEqual([]);
  expect(mounted.emulator.factors).toEqual([]);
};
const isChallenged: Scene['isDone'] = async (mounted, { status, body }) => {
  expect(status).toBe(201);
  const { as, emulator } = mounted;
  expect((await as(ADA).verify(body.id, emulator.currentCode(factorId))).body.valid).toBe(true);
};

const SCENES: Record<string, Scene> = {
  'GET /factors': {
    async prepare(mounted) {
      await pendingPhone(mounted);
      return () => mounted.as(ADA).get('/factors');
    },
    isDone: async (_mounted, answer) => expect(ids(answer)).toEqual([factorId]),
  },
  'GET /factors/:id': {
    async prepare(mounted) {
      await pendingPhone(mounted);
      return () => mounted.as(ADA).get(`/factors/${factorId}`);
    },
    isDone: async (_mounted, { body }) => expect(body.id).toBe(factorId),
  },
  'POST /factors for an app': {
    prepare: async (mounted) => () => mounted.as(ADA).post('/factors', { type: 'totp' }),
    isDone: isEnrolled,
  },
  'POST /factors for a phone': {
    prepare: async (mounted) => () => mounted.as(ADA).post('/factors', phone),
    isDone: isEnrolled,
  },
  'POST /factors with a key': {
    prepare: async (mounted) => () =>
      mounted.as(ADA).post('/factors', phone, { headers: { 'Idempotency-Key': 'key_1' } }),
    isDone: isEnrolled,
  },
  'POST /factors after one has expired': {
    async prepare(mounted) {
      await pendingPhone(mounted);
      mounted.clock.now += 900_000;
      return () => mounted.as(ADA).post('/factors', phone);
    },
    isDone: isEnrolled,
  },
  'POST /factors after a right code': {
    async prepare(mounted) {
      await verifiedPhone(mounted);
      await mounted.as(ADA).prove(factorId);
      return () => mounted.as(ADA).post('/factors', phone);
    },
    isDone: isEnrolled,
  },
  'DELETE /factors/:id of a pending one': {
    async prepare(mounted) {
      await pendingPhone(mounted);
      return () => mounted.as(ADA).delete(`/factors/${factorId}`);
    },
    isDone: isRemoved,
  },
  'DELETE /factors/:id of a verified one': {
    async prepare(mounted) {
      await verifiedPhone(mounted);
      await mounted.as(ADA).prove(factorId);
      return () => mounted.as(ADA).delete(`/factors/${factorId}`);
    },
    isDone: isRemoved,
  },
  'POST /factors/:id/challenge': {
    async prepare(mounted) {
      await pendingPhone(mounted);
      return () => mounted.as(ADA).post(`/factors/${factorId}/challenge`);
    },
    isDone: isChallenged,
  },
  'POST /factors/:id/challenge with a key': {
    async prepare(mounted) {
      await pendingPhone(mounted);
      const options = { headers: { 'Idempotency-Key': 'key_1' } };
      return () => mounted.as(ADA).post(`/factors/${factorId}/challenge`, {}, options);
    },
    isDone: isChallenged,
  },
  'POST /factors/:id/challenge of an app': {
    async prepare(mounted) {
      factorId = (await mounted.as(ADA).enrolTotp()).id;
      return () => mounted.as(ADA).post(`/factors/${factorId}/challenge`);
    },
    isDone: isChallenged,
  },
  'POST /challenges/:id/verify, to enrol': {
    async prepare(mounted) {
      await pendingPhone(mounted);
      await challengedPhone(mounted);
      return verify(mounted);
    },
    async isDone(mounted, { body }) {
      expect(body.valid).toBe(true);
      expect(await statusOf(mounted, factorId)).toBe('verified');
    },
  },
  'POST /challenges/:id/verify, to sign in': {
    async prepare(mounted) {
      await verifiedPhone(mounted);
      await challengedPhone(mounted);
      return verify(mounted);
    },
    async isDone(mounted, { body }) {
      expect(body.valid).toBe(true);
      expect((await mounted.as(ADA).delete(`/factors/${factorId}`)).status).toBe(204);
    },
  },
  'POST /challenges/:id/verify of a wrong code': {
    async prepare(mounted) {
      await pendingPhone(mounted);
      await challengedPhone(mounted);
      return () => mounted.as(ADA).verify(challengeId, '0000');
    },
    isDone: async (_mounted, { body }) => expect(body).toMatchObject({ valid: false, attempts_remaining: 4 }),
  },
};

/** Sends a request under a clock that runs at once: nobody waits five seconds for a store that hangs. */
async function sendHasty(send: () => Promise<Answer>): Promise<Answer> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const settled = vi.fn();
  const answer = send();
  answer.then(settled, settled);
  while (settled.mock.calls.length === 0) {
    await vi.advanceTimersByTimeAsync(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  vi.useRealTimers();
  return answer;
}
afterEach(() => void vi.useRealTimers());

/** What is at WorkOS can be seen by its owner, and so be removed. What has expired is removed without them. */
async function expectNoOrphan(mounted: Mounted, which: string): Promise<void> {
  await listed(mounted);
  await new Promise((resolve) => setImmediate(resolve)); // nobody waits for that
  const own = await listed(mounted);
  expect(own, which).toEqual(expect.arrayContaining(mounted.emulator.factors.map(({ id }) => id)));
}

/** What a request that was to send a message has left of the hour's. */
async function expectMessages(mounted: Mounted, count: number, which: string): Promise<void> {
  const { clock, emulator, as } = mounted;
  for (let tries = 0; tries <= count; tries += 1) {
    clock.now += 30_000;
    await as(ADA).post(`/factors/${factorId}/challenge`);
  }
  expect(emulator.inbox, which).toHaveLength(count);
}

/** Ten wrong codes in a quarter of an hour, five to a challenge. */
async function expectAttempts({ as, clock }: Mounted, which: string): Promise<void> {
  clock.now += 30_000;
  const remaining: (number | undefined)[] = [];
  for (let tries = 0; tries < 11; tries += 1) {
    if (tries % 5 === 0) {
      clock.now += 30_000;
      challengeId = await as(ADA).challenge(factorId);
    }
    remaining.push((await as(ADA).verify(challengeId, '0000')).body.attempts_remaining);
  }
  expect(remaining, which).toEqual([4, 3, 2, 1, 0, 4, 3, 2, 1, 0, undefined]);
}

describe.each(Object.keys(SCENES))('%s', (name) => {
  const { prepare, isDone } = SCENES[name]!;
  const isVerify = name.startsWith('POST /challenges');
  const isChallenge = name.startsWith('POST /factors/:id');
  const isEnrolment = name.startsWith('POST /factors') && !isChallenge;

  /** One run of the scene, with a store whose call number `at` fails. */
  async function run(at: number, failure: string) {
    const mounted = mount(isVerify ? 100 : MESSAGES);
    factorId = '';
    const send = await prepare(mounted);
    const before = {
      status: isVerify && (await statusOf(mounted, factorId)),
      requests: mounted.requests.length,
      told: mounted.onVerified.mock.calls.length,
    };
    const watch = watchStore(mounted.store, (call) => (call === at ? failure : undefined));
    const answer = await sendHasty(send);
    watch.heal();
    return { mounted, send, before, answer, calls: watch.calls };
  }

  it('is done where the store works', async () => {
    const { mounted, answer, calls } = await run(-1, '');
    await isDone(mounted, answer);
    expect(calls.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(FAILURES))(
    'closes the door when any one call of the store %s, and leaves nothing behind',
    async (failure) => {
      const isLost = failure === 'is done, and its answer is lost';
      const { calls } = await run(-1, '');
      let refused = 0;
      for (const [at, call] of calls.entries()) {
        const { mounted, send, answer, before } = await run(at, failure);
        const { as, clock, onVerified } = mounted;
        const which = `${call} ${at + 1} of ${calls.length}`;
        if (answer.status < 400) {
          await isDone(mounted, answer); // only what is cleaned up behind it has failed
          clock.now += SOON;
          await expectNoOrphan(mounted, which);
          continue;
        }
        refused += 1;
        expect(answer.status, which).toBe(503);
        expect(answer.body).toEqual({ code: 'server_error', message: 'The service is not available.' });
        if (mounted.requests.length === before.requests) {
          expect(onVerified.mock.calls, which).toHaveLength(before.told);
        }
        if (isVerify && !isLost) {
          // Nobody has got through: what was pending is, and what was verified cannot be removed.
          expect(await statusOf(mounted, factorId), which).toBe(before.status);
          if (before.status === 'verified') {
            expect((await as(ADA).delete(`/factors/${factorId}`)).status, which).toBe(403);
          }
        }
        clock.now += SOON;
        await expectNoOrphan(mounted, which);

        // All that it had taken is free again.
        if (isVerify) {
          if (!isLost) await expectAttempts(mounted, which);
          clock.now += 60_000 * 15;
          if (before.status === 'verified') {
            expect((await as(ADA).prove(factorId)).body.valid, which).toBe(true);
          }
          continue;
        }
        const again = await send();
        if (name.startsWith('DELETE') && again.status === 404)
          expect(isLost, which).toBe(true); // it is gone
        else await isDone(mounted, again);
        if (isChallenge && factorId && !isLost && mounted.emulator.inbox.length > 0) {
          await expectMessages(mounted, MESSAGES, which);
        }
        if (isEnrolment) {
          for (let tries = 0; tries < 3; tries += 1) await as(ADA).post('/factors', phone);
          expect(await listed(mounted), which).toHaveLength(LIMITS.factorsPerUser);
        }
      }
      expect(refused).toBeGreaterThan(0);
    },
  );
});

it('asks WorkOS nothing while the store is down', async () => {
  const mounted = mountHandler();
  const { id } = await mounted.as(ADA).enrolSms();
  const challenge = await mounted.as(ADA).challenge(id);
  const before = mounted.requests.length;
  watchStore(mounted.store, () => 'rejects');
  const answers = [
    await mounted.as(ADA).post('/factors', phone),
    await mounted.as(ADA).delete(`/factors/${id}`),
    await mounted.as(ADA).post(`/factors/${id}/challenge`),
    await mounted.as(ADA).verify(challenge, mounted.emulator.currentCode(id)),
  ];
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(mounted.requests).toHaveLength(before);
});

it('asks nobody whether to let a user through by a record that it cannot read', async () => {
  for (const text of ['', '{', 'null', '[]', '{}', '{"revision":1}', '{"factors":[]}', '"x"', '0']) {
    const mounted = mountHandler();
    const { id } = await mounted.as(ADA).enrolSms();
    mounted.store.read = async (key) => (key.startsWith('user:') ? text : null);
    expect((await mounted.as(ADA).get('/factors')).status).toBe(503);
    expect((await mounted.as(ADA).post('/factors', { type: 'totp' })).status).toBe(503);
    expect((await mounted.as(ADA).delete(`/factors/${id}`)).status).toBe(503);
    expect(mounted.emulator.factors).toHaveLength(1);
  }
});

it('sends no message where the count of messages cannot be read', async () => {
  for (const text of ['', '{', 'null', '{}', '[null]', '["1"]', '0']) {
    const mounted = mountHandler();
    const { id } = await mounted.as(ADA).enrolSms();
    const honest = { ...mounted.store };
    mounted.store.read = async (key) => (key.startsWith('messages:') ? text : honest.read(key));
    expect((await mounted.as(ADA).post(`/factors/${id}/challenge`)).status).toBe(503);
    expect(mounted.emulator.inbox).toEqual([]);
  }
});

it('gives up on a store that lets no swap through, instead of trying for ever', async () => {
  const mounted = mountHandler();
  let tries = 0;
  mounted.store.swap = async () => {
    tries += 1;
    return false;
  };
  expect((await sendHasty(() => mounted.as(ADA).post('/factors', phone))).status).toBe(503);
  expect(tries).toBeGreaterThan(8); // it is tried again
  expect(tries).toBeLessThan(1000); // with a pause
  expect(mounted.requests).toEqual([]);
});

it('keeps a store’s own methods its own: they may use this', async () => {
  class Store {
    #texts = new Map<string, string>();
    async read(key: string) {
      return this.#texts.get(key) ?? null;
    }
    async swap({ key, from, to }: StoreChange) {
      if ((await this.read(key)) !== from) return false;
      if (to === null) this.#texts.delete(key);
      else this.#texts.set(key, to);
      return true;
    }
  }
  const { as } = mountHandler({ store: new Store() });
  const { id } = await as(ADA).enrolSms();
  expect(ids(await as(ADA).get('/factors'))).toEqual([id]);
  expect((await as(ADA).verify('auth_challenge_1', '123456')).status).toBe(404);
});

const ACTIONS = ['list', 'enrol', 'enrol', 'remove', 'challenge', 'right', 'wrong', 'wait', 'expire'];

it('keeps every promise, whatever is done while whichever calls of the store fail', async () => {
  const action = fc.record({ what: fc.constantFrom(...ACTIONS), which: fc.nat({ max: 3 }) });
  const failures = fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      fc.constantFrom('rejects', 'throws', 'is done, and its answer is lost'),
    ),
    { minLength: 1, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 30 }), failures, async (actions, plan) => {
      const mounted = mount();
      const { as, clock, emulator, onVerified } = mounted;
      const ada = as(ADA);
      const factors: string[] = [];
      const challenges: { id: string; factorId: string }[] = [];
      const wrong: number[] = [];
      const { heal } = watchStore(mounted.store, (call) => plan[call % plan.length]);
      const statuses = new Set<number>();

      for (const { what, which } of actions) {
        const id = factors.at(-1 - which);
        const challenge = challenges.at(-1 - which);
        let answer: Answer | undefined;
        if (what === 'list') answer = await ada.get('/factors');
        if (what === 'enrol') {
          answer = await ada.post('/factors', phone);
          if (answer.status === 201) factors.push(answer.body.id);
        }
        if (what === 'remove' && id) answer = await ada.delete(`/factors/${id}`);
        if (what === 'challenge' && id) {
          answer = await ada.post(`/factors/${id}/challenge`);
          if (answer.status === 201) challenges.push({ id: answer.body.id, factorId: id });
        }
        if (
          what === 'right' &&
          challenge &&
          emulator.factors.some((each) => each.id === challenge.factorId)
        ) {
          answer = await ada.verify(challenge.id, emulator.currentCode(challenge.factorId));
        }
        if (what === 'wrong' && challenge) {
          answer = await ada.verify(challenge.id, '0000');
          if (answer.body.valid === false) wrong.push(clock.now);
        }
        if (what === 'wait') clock.now += 30_000;
        if (what === 'expire') clock.now += 900_000;
        if (answer) statuses.add(answer.status);
      }

      heal();
      clock.now += SOON;
      expect(
        [...statuses].filter((status) => ![200, 201, 204, 403, 404, 409, 422, 429, 503].includes(status)),
      ).toEqual([]);
      for (const [index, at] of wrong.entries()) {
        const span = wrong.slice(index).filter((time) => time < at + 900_000);
        expect(span.length).toBeLessThanOrEqual(10);
      }
      const hour = emulator.inbox.filter(({ sentAt }) => sentAt > clock.now - 3_600_000);
      expect(hour.length).toBeLessThanOrEqual(MESSAGES);

      // What is verified was told to the host; what is at WorkOS is somebody's, and what nobody finished goes.
      const told = onVerified.mock.calls.map(([event]) => event.factor.id);
      const { body } = await ada.get('/factors');
      const verified = body.data
        .filter(({ status }: { status: string }) => status === 'verified')
        .map(({ id }: { id: string }) => id);
      expect(told).toEqual(expect.arrayContaining(verified));
      clock.now += 900_000;
      const last = await ada.post('/factors', phone);
      const own = await listed(mounted);
      expect(new Set(own)).toEqual(new Set([...verified, ...(last.status === 201 ? [last.body.id] : [])]));
      expect(own).toEqual(expect.arrayContaining(emulator.factors.map(({ id }) => id)));
      expect(last.status).toBe(verified.length > 0 ? 403 : 201); // no proof outlives its time
    }),
    { numRuns: 150 },
  );
});
