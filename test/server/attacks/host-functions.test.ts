// @vitest-environment node
import type { MfaUser } from 'mfa-kit/server';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { OWNER, RIGHT, underAttack, verdict } from './under-attack.js';

afterEach(() => void vi.useRealTimers());

/** What some libraries return in place of a promise. */
const thenable = (then: (resolve: unknown, reject: (error: Error) => void) => void) =>
  // oxlint-disable-next-line unicorn/no-thenable -- that is what it is for
  Object.defineProperty({}, 'then', { value: then });

describe('an onEvent that', () => {
  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('full');
      },
    ],
    [
      'throws what is no error',
      () => {
        throw null;
      },
    ],
    ['rejects', () => Promise.reject(new Error('full'))],
    ['never comes back', () => new Promise(() => {})],
    [
      'returns a thenable that throws',
      () =>
        thenable(() => {
          throw new Error('x');
        }),
    ],
    ['returns a thenable that rejects', () => thenable((_resolve, reject) => reject(new Error('x')))],
  ])('%s changes no answer and leaves no rejection behind', async (_what, onEvent) => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { addApp, as, events } = underAttack({ onEvent });
    const app = await addApp(OWNER);
    expect(verdict(await as(OWNER).prove(app))).toEqual(RIGHT);
    expect((await as(null).get('/factors')).status).toBe(401);
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(events.length).toBeGreaterThan(5);
  });

  it('writes into its event changes nothing in the account', async () => {
    const { addApp, as } = underAttack({
      onEvent: (event) => {
        if ('factor' in event) Object.assign(event.factor, { id: 'auth_factor_x', type: 'sms' });
        Object.assign(event, { userId: 'admin', type: 'x' });
      },
    });
    const app = await addApp(OWNER);
    expect(verdict(await as(OWNER).prove(app))).toEqual(RIGHT);
    expect((await as(OWNER).get('/factors')).body.data).toMatchObject([{ id: app, type: 'totp' }]);
  });
});

describe('an onVerified that', () => {
  it.each<[string, () => never | Promise<never>]>([
    [
      'throws',
      () => {
        throw new Error('pg://10.0.0.7');
      },
    ],
    [
      'throws nothing',
      () => {
        throw undefined;
      },
    ],
    ['rejects', () => Promise.reject(new Error('pg://10.0.0.7'))],
  ])(
    '%s means no success: the enrolment stays pending, and nothing of the reason is told',
    async (_what, onVerified) => {
      const { as, events, told } = underAttack({ onVerified });
      const owner = as(OWNER);
      const { id } = await owner.enrolTotp();
      const answer = await owner.prove(id);
      expect([answer.status, answer.text]).toEqual([
        500,
        '{"code":"server_error","message":"Something went wrong."}',
      ]);
      expect((await owner.get(`/factors/${id}`)).body.status).toBe('pending');
      expect(events.map(({ type }) => type)).not.toContain('code_accepted');
      expect(JSON.stringify(events)).not.toContain('pg:');
      expect(told).toHaveLength(1);
    },
  );

  it('never comes back costs ten seconds, and its coming back later makes no success of it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let comeBack = (_value: undefined) => {};
    const { as, emulator, told } = underAttack({
      onVerified: () => new Promise<undefined>((resolve) => (comeBack = resolve)),
    });
    const owner = as(OWNER);
    const { id } = await owner.enrolTotp();
    const challengeId = await owner.challenge(id);
    const answer = owner.verify(challengeId, emulator.currentCode(id));
    while (told.length === 0) await vi.advanceTimersByTimeAsync(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await answer).status).toBe(500);
    comeBack(undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await owner.get(`/factors/${id}`)).body.status).toBe('pending');
  });

  it('asks the handler itself is answered: nothing is held that it would wait for', async () => {
    let listed: unknown;
    const attacked = underAttack({
      onVerified: async () => {
        listed = (await attacked.as(OWNER).get('/factors')).body;
      },
    });
    await attacked.addApp(OWNER);
    expect(listed).toMatchObject({ data: [{ status: 'pending' }] });
  });

  it('writes into what it was told changes nothing in the account', async () => {
    const { as } = underAttack({
      onVerified: ({ factor, user }) => {
        Object.assign(factor, { id: 'auth_factor_x', status: 'pending', type: 'sms' });
        Object.assign(user, { id: 'user_eve', sessionId: 'session_2' });
      },
    });
    const { id } = await as(OWNER).enrolTotp();
    await as(OWNER).prove(id);
    expect((await as(OWNER).get(`/factors/${id}`)).body).toMatchObject({ id, status: 'verified' });
    expect((await as({ ...OWNER, id: 'user_eve' }).get('/factors')).body.data).toEqual([]);
  });
});

