// @vitest-environment node
import { PGlite } from '@electric-sql/pglite';
import { createMemoryStore, createPostgresStore, type MfaStore } from 'mfa-kit/server';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Call, isLinearizable } from './linearizable.js';

const AT = 1_772_366_400_000;

const text = fc.constantFrom(null, '', 'a', 'b');
const step = fc.oneof(
  { weight: 1, arbitrary: fc.constant('read' as const) },
  { weight: 4, arbitrary: fc.record({ from: text, to: text }) },
);
type Step = 'read' | { from: string | null; to: string | null };
/** What three callers do, each one thing after the other. */
const plans = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 });

/** Lets every caller do what they planned, all at once, and remembers what they saw. */
async function play(store: MfaStore, key: string, plan: Step[][]): Promise<Call[]> {
  let instant = 0;
  const calls: Call[] = [];
  await Promise.all(
    plan.map(async (steps) => {
      for (const each of steps) {
        const began = instant++;
        const made =
          each === 'read'
            ? { read: await store.read(key) }
            : { ...each, isSwapped: await store.swap({ key, ...each, at: AT, expiresAt: null }) };
        calls.push({ began, ended: instant++, made });
      }
    }),
  );
  return calls;
}

/** Puts each statement off for as long as the schedule wants, before it is carried out and after. */
function scheduled<T extends unknown[], R>(scheduler: fc.Scheduler, query: (...args: T) => Promise<R>) {
  return async (...args: T): Promise<R> => {
    await scheduler.schedule(Promise.resolve(), 'sent');
    const result = await query(...args);
    await scheduler.schedule(Promise.resolve(), 'answered');
    return result;
  };
}

/** Whether what callers see of a store, in any order of its statements, could have been one call after the other. */
function property(open: (scheduler: fc.Scheduler) => MfaStore) {
  let keys = 0;
  return fc.asyncProperty(fc.scheduler(), plans, async (scheduler, plan) => {
    keys += 1;
    const played = play(open(scheduler), `key ${keys}`, plan);
    await scheduler.waitFor(played);
    expect(isLinearizable(await played)).toBe(true);
  });
}

describe('a store, whatever three callers do at once, looks as if they had waited for each other:', () => {
  let database: PGlite;
  beforeAll(async () => {
    database = await PGlite.create();
    await createPostgresStore({ query: database.query.bind(database) }).migrate();
  }, 60_000);
  afterAll(() => database.close());

  it('the one in memory', async () => {
    await fc.assert(
      property(() => createMemoryStore()),
      { numRuns: 300 },
    );
  });

  it('the one in PostgreSQL, however its statements come to lie', async () => {
    const query = (sql: string, params: unknown[]) => database.query(sql, params);
    await fc.assert(
      property((scheduler) => createPostgresStore({ query: scheduled(scheduler, query) })),
      { numRuns: 200 },
    );
  });

  it('the one in PostgreSQL, with statements taken back in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(3)), fc.scheduler(), plans, async (luck, scheduler, plan) => {
        let left = 7; // more at once would be a database that does not work at all
        const query = async (sql: string, params: unknown[]) => {
          if (luck.next().value === 0 && left-- > 0)
            throw Object.assign(new Error('taken back'), { code: '40001' });
          return database.query(sql, params);
        };
        const store = createPostgresStore({ query: scheduled(scheduler, query) });
        const played = play(store, `unlucky ${Math.random()}`, plan);
        await scheduler.waitFor(played);
        expect(isLinearizable(await played)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('not one that reads and then writes', async () => {
    const records = new Map<string, string | null>();
    const details = await fc.check(
      property((scheduler) => ({
        read: scheduled(scheduler, async (key) => records.get(key) ?? null),
        async swap({ key, from, to }) {
          if ((await this.read(key)) !== from) return false;
          records.set(key, to);
          return true;
        },
      })),
    );
    expect(details.failed).toBe(true);
  });
});

describe('the judge', () => {
  const swap = (began: number, ended: number, from: string | null, to: string | null, isSwapped = true) => ({
    began,
    ended,
    made: { from, to, isSwapped },
  });

  it.each<[string, Call[]]>([
    ['nobody', []],
    ['one after the other', [swap(0, 1, null, 'a'), swap(2, 3, 'a', 'b')]],
    ['the second before the first, while both are under way', [swap(0, 3, 'a', 'b'), swap(1, 2, null, 'a')]],
    ['the loser of two', [swap(0, 2, null, 'a'), swap(1, 3, null, 'b', false)]],
    ['a reader of either side', [swap(0, 3, null, 'a'), { began: 1, ended: 2, made: { read: null } }]],
  ])('believes %s', (_name, calls) => {
    expect(isLinearizable(calls)).toBe(true);
  });

  it.each<[string, Call[]]>([
    ['two winners', [swap(0, 2, null, 'a'), swap(1, 3, null, 'b')]],
    ['two losers', [swap(0, 2, null, 'a', false), swap(1, 3, null, 'b', false)]],
    ['one that came too late', [swap(0, 1, 'a', 'b'), swap(2, 3, null, 'a')]],
    ['a reader of the past', [swap(0, 1, null, 'a'), { began: 2, ended: 3, made: { read: null } }]],
    ['a change that came back', [swap(0, 1, null, 'a'), swap(2, 3, 'a', null), swap(4, 5, 'a', 'b')]],
  ])('does not believe %s', (_name, calls) => {
    expect(isLinearizable(calls)).toBe(false);
  });
});
