import { createPostgresStore } from 'mfa-kit/server';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';

import { itIsAStore } from './conformance.js';
import { type Database, runPostgres } from './databases.js';

const postgres = runPostgres();

const AT = 1_772_366_400_000;
const change = { key: 'ada', from: null, to: 'a', at: AT, expiresAt: null };
const open = (pool: pg.Pool, table?: string) =>
  createPostgresStore({ query: pool.query.bind(pool), ...(table !== undefined && { table }) });

/** A locale that takes case and accents for nothing; servers before 15 know none of the kind. */
const LOOSE = "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'und-u-ks-level1' LOCALE 'C'";

describe.each([
  ['a plain database', undefined, undefined],
  ['a database whose locale ignores case', LOOSE, undefined],
  ['transactions that are serializable', undefined, 'serializable'],
  ['transactions that are repeatable reads', undefined, 'repeatable read'],
])('the PostgreSQL store, on %s', (_name, how, isolation) => {
  let pools: pg.Pool[];
  beforeAll(async () => {
    const database = await postgres.create((await postgres.version()) >= 15 ? how : undefined);
    const options = isolation && `-c default_transaction_isolation=${isolation.replace(' ', '\\ ')}`;
    pools = [1, 2].map(() => database.pool({ max: 8, ...(options && { options }) }));
    await open(pools[0]!).migrate();
  });

  it(`works in ${isolation ?? 'read committed'} transactions`, async () => {
    const { rows } = await pools[1]!.query('SHOW transaction_isolation');
    expect(rows).toEqual([{ transaction_isolation: isolation ?? 'read committed' }]);
  });
  itIsAStore(() => pools.map((pool) => open(pool)));
});

describe('in a database of another encoding', () => {
  let pool: pg.Pool;
  beforeAll(async () => {
    const database = await postgres.create("ENCODING 'LATIN1' LOCALE 'C'");
    pool = database.pool();
    await open(pool).migrate();
  });

  it('what it knows is kept to the letter', async () => {
    expect(await open(pool).swap({ ...change, key: 'é', to: 'é' })).toBe(true);
    expect(await open(pool).read('é')).toBe('é');
  });

  it('what it does not know is refused, rather than changed', async () => {
    await expect(open(pool).swap({ ...change, key: '€' })).rejects.toThrow();
    await expect(open(pool).swap({ ...change, key: 'text', to: '€' })).rejects.toThrow();
    expect(await open(pool).read('text')).toBeNull();
  });
});

describe('migrate()', () => {
  it.each(['read committed', 'serializable'])(
    'creates the table once, of many instances that start at once (%s)',
    async (isolation) => {
      for (let round = 0; round < 5; round += 1) {
        const database = await postgres.create();
        const options = `-c default_transaction_isolation=${isolation.replace(' ', '\\ ')}`;
        const pools = Array.from({ length: 8 }, () => database.pool({ max: 1, options }));
        await Promise.all(pools.map((pool) => pool.query('SELECT 1')));
        await Promise.all(pools.map((pool) => open(pool).migrate()));
        expect(await open(pools[0]!).swap(change)).toBe(true);
        await Promise.all(pools.map((pool) => pool.end()));
      }
    },
  );

  it('needs no right to create tables where there is one already', async () => {
    const database = await postgres.create();
    const owner = database.pool();
    await open(owner).migrate();
    const role = await roleThatMayWrite(owner);
    const app = database.pool({ options: `-c role=${role}` });
    try {
      await open(app).migrate();
      await expect(open(app, 'another').migrate()).rejects.toThrow(/permission denied/);
      const store = open(app);
      for (let step = 0; step < 128; step += 1) {
        expect(await store.swap({ ...change, key: `step ${step}`, expiresAt: AT })).toBe(true);
      }
      const { rows } = await owner.query('SELECT count(*)::int AS left FROM mfa_records');
      expect(rows[0].left).toBeLessThan(128); // it may sweep, too
    } finally {
      await app.end();
      await owner.query(`DROP OWNED BY ${role}`);
      await owner.query(`DROP ROLE ${role}`);
    }
  });

  async function roleThatMayWrite(owner: pg.Pool): Promise<string> {
    const role = `mfa_app_${Math.random().toString(36).slice(2)}`;
    await owner.query(`CREATE ROLE ${role}`);
    await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_records TO ${role}`);
    return role;
  }
});

describe('a sweep of what has expired', () => {
  let database: Database;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await postgres.create();
    pool = database.pool();
    await open(pool).migrate();
  });

  it('waits for nobody, and takes nothing that is renewed at that moment', async () => {
    const store = open(pool);
    await store.swap({ ...change, key: 'renewed', expiresAt: AT - 1 });
    await store.swap({ ...change, key: 'expired', expiresAt: AT - 1 });
    const renewing = await pool.connect();
    try {
      await renewing.query('BEGIN');
      await renewing.query(`UPDATE mfa_records SET expires_at = ${AT + 1} WHERE key = 'renewed'`);
      await writes(store, 128); // would hang here
      await renewing.query('COMMIT');
    } finally {
      renewing.release();
    }
    await writes(store, 128);
    expect(await store.read('renewed')).toBe('a');
    expect(await store.read('expired')).toBeNull();
  });

  it('never stands in the way of another, nor of those who renew', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => `many ${index}`);
    const store = open(pool);
    const pools = Array.from({ length: 4 }, () => database.pool({ max: 4 }));
    const renewed = new Set<string>();
    await Promise.all(
      pools.map(async (each, instance) => {
        const own = open(each);
        for (let round = 0; round < 4; round += 1) {
          for (const key of keys) await own.swap({ ...change, key, expiresAt: AT - 1 });
          await writes(own, 64, `sweeping ${instance} ${round}`);
        }
        for (const key of keys.filter((_, index) => index % 4 === instance)) {
          const from = await own.read(key);
          if (await own.swap({ ...change, key, from, to: 'renewed', expiresAt: AT + 1 })) renewed.add(key);
          await writes(own, 8, `sweeping ${instance} ${key}`);
        }
      }),
    );
    await writes(store, 128);
    expect(renewed.size).toBeGreaterThan(0);
    for (const key of renewed) expect(await store.read(key)).toBe('renewed');
  });

  async function writes(store: ReturnType<typeof open>, count: number, name = 'write'): Promise<void> {
    for (let step = 0; step < count; step += 1) {
      const key = `${name} ${step} ${Math.random()}`;
      expect(await store.swap({ ...change, key, expiresAt: AT + 1 })).toBe(true);
    }
  }
});

describe('a database that is gone', () => {
  it('is an error, never a yes or a no', async () => {
    const database = await postgres.create();
    const pool = database.pool();
    const store = open(pool);
    await expect(store.read('ada')).rejects.toThrow(/mfa_records/); // no table
    await store.migrate();
    await store.swap(change);
    const name = new URL(database.url).pathname.slice(1);
    await postgres.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await postgres.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await expect(store.read('ada')).rejects.toThrow();
    await expect(store.swap({ ...change, from: 'a', to: 'b' })).rejects.toThrow();
    await expect(store.swap(change)).rejects.toThrow();
  });
});
