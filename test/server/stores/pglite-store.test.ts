// @vitest-environment node
import { PGlite } from '@electric-sql/pglite';
import { createPostgresStore } from 'mfa-kit/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { itIsAStore } from './conformance.js';

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
}, 60_000); // it compiles PostgreSQL first
afterAll(() => database.close());

const AT = 1_772_366_400_000;
const change = { key: 'ada', from: null, to: 'a', at: AT, expiresAt: null };
const open = (table?: string) => createPostgresStore({ query: database.query.bind(database), table });

describe('the PostgreSQL store on PGlite', () => {
  beforeAll(() => open().migrate());
  itIsAStore(() => [open(), open()]);
});

describe('migrate()', () => {
  it('makes what the schema says, and does no harm when it is called again', async () => {
    await open('made_by_migrate').migrate();
    await open('made_by_migrate').swap(change);
    await open('made_by_migrate').migrate();
    expect(await open('made_by_migrate').read('ada')).toBe('a');

    await database.exec(open('made_by_schema').schema);
    await database.exec(open('made_by_schema').schema);
    const made = await describeTable('made_by_migrate');
    expect(made.columns).toHaveLength(3);
    expect(made.columns).toContainEqual(expect.objectContaining({ column_name: 'key', collation_name: 'C' }));
    expect(made.columns).toContainEqual(
      expect.objectContaining({ column_name: 'value', collation_name: 'C' }),
    );
    expect(made).toEqual(await describeTable('made_by_schema'));
  });

  it('finds a table in another schema by its whole name', async () => {
    await database.exec('CREATE SCHEMA auth');
    const store = open('auth.mfa_records');
    await store.migrate();
    await store.migrate();
    await store.swap({ ...change, key: 'in auth' });
    expect(await store.read('in auth')).toBe('a');
    expect(await open().read('in auth')).toBeNull();
  });

  async function describeTable(table: string) {
    const columns = await database.query(
      `SELECT column_name, data_type, collation_name, is_nullable FROM information_schema.columns
       WHERE table_name = $1 ORDER BY column_name`,
      [table],
    );
    const indexes = await database.query<{ indexdef: string }>(
      'SELECT indexdef FROM pg_indexes WHERE tablename = $1 ORDER BY indexdef',
      [table],
    );
    return {
      columns: columns.rows,
      indexes: indexes.rows.map(({ indexdef }) => indexdef.replaceAll(table, 'table')),
    };
  }
});

describe('the name of the table', () => {
  it.each(['user', 'MfaRecords', '_', 'a'.repeat(50)])('may be %s', async (name) => {
    const store = open(name);
    await store.migrate();
    expect(await store.swap(change)).toBe(true);
    expect(await store.read('ada')).toBe('a');
  });

  it.each([
    '',
    ' ',
    '1',
    'mfa-records',
    'mfa records',
    'mfa"records',
    "mfa'records",
    'mfa;DROP TABLE users',
    'mfa--',
    'a.b.c',
    '.a',
    'a.',
    'größe',
    'mfa\n',
    'mfa\0',
    '$migrate$',
    'a'.repeat(51),
  ])('is never %j, which could be more than a name', (name) => {
    expect(() => open(name)).toThrow(/cannot use the table/);
  });
});

describe('keys', () => {
  it('can be looked up by hand as the handler wrote them', async () => {
    const key = 'user:ada@example.com/é€😀';
    await open().swap({ ...change, key });
    const { rows } = await database.query('SELECT value FROM mfa_records WHERE key = $1', [key]);
    expect(rows).toEqual([{ value: 'a' }]);
  });
});

describe('what has expired', () => {
  it('goes with later writes, and nothing else does', async () => {
    const store = open('swept');
    await store.migrate();
    for (const [key, expiresAt] of [
      ['expired', AT - 1],
      ['expires now', AT],
      ['expires in a part of a millisecond', AT + 0.5],
      ['expires later', AT + 1],
      ['never', null],
    ] as const) {
      await store.swap({ ...change, key, at: 0, expiresAt });
    }
    for (let step = 0; step < 128; step += 1) {
      await store.swap({ ...change, key: `write ${step}`, at: AT + 0.25, expiresAt: AT + 1 });
    }
    const { rows } = await database.query<{ key: string }>(
      `SELECT key FROM swept WHERE key NOT LIKE 'write %' ORDER BY key`,
    );
    expect(rows.map(({ key }) => key)).toEqual([
      'expires in a part of a millisecond',
      'expires later',
      'never',
    ]);
  });

  it('does not take a success back when it cannot be removed', async () => {
    let sweeps = 0;
    const store = createPostgresStore({
      query: (sql, params) => {
        if (!sql.startsWith('WITH')) return database.query(sql, params);
        sweeps += 1;
        return Promise.reject(new Error('canceling statement due to lock timeout'));
      },
    });
    for (let step = 0; step < 128; step += 1) {
      expect(await store.swap({ ...change, key: `unswept ${step}` })).toBe(true);
    }
    expect(sweeps).toBe(2);
  });
});

describe('a statement that the database took back for the sake of another', () => {
  const failing = (code: string, times: number) => {
    let sent = 0;
    const store = createPostgresStore({
      query: async (sql, params) => {
        sent += 1;
        if (sent <= times) throw Object.assign(new Error('could not serialize access'), { code });
        return database.query(sql, params);
      },
    });
    return { store, sent: () => sent };
  };

  it.each(['40001', '40P01'])('is sent again, for it has changed nothing (%s)', async (code) => {
    const { store } = failing(code, 3);
    expect(await store.swap({ ...change, key: `taken back by ${code}` })).toBe(true);
  });

  it('lets nobody through when it never succeeds', async () => {
    const { store, sent } = failing('40001', Infinity);
    await expect(store.swap(change)).rejects.toThrow('could not serialize access');
    expect(sent()).toBeLessThan(20);
  });

  it('is not sent again after any other error: it may have been carried out', async () => {
    const { store, sent } = failing('57P01', 1);
    await expect(store.swap(change)).rejects.toThrow();
    expect(sent()).toBe(1);
  });
});

describe('a query function that does not fit', () => {
  it.each([
    [undefined],
    [null],
    [{}],
    [{ rows: undefined }],
    [{ rows: 1 }],
    [{ rowCount: 1 }],
    [[{ value: 'a' }]],
    [[{ rows: [] }, { rows: [] }]],
  ])('is refused when it gives %j, rather than taken for a yes or a no', async (result) => {
    // The types would not let it: this is what plain JavaScript, or a cast, may send.
    const store = createPostgresStore({ query: async () => result as unknown as { rows: unknown[] } });
    await expect(store.swap(change)).rejects.toThrow(/\{ rows \}/);
    await expect(store.swap({ ...change, from: 'a' })).rejects.toThrow(/\{ rows \}/);
    await expect(store.read('ada')).rejects.toThrow(/\{ rows \}/);
  });

  it.each([[['a']], [{}], [{ value: null }], [{ value: 1 }], [{ VALUE: 'a' }], ['a'], [null]])(
    'is refused when a row is %j',
    async (row) => {
      const store = createPostgresStore({ query: async () => ({ rows: [row] }) });
      await expect(store.read('ada')).rejects.toThrow(/gave no text/);
    },
  );

  it('rejects, and does not throw, when it throws', async () => {
    const store = createPostgresStore({
      query: () => {
        throw new Error('The pool is closed.');
      },
    });
    await expect(store.read('ada')).rejects.toThrow('The pool is closed.');
    await expect(store.swap(change)).rejects.toThrow('The pool is closed.');
  });
});
