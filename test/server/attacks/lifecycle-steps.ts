// oxlint-disable vitest/no-standalone-expect -- each step is run inside the test of lifecycle.test.ts
import * as fc from 'fast-check';
import { expect } from 'vitest';

import {
  as,
  expectInvariants,
  expectNothingForeign,
  type Model,
  NUMBERS,
  proved,
  seen,
  type Upstream,
  verifiedOf,
  type World,
} from './lifecycle-model.js';
import { MINUTE, SECOND } from './under-attack.js';

/** One call of a browser, with what becomes of it on its way. */
abstract class Step implements fc.AsyncCommand<Model, World> {
  constructor(
    readonly browser: number,
    readonly pick: number,
    readonly upstream: Upstream,
    readonly failing: number,
  ) {}
  check = () => true;
  abstract call(model: Model, world: World): Promise<void>;

  async run(model: Model, world: World) {
    const { attacked } = world;
    attacked.upstream = async (request) => {
      if (this.upstream === 'down') return new Response('', { status: 500 });
      const answer = await attacked.emulator.fetch(request);
      return this.upstream === 'works' ? answer : new Response('', { status: 500 });
    };
    let call = 0;
    attacked.faults.store = () => (call++ === this.failing ? 'down' : 'none');
    await this.call(model, world);
    attacked.faults.store = () => 'none';
    attacked.upstream = () => undefined;
    await expectInvariants(model, world);
  }

  toString() {
    const store = this.failing < 12 ? `fails at ${this.failing}` : 'works';
    return `${this.constructor.name}(browser ${this.browser}, ${this.pick}; WorkOS ${this.upstream}, store ${store})`;
  }

  factor(model: Model, world: World): string {
    const { user } = as(model, world, this.browser);
    // One's own for the most part, and now and then anybody's.
    const all = [...model.factors.values()];
    const own = this.pick % 5 === 0 ? all : all.filter(({ owner }) => owner === user.id);
    return own[this.pick % own.length]?.id ?? 'auth_factor_0';
  }
}

class Enrol extends Step {
  async call(model: Model, world: World) {
    const { attacked } = world;
    const { user, sessionId, client } = as(model, world, this.browser);
    const number = NUMBERS[this.pick % 3]!;
    const body = this.pick % 2 ? { type: 'sms', phone_number: number } : { type: 'totp' };
    const before = new Set(attacked.emulator.factors.map(({ id }) => id));
    const vouchers = proved(model, user.id, sessionId, attacked.clock.now);
    const answer = await client.post('/factors', body);
    expectNothingForeign(answer, model, user.id);
    const isAllowed = verifiedOf(model, user.id).length === 0 || vouchers.length > 0;
    if (!isAllowed) expect(answer.status).toBeGreaterThanOrEqual(400);
    if (answer.status !== 201) {
      for (const { id } of attacked.emulator.factors) if (!before.has(id)) model.lost.add(id);
      return;
    }
    const { id, type, totp } = answer.body;
    seen.enrolled += 1;
    if (vouchers.length > 0) seen['added by proof'] += 1;
    const enrolledAt = attacked.clock.now;
    const fields = {
      isVerified: false,
      session: sessionId,
      vouchers,
      secret: totp?.secret,
      removalBegunIn: undefined,
      removalBegunAt: undefined,
    };
    model.factors.set(id, { id, type, owner: user.id, enrolledAt, ...fields });
  }
}

class Challenge extends Step {
  async call(model: Model, world: World) {
    await challenge(model, world, this.browser, this.factor(model, world));
  }
}

async function challenge(model: Model, world: World, browser: number, factorId: string) {
  const { attacked } = world;
  const { user, client } = as(model, world, browser);
  const before = (await client.get(`/factors/${factorId}`)).body;
  const answer = await client.post(`/factors/${factorId}/challenge`);
  expectNothingForeign(answer, model, user.id);
  for (const { to, challengeId, sentAt } of attacked.emulator.inbox.slice(model.messages.length)) {
    const isConfirmed = before.status === 'verified';
    model.messages.push({ owner: user.id, address: user.clientIp, to, isConfirmed, at: sentAt });
    if (answer.status === 201) expect(challengeId).toBe(answer.body.id);
  }
  // WorkOS has told how a removal ended that was allowed when it was begun.
  const factor = model.factors.get(factorId);
  const isAtWorkOs = attacked.emulator.factors.some(({ id }) => id === factorId);
  const isKept = (await attacked.recordOf(user)).includes(`"id":"${factorId}"`);
  if (factor?.owner === user.id && factor.removalBegunAt !== undefined && !isAtWorkOs && !isKept) {
    model.factors.delete(factorId);
    model.proofs = model.proofs.filter((proof) => proof.factorId !== factorId);
  }
  if (answer.status !== 201) return;
  expect(model.factors.get(factorId)?.owner).toBe(user.id);
  model.challenges.push({ id: answer.body.id, factorId, owner: user.id });
}

