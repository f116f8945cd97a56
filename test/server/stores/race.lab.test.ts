import { createPostgresStore, type MfaUser } from 'mfa-kit/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type EmulatorServer, serveEmulator } from '../../emulator/emulator-server.js';
import { type Database, runPostgres } from './databases.js';
import { type RaceProcesses, startProcesses } from './race-processes.js';
import { type Answer, API_KEY, type Call } from './race-worker.js';
import { WatchedWorkOs } from './watched-work-os.js';

const PROCESSES = 8;
const ROUNDS = 3;
const HOUR = 3600; // seconds

const postgres = runPostgres();
const workOs = new WatchedWorkOs(API_KEY);
const { emulator } = workOs;
let database: Database;
let server: EmulatorServer;
let processes: RaceProcesses;

beforeAll(async () => {
  database = await postgres.create();
  server = await serveEmulator({ ...emulator, fetch: workOs.fetch });
  const workOsUrl = `http://127.0.0.1:${server.port}`;
  processes = await startProcesses(PROCESSES, { databaseUrl: database.url, workOsUrl });
  await processes.race(() => ({ kind: 'migrate' }));
});
afterAll(async () => {
  await processes?.stop();
  await server?.close();
});
beforeEach(() => {
  workOs.isForgetful = false;
  workOs.secondsAhead += 2 * HOUR; // what an earlier test has used up counts no more
});

describe('the store of 8 processes', () => {
  it('loses none of their changes', async () => {
    const times = 50;
    const done = await processes.race(() => ({ kind: 'increment', key: 'count', times }));
    const pool = database.pool();
    const store = createPostgresStore({ query: (sql, params) => pool.query(sql, params) });
    expect(await store.read('count')).toBe(String(PROCESSES * times));
    // Else they never met, and nothing was shown.
    expect(done.some(({ retries = 0 }) => retries > 0)).toBe(true);
  });

  it.each([
    ['from nothing', null],
    ['from the same text', 'start'],
  ])('lets one of them win, %s', async (_name, from) => {
    for (let round = 0; round < 5 * ROUNDS; round += 1) {
      const change = { key: `round ${round} ${from}`, at: Date.now(), expiresAt: null };
      if (from !== null) {
        await processes.alone({ kind: 'swap', change: { ...change, from: null, to: from } });
      }
      const done = await processes.race((index) => ({
        kind: 'swap',
        change: { ...change, from, to: `process ${index}` },
      }));
      expect(done.filter(({ isSwapped }) => isSwapped)).toHaveLength(1);
    }
  });
});

describe('the handlers of 8 processes', () => {
  it('let somebody in once with the right code of a challenge, however forgetful WorkOS is', async () => {
    workOs.isForgetful = true;
    for (let round = 0; round < ROUNDS; round += 1) {
      const ada = newPerson();
      const factorId = await ada.enrol({ type: 'sms', phone_number: '+15005550006' });
      for (const purpose of ['enrolment', 'sign-in']) {
        workOs.secondsAhead += 31;
        const challengeId = await ada.challenge(factorId);
        const code = emulator.currentCode(factorId);
        const { answers, told } = await race(() => [ada.verifying(challengeId, code)]);
        expect([purpose, answers.filter(isLetIn).length, told]).toEqual([purpose, 1, 1]);
        expectRefusals(answers, [409, 422, 429]);
      }
      workOs.secondsAhead += HOUR;
    }
  });

  it('let somebody in once with a code that is right for eight challenges', async () => {
    const ada = newPerson();
    const factorId = await ada.enrol({ type: 'totp' });
    await ada.confirm(factorId);
    for (let round = 0; round < ROUNDS; round += 1) {
      workOs.secondsAhead += 150;
      const challenges: string[] = [];
      for (let index = 0; index < PROCESSES; index += 1) challenges.push(await ada.challenge(factorId));
      const code = emulator.currentCode(factorId);
      const { answers, told } = await race((index) => [ada.verifying(challenges[index]!, code)]);
      expect([answers.filter(isLetIn).length, told]).toEqual([1, 1]);
      expectRefusals(answers, [422]);
    }
  });

  it('send the last message of the hour once', async () => {
    const ada = newPerson();
    const phone = await ada.enrol({ type: 'sms', phone_number: '+15005550006' });
    const other = await ada.enrol({ type: 'sms', phone_number: '+15555555555' });
    for (let message = 1; message <= 6; message += 1) {
      const before = emulator.inbox.length;
      const { answers } = await race(() => [ada.challenging(phone), ada.challenging(other)]);
      expect(emulator.inbox.length - before).toBe(message <= 5 ? 1 : 0);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(message <= 5 ? 1 : 0);
      expectRefusals(answers, [429]);
      workOs.secondsAhead += 31;
    }
  });

  it('send one message to a number that eight people ask one for', async () => {
    const people = Array.from({ length: PROCESSES }, newPerson);
    const factors: string[] = [];
    for (const person of people) {
      factors.push(await person.enrol({ type: 'sms', phone_number: '+15555555555' }));
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = emulator.inbox.length;
      const { answers } = await race((index) => [people[index]!.challenging(factors[index]!)]);
      expect(emulator.inbox.length - before).toBe(1);
      expectRefusals(answers, [429]);
      workOs.secondsAhead += 31;
    }
  });

  it('give the last place for a factor once', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const ada = newPerson();
      for (let place = 1; place <= 9; place += 1) await ada.enrol({ type: 'totp' });
      workOs.watch();
      const { answers } = await race(() => [ada.enrolling({ type: 'totp' })]);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(workOs.count(/enroll$/)).toBe(1);
      expect(await ada.factors()).toHaveLength(10);
      expectRefusals(answers, [429]);
    }
  });

  it('make one factor of one intent, sent by all of them', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const ada = newPerson();
      workOs.watch();
      const { answers } = await race(() => [
        { ...ada.enrolling({ type: 'totp' }), idempotencyKey: `intent-of-${ada.user.id}` },
      ]);
      expect(answers.map(({ status }) => status)).toEqual(Array(PROCESSES).fill(201));
      expect(new Set(answers.map(({ body }) => body.totp.secret)).size).toBe(1);
      expect(workOs.count(/enroll$/)).toBe(1);
    }
  });

  it('have five codes of a challenge judged, and ten wrong ones of a person', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const ada = newPerson();
      const factorId = await ada.enrol({ type: 'totp' });
      const challenges: string[] = [];
      for (let index = 0; index < 4; index += 1) challenges.push(await ada.challenge(factorId));
      const wrong = wrongCode(factorId);

      workOs.watch();
      const first = await race(() => [wrong, wrong].map((code) => ada.verifying(challenges[0]!, code)));
      expect(workOs.count(/verify$/)).toBe(5);
      expect(first.answers.filter(({ status }) => status === 200)).toHaveLength(5);
      expectRefusals(first.answers, [429]);

      const others = await race(() => challenges.slice(1).map((each) => ada.verifying(each, wrong)));
      expect(workOs.count(/verify$/)).toBe(10);
      for (const each of challenges) {
        expect(workOs.count(new RegExp(`${each}/verify$`))).toBeLessThanOrEqual(5);
      }
      expectRefusals(others.answers, [429]);
      expect([...first.answers, ...others.answers].filter(isLetIn)).toEqual([]);
    }
  });
});

