// @vitest-environment node
import { createMemoryStore, type StoredChallenge, type StoredFactor } from 'mfa-kit/server';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

const AT = '2026-03-01T12:00:00.000Z';

const factor = (id: string, userId: string, createdAt = AT): StoredFactor => ({
  id,
  userId,
  type: 'sms',
  status: 'pending',
  createdAt,
  updatedAt: createdAt,
  maskedPhone: '•••• 0006',
});
const challenge = (id: string, factorId: string, userId: string, createdAt = AT): StoredChallenge => ({
  id,
  factorId,
  userId,
  createdAt,
  expiresAt: null,
});

it('gives an id to one user only, and never changes hands', async () => {
  const store = createMemoryStore();
  expect(await store.addFactor(factor('f', 'ada'))).toBe(true);
  expect(await store.addFactor(factor('f', 'eve'))).toBe(false);
  expect(await store.addFactor(factor('f', 'ada'))).toBe(false);
  expect(await store.findFactor('eve', 'f')).toBeNull();
  expect(await store.markFactorVerified('eve', 'f', AT)).toBe(false);
  await store.removeFactor('eve', 'f');
  expect(await store.findFactor('ada', 'f')).toEqual(factor('f', 'ada'));
});

it('takes a challenge only of a factor the user still has', async () => {
  const store = createMemoryStore();
  await store.addFactor(factor('f', 'ada'));
  expect(await store.addChallenge(challenge('c', 'f', 'eve'))).toBe(false);
  expect(await store.addChallenge(challenge('c', 'g', 'ada'))).toBe(false);
  expect(await store.addChallenge(challenge('c', 'f', 'ada'))).toBe(true);
  expect(await store.addChallenge(challenge('c', 'f', 'ada'))).toBe(false);
  expect(await store.findChallenge('eve', 'c')).toBeNull();
  expect(await store.findChallenge('ada', 'c')).toEqual(challenge('c', 'f', 'ada'));
  await store.removeFactor('ada', 'f');
  expect(await store.findChallenge('ada', 'c')).toBeNull();
  expect(await store.addChallenge(challenge('d', 'f', 'ada'))).toBe(false);
});

it('does not bring a removed factor back by marking it verified', async () => {
  const store = createMemoryStore();
  await store.addFactor(factor('f', 'ada'));
  const marking = Promise.all([store.removeFactor('ada', 'f'), store.markFactorVerified('ada', 'f', AT)]);
  expect((await marking)[1]).toBe(false);
  expect(await store.listFactors('ada')).toEqual([]);
});

it('lists the oldest first, however they came in', async () => {
  const store = createMemoryStore();
  await store.addFactor(factor('b', 'ada', '2026-03-02T00:00:00.000Z'));
  await store.addFactor(factor('a', 'ada', '2026-03-01T00:00:00.000Z'));
  expect((await store.listFactors('ada')).map(({ id }) => id)).toEqual(['a', 'b']);
});

it('hands out copies: what a caller does to them changes nothing', async () => {
  const store = createMemoryStore();
  const mine = factor('f', 'ada');
  await store.addFactor(mine);
  await store.addChallenge(challenge('c', 'f', 'ada'));
  mine.status = 'verified';
  for (const copy of [await store.findFactor('ada', 'f'), (await store.listFactors('ada'))[0]]) {
    expect(copy?.status).toBe('pending');
    Object.assign(copy!, { status: 'verified', userId: 'eve' });
  }
  Object.assign((await store.findChallenge('ada', 'c'))!, { userId: 'eve' });
  expect(await store.findFactor('ada', 'f')).toEqual(factor('f', 'ada'));
  expect(await store.findChallenge('ada', 'c')).not.toBeNull();
});

it('forgets challenges of the day before, so that it does not grow for ever', async () => {
  const store = createMemoryStore();
  await store.addFactor(factor('f', 'ada'));
  await store.addChallenge(challenge('old', 'f', 'ada', '2026-03-01T12:00:00.000Z'));
  await store.addChallenge(challenge('new', 'f', 'ada', '2026-03-02T12:00:00.000Z'));
  expect(await store.findChallenge('ada', 'old')).not.toBeNull();
  await store.addChallenge(challenge('newer', 'f', 'ada', '2026-03-02T12:00:00.001Z'));
  expect(await store.findChallenge('ada', 'old')).toBeNull();
  expect(await store.findChallenge('ada', 'new')).not.toBeNull();
});

it('shows each user what they made and have not removed, in any order of calls', async () => {
  const user = fc.constantFrom('ada', 'eve', '__proto__');
  const id = fc.constantFrom('f', 'g', 'constructor');
  const step = fc.record({ call: fc.constantFrom('add', 'mark', 'remove'), user, id });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const store = createMemoryStore();
      const model = new Map<string, { user: string; status: string }>();
      const answers: [got: unknown, wanted: unknown][] = [];
      for (const { call, user: userId, id: factorId } of steps) {
        const isOwn = model.get(factorId)?.user === userId;
        if (call === 'add') {
          answers.push([await store.addFactor(factor(factorId, userId)), !model.has(factorId)]);
          if (!model.has(factorId)) model.set(factorId, { user: userId, status: 'pending' });
        } else if (call === 'mark') {
          answers.push([await store.markFactorVerified(userId, factorId, AT), isOwn]);
          if (isOwn) model.set(factorId, { user: userId, status: 'verified' });
        } else {
          await store.removeFactor(userId, factorId);
          if (isOwn) model.delete(factorId);
        }
      }
      expect(answers.map(([got]) => got)).toEqual(answers.map(([, wanted]) => wanted));
      for (const userId of ['ada', 'eve', '__proto__']) {
        const listed = await store.listFactors(userId);
        const own = [...model].filter(([, each]) => each.user === userId);
        expect(new Set(listed.map((each) => `${each.id} ${each.status}`))).toEqual(
          new Set(own.map(([key, { status }]) => `${key} ${status}`)),
        );
        expect(listed).toHaveLength(own.length);
      }
    }),
  );
});