class Verify extends Step {
  constructor(
    browser: number,
    pick: number,
    upstream: Upstream,
    failing: number,
    readonly code: 'right' | 'the one before' | 'replayed' | 'wrong',
  ) {
    super(browser, pick, upstream, failing);
  }

  codeFor(model: Model, { attacked }: World, factorId: string): string {
    const { clock, emulator, wrongCode } = attacked;
    const isThere = emulator.factors.some(({ id }) => id === factorId);
    if (!isThere || this.code === 'wrong')
      return isThere && model.messages.length > 0 ? safely(() => wrongCode(factorId)) : '000000';
    if (this.code === 'replayed') return model.accepted.at(-1)?.code ?? '000000';
    return safely(() =>
      emulator.currentCode(factorId, clock.now - (this.code === 'right' ? 0 : 30 * SECOND)),
    );
  }

  async call(model: Model, world: World) {
    const { user } = as(model, world, this.browser);
    const own =
      this.pick % 5 === 0 ? model.challenges : model.challenges.filter(({ owner }) => owner === user.id);
    const recent = own.slice(-3);
    await this.verify(model, world, recent[this.pick % recent.length]);
  }

  async verify(model: Model, world: World, asked: Model['challenges'][number] | undefined) {
    const { attacked } = world;
    const { user, sessionId, client } = as(model, world, this.browser);
    const factor = model.factors.get(asked?.factorId ?? '');
    const code = this.codeFor(model, world, factor?.id ?? '');
    const now = attacked.clock.now;
    const heard = attacked.told.length;
    const others = verifiedOf(model, user.id).filter(({ id }) => id !== factor?.id);
    const fresh = proved(model, user.id, sessionId, now);
    const answer = await client.verify(asked?.id ?? 'auth_challenge_0', code);
    expectNothingForeign(answer, model, user.id);
    const news = attacked.told.slice(heard);
    const isSuccess = answer.status === 200 && answer.body.valid === true;
    if (answer.status === 200 && !isSuccess) {
      model.wrong.push({ owner: user.id, challengeId: asked!.id, at: now });
    }
    expect(news.length).toBeLessThanOrEqual(1);
    if (isSuccess) expect(news.length).toBe(1);
    if (news.length === 0) return;

    // The host was told: everything has to have been right.
    expect([factor?.owner, asked?.owner, news[0]?.user.id]).toEqual([user.id, user.id, user.id]);
    expect(news[0]?.factor.id).toBe(factor!.id);
    expect(this.code).not.toBe('wrong');
    expect(model.used).not.toContain(asked!.id);
    factor!.removalBegunIn = undefined; // it has shown that it is there
    model.used.add(asked!.id);
    if (factor!.type === 'totp') {
      const since = model.accepted.filter((each) => each.owner === user.id && each.at > now - 120 * SECOND);
      expect(since.map((each) => each.code)).not.toContain(code);
    }
    model.accepted.push({ owner: user.id, factorId: factor!.id, code, at: now });
    expect(news[0]?.purpose).toBe(factor!.isVerified ? 'verification' : 'enrollment');
    if (factor!.isVerified) {
      seen.proved += 1;
      const session = world.rotateTo?.sessionId ?? sessionId;
      this.rotate(model, world, user.id, sessionId);
      if (session !== undefined)
        model.proofs.push({ session, owner: user.id, factorId: factor!.id, at: now });
      return;
    }
    expect(now).toBeLessThan(factor!.enrolledAt + 15 * MINUTE);
    if (others.length > 0) {
      const isVouchedFor =
        factor!.session === sessionId && factor!.vouchers.some((id) => model.factors.get(id));
      expect(isVouchedFor || fresh.length > 0).toBe(true);
    }
    this.rotate(model, world, user.id, sessionId);
    if (isSuccess) {
      factor!.isVerified = true;
      seen.confirmed += 1;
    }
  }