describe('a user function that returns', () => {
  it.each<[string, unknown]>([
    ['a text', 'user_ada'],
    ['true', true],
    ['a number', 1],
    ['an empty object', {}],
    ['a list', [{ id: 'user_ada', label: 'x' }]],
    ['an id that is a number', { id: 1, label: 'x' }],
    ['an id that is an object', { id: { toString: () => 'user_ada' }, label: 'x' }],
    ['an id that is a String object', { id: new String('user_ada'), label: 'x' }],
    ['an empty id', { id: '', label: 'x' }],
    ['an id of 256 characters', { id: 'a'.repeat(256), label: 'x' }],
    ['no label', { id: 'user_ada' }],
    ['a session that is empty', { ...OWNER, sessionId: '' }],
    ['a session that is true', { ...OWNER, sessionId: true }],
    ['an address that is empty', { ...OWNER, clientIp: '' }],
    ['a list of addresses', { ...OWNER, clientIp: ['192.0.2.1'] }],
    [
      'an id that throws when it is read',
      Object.defineProperty({ label: 'x' }, 'id', {
        get: () => {
          throw new Error('secret');
        },
      }),
    ],
    ['a function', () => OWNER],
    ['a Response', new Response()],
  ])('%s lets nobody in', async (_what, returned) => {
    // Cast: what a host in JavaScript may return.
    const { as, requests, texts } = underAttack({ user: () => returned as MfaUser });
    for (const answer of [
      await as(OWNER).get('/factors'),
      await as(OWNER).post('/factors', { type: 'totp' }),
    ]) {
      expect(verdict(answer)).toEqual([500, 'server_error']);
      expect(answer.text).not.toContain('secret');
    }
    expect([requests, texts]).toEqual([[], []]);
  });

  it.each<[string, () => unknown, number]>([
    ['nothing', () => undefined, 401],
    ['null', () => null, 401],
    ['a promise of nothing', () => Promise.resolve(undefined), 401],
    [
      'an error, thrown',
      () => {
        throw new Error('secret');
      },
      503,
    ],
    ['an error, rejected', () => Promise.reject(new Error('secret')), 503],
  ])('%s is told what it is', async (_what, user, status) => {
    // Cast: what a host in JavaScript may return.
    const { as, requests } = underAttack({ user: user as () => null });
    expect((await as(OWNER).post('/factors', { type: 'totp' })).status).toBe(status);
    expect(requests).toEqual([]);
  });

  // A user object of the framework's, which others may write into while the request goes on.
  it('an object that changes into somebody else meanwhile is who it was when it was asked', async () => {
    const live: MfaUser = { ...OWNER };
    const attacked = underAttack({ user: () => live });
    const browser = attacked.as(null);
    attacked.upstream = async (request) => {
      const answer = await attacked.emulator.fetch(request);
      live.id = 'user_eve';
      live.label = 'eve@example.com';
      return answer;
    };
    const { id } = await browser.enrolTotp();
    expect((await browser.get('/factors')).body.data).toEqual([]); // Eve's
    live.id = OWNER.id;
    expect((await browser.get('/factors')).body.data).toMatchObject([{ id, totp: { user: OWNER.label } }]);
  });
});
