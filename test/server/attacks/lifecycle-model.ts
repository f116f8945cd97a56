import type { MfaUser, RateRule } from 'mfa-kit/server';
import { expect } from 'vitest';

import { type Answer, OTHER_PHONE, PHONE } from '../mounted-handler.js';
import { MINUTE, OWNER, SECOND, STRANGER, type UnderAttack } from './under-attack.js';

/** Two users; the owner's account in three sessions, one of which has no id. Who they are is all that is given. */
export const BROWSERS: MfaUser[] = [
  OWNER,
  { ...OWNER, sessionId: 'session_other', clientIp: '198.51.100.66' },
  { id: OWNER.id, label: OWNER.label },
  STRANGER,
];
/** Lower than any app's, so that a sequence of a few dozen calls comes up against each of them. */
export const LIMITS = {
  codesPerChallenge: 2,
  wrongCodesPerUser: [{ count: 3, seconds: 900 }],
  messagesPerUser: [
    { count: 1, seconds: 30 },
    { count: 3, seconds: 3600 },
  ],
  messagesPerNumber: [{ count: 2, seconds: 3600 }],
  messagesPerAddress: [{ count: 2, seconds: 1800 }],
  messages: [{ count: 4, seconds: 1800 }],
  factorsPerUser: 3,
};
export const NUMBERS = [PHONE, OTHER_PHONE, '+447400123456'];

/** What must be true of every code, by what the promises say and by nothing that the handler keeps. */
export interface Factor {
  id: string;
  type: 'totp' | 'sms';
  owner: string;
  secret: string | undefined;
  enrolledAt: number;
  isVerified: boolean;
  /** Of the enrolment: in which session, and the factor that was proved in it. */
  session: string | undefined;
  vouchers: string[];
  /** In which session a removal was allowed whose end is not known: it may be finished there without another proof. */
  removalBegunIn: string | undefined;
  /** And when, `undefined` where none was: a quarter of an hour later it takes a proof again. */
  removalBegunAt: number | undefined;
}
export interface Model {
  factors: Map<string, Factor>;
  /** Enrolments whose answer got lost on the way from WorkOS: nobody can know of them. */
  lost: Set<string>;
  proofs: { session: string; owner: string; factorId: string; at: number }[];
  accepted: { owner: string; factorId: string; code: string; at: number }[];
  challenges: { id: string; factorId: string; owner: string }[];
  used: Set<string>;
  /** Codes that WorkOS called wrong, and the answer arrived. */
  wrong: { owner: string; challengeId: string; at: number }[];
  messages: { owner: string; address: string | undefined; to: string; isConfirmed: boolean; at: number }[];
  session: Map<MfaUser, string | undefined>;
}
/** How often what matters came about, over all sequences. */
export const seen = {
  enrolled: 0,
  confirmed: 0,
  proved: 0,
  'added by proof': 0,
  'removed by proof': 0,
  wrong: 0,
  messages: 0,
  lost: 0,
};

export const newModel = (): Model => ({
  factors: new Map(),
  lost: new Set(),
  proofs: [],
  accepted: [],
  challenges: [],
  used: new Set(),
  wrong: [],
  messages: [],
  session: new Map(BROWSERS.map((user) => [user, user.sessionId])),
});

export type Upstream = 'works' | 'down' | 'loses its answer';
export interface World {
  attacked: UnderAttack;
  rotateTo: { sessionId: string } | undefined;
}

/** Who a browser is signed in as, by now. */
export const as = (model: Model, { attacked }: World, browser: number) => {
  const { sessionId: _old, ...user } = BROWSERS[browser]!;
  const sessionId = model.session.get(BROWSERS[browser]!);
  return { user, sessionId, client: attacked.as({ ...user, ...(sessionId !== undefined && { sessionId }) }) };
};

/** The verified factors of which a fresh code was shown in the session. */
export const proved = (model: Model, owner: string, session: string | undefined, now: number) =>
  model.proofs
    .filter((proof) => proof.owner === owner && proof.session === session && now < proof.at + 5 * MINUTE)
    .map(({ factorId }) => factorId)
    .filter((id) => model.factors.get(id)?.isVerified);

export const verifiedOf = (model: Model, owner: string) =>
  [...model.factors.values()].filter((factor) => factor.owner === owner && factor.isVerified);

/** What nobody but its owner may ever read. */
export function expectNothingForeign({ text }: Answer, model: Model, owner: string) {
  for (const factor of model.factors.values()) {
    if (factor.owner === owner) continue;
    expect(text).not.toContain(factor.id);
    if (factor.secret) expect(text).not.toContain(factor.secret);
  }
  for (const challenge of model.challenges)
    if (challenge.owner !== owner) expect(text).not.toContain(challenge.id);
  for (const { id, label } of BROWSERS) if (id !== owner) expect(text).not.toContain(label);
  for (const number of NUMBERS) expect(text).not.toContain(number);
}

/** At most so many in any span of so many seconds, wherever it begins. */
function expectWithin(rules: RateRule[], events: { at: number }[]) {
  for (const { count, seconds } of rules) {
    for (const [index, { at }] of events.entries()) {
      const within = events.slice(index).filter((other) => other.at < at + seconds * SECOND);
      expect(within.length).toBeLessThanOrEqual(count);
    }
  }
}

function groupBy<T>(list: T[], key: (each: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const each of list) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return [...groups.values()];
}

/** What has to hold after every step. */
export async function expectInvariants(model: Model, { attacked }: World) {
  const { wrong, messages } = model;
  for (const codes of groupBy(wrong, ({ challengeId }) => challengeId)) {
    expect(codes.length).toBeLessThanOrEqual(LIMITS.codesPerChallenge);
  }
  for (const codes of groupBy(wrong, ({ owner }) => owner)) expectWithin(LIMITS.wrongCodesPerUser, codes);
  for (const sent of groupBy(messages, ({ owner }) => owner)) expectWithin(LIMITS.messagesPerUser, sent);
  for (const sent of groupBy(messages, ({ to, isConfirmed }) => `${to} ${isConfirmed}`)) {
    expectWithin(LIMITS.messagesPerNumber, sent);
  }
  const addressed = messages.filter(({ address }) => address !== undefined);
  for (const sent of groupBy(addressed, ({ address }) => address!)) {
    expectWithin(LIMITS.messagesPerAddress, sent);
  }
  expectWithin(LIMITS.messages, messages);
  expect(attacked.emulator.inbox.length).toBe(messages.length);
  for (const owner of [OWNER.id, STRANGER.id]) {
    const { body } = await attacked.as({ id: owner, label: 'x' }).get('/factors');
    const shown: { id: string; status: string }[] = body.data;
    expect(shown.length).toBeLessThanOrEqual(LIMITS.factorsPerUser);
    expect(idsOf(shown.filter(({ status }) => status === 'verified'))).toEqual(
      idsOf(verifiedOf(model, owner)),
    );
  }
}

const idsOf = (factors: { id: string }[]) => factors.map(({ id }) => id).sort();