  /** The host has given the session a new id, and what held in it goes on to hold in it. */
  rotate(model: Model, { rotateTo }: World, owner: string, old: string | undefined) {
    if (!rotateTo || old === undefined) return;
    for (const proof of model.proofs)
      if (proof.owner === owner && proof.session === old) proof.session = rotateTo.sessionId;
    for (const factor of model.factors.values()) {
      if (factor.owner !== owner) continue;
      if (factor.session === old) factor.session = rotateTo.sessionId;
      if (factor.removalBegunIn === old) factor.removalBegunIn = rotateTo.sessionId;
    }
    for (const [user, session] of model.session) {
      if (user.id === owner && session === old) model.session.set(user, rotateTo.sessionId);
    }
  }
}

/** What an honest person does: waits for a new code, and gives it. */
class Prove extends Verify {
  override async call(model: Model, world: World) {
    world.attacked.clock.now += 31 * SECOND;
    const factorId = this.factor(model, world);
    const before = model.challenges.length;
    await challenge(model, world, this.browser, factorId);
    if (model.challenges.length > before) await this.verify(model, world, model.challenges.at(-1));
  }
}

function safely(code: () => string): string {
  try {
    return code();
  } catch {
    return '000000'; // no message has been sent yet
  }
}

class Remove extends Step {
  async call(model: Model, world: World) {
    const { user, sessionId, client } = as(model, world, this.browser);
    const id = this.factor(model, world);
    const factor = model.factors.get(id);
    const isProved = proved(model, user.id, sessionId, world.attacked.clock.now).length > 0;
    const answer = await client.delete(`/factors/${id}`);
    expectNothingForeign(answer, model, user.id);
    if (factor?.owner !== user.id) expect(answer.status).toBeGreaterThanOrEqual(404);
    const { now } = world.attacked.clock;
    const mayFinish =
      sessionId !== undefined &&
      factor?.removalBegunIn === sessionId &&
      now < (factor.removalBegunAt ?? -Infinity) + 15 * MINUTE;
    const mayRemove = isProved || mayFinish;
    if (factor?.isVerified && !mayRemove) expect([403, 404, 503]).toContain(answer.status);
    const isGone =
      factor?.owner === user.id && !(await world.attacked.recordOf(user)).includes(`"id":"${id}"`);
    if (factor && (answer.status === 204 || (mayRemove && isGone))) {
      if (factor.isVerified) seen['removed by proof'] += 1;
      model.factors.delete(id);
      model.proofs = model.proofs.filter(({ factorId }) => factorId !== id);
    }
    // At WorkOS, or in the store: nobody knows whether it was done.
    if (factor?.owner === user.id && mayRemove && answer.status >= 500) {
      factor.removalBegunIn = sessionId;
      if (!mayFinish) factor.removalBegunAt = now;
    }
  }
}

class Wait extends Step {
  override async call(_model: Model, { attacked }: World) {
    attacked.clock.now += [
      1,
      SECOND,
      29 * SECOND,
      30 * SECOND,
      31 * SECOND,
      2 * MINUTE,
      5 * MINUTE,
      16 * MINUTE,
    ][this.pick % 8]!;
  }
}

class RotateSessions extends Step {
  override async call(_model: Model, world: World) {
    world.rotateTo = this.pick % 2 ? { sessionId: `session_new_${this.pick}` } : undefined;
  }
}

const parts = {
  browser: fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 3, 3),
  pick: fc.nat(59),
  upstream: fc.oneof(
    { weight: 14, arbitrary: fc.constant<Upstream>('works') },
    { weight: 1, arbitrary: fc.constantFrom<Upstream>('down', 'loses its answer') },
  ),
  failing: fc.oneof({ weight: 14, arbitrary: fc.constant(99) }, { weight: 1, arbitrary: fc.nat(8) }),
};
const made = <T extends Step>(
  Kind: new (browser: number, pick: number, upstream: Upstream, failing: number) => T,
) => fc.tuple(parts.browser, parts.pick, parts.upstream, parts.failing).map((args) => new Kind(...args));
const CODES = ['right', 'right', 'right', 'the one before', 'replayed', 'wrong'] as const;
const verifying = (Kind: typeof Verify) =>
  fc
    .tuple(parts.browser, parts.pick, parts.upstream, parts.failing, fc.constantFrom(...CODES))
    .map((args) => new Kind(...args));

export const calls = fc.commands(
  [
    made(Enrol),
    made(Enrol),
    made(Challenge),
    verifying(Verify),
    verifying(Verify),
    verifying(Prove),
    verifying(Prove),
    verifying(Prove),
    made(Remove),
    made(Wait),
    made(RotateSessions),
  ],
  { maxCommands: 50, size: 'max' },
);