const isLetIn = ({ status, body }: Answer) => status === 200 && body.valid === true;

/** Whoever lost was told so, by one of these: nothing broke. */
function expectRefusals(answers: Answer[], statuses: number[]): void {
  const refused = answers.filter(({ status }) => status >= 400);
  expect(refused.filter(({ status }) => !statuses.includes(status))).toEqual([]);
}

function wrongCode(factorId: string): string {
  const right = [-60, -30, 0, 30, 60].map((s) => emulator.currentCode(factorId, now() + s * 1000));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code))!;
}

const now = () => Date.now() + workOs.secondsAhead * 1000;

async function race(calls: (index: number) => Call[]): Promise<{ answers: Answer[]; told: number }> {
  const done = await processes.race((index) => ({
    kind: 'send',
    calls: calls(index),
    secondsAhead: workOs.secondsAhead,
  }));
  return {
    answers: done.flatMap(({ answers = [] }) => answers),
    told: done.reduce((sum, { told = 0 }) => sum + told, 0),
  };
}

async function ask(call: Call): Promise<Answer['body']> {
  const { secondsAhead } = workOs;
  const { answers: [answer] = [] } = await processes.alone({ kind: 'send', calls: [call], secondsAhead });
  expect(answer).toMatchObject({ status: expect.toBeOneOf([200, 201]) });
  return answer?.body;
}

let people = 0;

function newPerson() {
  people += 1;
  const id = `user_${people}`;
  const user: MfaUser = { id, label: `${id}@example.com`, sessionId: `session_${people}` };
  const person = {
    user,
    enrolling: (body: object): Call => ({ user, method: 'POST', path: '/factors', body }),
    challenging: (factorId: string): Call => ({
      user,
      method: 'POST',
      path: `/factors/${factorId}/challenge`,
      body: {},
    }),
    verifying: (challengeId: string, code: string): Call => ({
      user,
      method: 'POST',
      path: `/challenges/${challengeId}/verify`,
      body: { code },
    }),
    async enrol(body: object): Promise<string> {
      const { id: factorId } = await ask(person.enrolling(body));
      return factorId;
    },
    async challenge(factorId: string): Promise<string> {
      const { id: challengeId } = await ask(person.challenging(factorId));
      return challengeId;
    },
    async confirm(factorId: string): Promise<void> {
      const challengeId = await person.challenge(factorId);
      await ask(person.verifying(challengeId, emulator.currentCode(factorId)));
    },
    async factors(): Promise<unknown[]> {
      const { data } = await ask({ user, method: 'GET', path: '/factors' });
      return data;
    },
  };
  return person;
}
