import type { MfaStore, StoreChange } from './mfa-store.js';

/** Writes between two sweeps, and how many records one sweep drops: far more than can have expired in between. */
const SWEEP_EVERY = 64;
const SWEEP_LIMIT = 500;
/** How often a statement is sent that the database takes back for the sake of another. The second try mostly sees that one. */
const TRIES = 8;
/** "mfa", as a number: what instances wait for that create the table at the same time. */
const MIGRATION_LOCK = 0x6d_66_61;

export interface PostgresStoreOptions {
  /**
   * Sends one SQL statement with its parameters (strings, numbers and `null`) and resolves to its rows as objects:
   * `(sql, params) => pool.query(sql, params)`, with `pg`, PGlite and their kin. Each statement has to take effect by itself,
   * on the primary: inside a transaction of your own it could still be rolled back when the person was let in.
   */
  query: (sql: string, params: unknown[]) => Promise<{ rows: readonly unknown[] }>;
  /**
   * The table, with its schema before it if you like: `auth.mfa_records`. Case-sensitive: letters, digits and `_`, up
   * to 50 characters each. Default: `mfa_records`, where the connection's `search_path` finds it.
   */
  table?: string | undefined;
}

export interface PostgresStore extends MfaStore {
  /** The table and its index as SQL, for your own migrations. */
  readonly schema: string;
  /**
   * Creates the table and its index unless the table exists. Any number of instances may call it at once when they
   * start; where the table exists it needs no right to create one.
   */
  migrate(): Promise<void>;
}

/**
 * A store in PostgreSQL (12 or newer, encoding UTF8), for any number of instances on one database. Each change is one
 * conditional statement, so the database itself decides who was first, at every isolation level.
 * @throws {Error} If `table` is no name.
 * @example
 * const store = createPostgresStore({ query: (sql, params) => pool.query(sql, params) });
 * await store.migrate();
 */
export function createPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const { name, table, index } = namesOf(options.table ?? 'mfa_records');
  const schema = `CREATE TABLE IF NOT EXISTS ${table} (
  key text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL,
  expires_at bigint -- milliseconds since 1970, NULL for never
);
CREATE INDEX IF NOT EXISTS ${index} ON ${table} (expires_at);
`;
  // At random, so that instances that live for a few writes only take their turn, too.
  let writes = Math.floor(Math.random() * SWEEP_EVERY);

  async function run(sql: string, params: unknown[]): Promise<readonly unknown[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        const result: { rows?: unknown } | undefined = await options.query(sql, params);
        if (Array.isArray(result?.rows)) return result.rows;
      } catch (error) {
        if (tries < TRIES && wasTakenBack(error)) continue;
        throw error;
      }
      throw new Error(
        'createPostgresStore got no rows from query(sql, params), so it cannot tell whether a statement did its work. It has to resolve to { rows }: query: (sql, params) => pool.query(sql, params).',
      );
    }
  }

  /** Whether a statement that touches one row at most, and returns what it touched, did. */
  async function hit(sql: string, params: unknown[]): Promise<boolean> {
    return (await run(sql, params)).length > 0;
  }

  async function read(key: string): Promise<string | null> {
    const [row] = await run(`SELECT value FROM ${table} WHERE key = $1`, [encodeKey(key)]);
    if (row === undefined) return null;
    const value: unknown = Object(row).value;
    if (typeof value !== 'string') throw new Error(`The column "value" of ${name} gave no text.`);
    return value;
  }

  // What is there counts, expired or not, until a sweep takes it: so `read` and `swap` always agree.
  async function replace({ key, from, to, expiresAt }: StoreChange): Promise<boolean> {
    const id = encodeKey(key);
    if (to === null) {
      return from === null
        ? (await read(key)) === null
        : hit(`DELETE FROM ${table} WHERE key = $1 AND value = $2 RETURNING 1 AS hit`, [id, storable(from)]);
    }
    const expires = expiresAt === null ? null : Math.ceil(expiresAt);
    return from === null
      ? hit(
          `INSERT INTO ${table} (key, value, expires_at) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING RETURNING 1 AS hit`,
          [id, storable(to), expires],
        )
      : hit(
          `UPDATE ${table} SET value = $3, expires_at = $4 WHERE key = $1 AND value = $2 RETURNING 1 AS hit`,
          [id, storable(from), storable(to), expires],
        );
  }

  /**
   * Drops some of what has expired. It waits for nobody: rows that somebody is changing are passed over. Those it locks
   * the database looks at once more, so that none goes that was renewed meanwhile.
   */
  async function sweep(at: number): Promise<void> {
    try {
      await options.query(
        `WITH expired AS MATERIALIZED (
  SELECT key FROM ${table} WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${SWEEP_LIMIT} FOR UPDATE SKIP LOCKED
)
DELETE FROM ${table} AS record USING expired WHERE record.key = expired.key`,
        [Math.floor(at)],
      );
    } catch {
      // The swap before it did succeed, and has to be told so. The next sweep takes what this one left.
    }
  }

  return {
    read,
    async swap(change) {
      if (!(await replace(change))) return false;
      writes += 1;
      // Awaited: where an instance sleeps once it has answered, it would not be carried out.
      if (writes % SWEEP_EVERY === 0) await sweep(change.at);
      return true;
    },
    schema,
    async migrate() {
      // One statement, so one transaction. Without the lock, two that create a table at once collide in the catalog.
      await run(
        `DO $migrate$
BEGIN
  PERFORM pg_advisory_xact_lock(${MIGRATION_LOCK});
  IF to_regclass('${table}') IS NULL THEN
${schema}  END IF;
END
$migrate$`,
        [],
      );
    },
  };
}

/**
 * The names in quotes, and so free of any meaning in SQL.
 * @throws {Error} If it is no name.
 */
function namesOf(name: string): { name: string; table: string; index: string } {
  if (!/^(?:[A-Za-z_]\w{0,49}\.)?[A-Za-z_]\w{0,49}$/.test(name)) {
    throw new Error(
      `createPostgresStore cannot use the table ${JSON.stringify(name)}: it becomes part of every statement, so it has to be a plain name. Write letters, digits and _, up to 50 characters, with a schema before it if need be: { table: 'auth.mfa_records' }.`,
    );
  }
  const parts = name.split('.');
  const table = parts.map((part) => `"${part}"`).join('.');
  return { name, table, index: `"${parts.at(-1)}_expires_at"` };
}

/**
 * A text cannot hold NUL, nor half of a surrogate pair, which drivers turn into U+FFFD: users whose ids differ in these
 * alone would be one. So they are written out, and the backslash with them. At most 5 bytes a character: 512 of them
 * are fewer than the 2704 bytes that fit into an index.
 */
function encodeKey(key: string): string {
  return key.replace(/[\\\0\p{Surrogate}]/gu, (character) => {
    if (character === '\\') return '\\\\';
    return character === '\0' ? '\\0' : `\\${character.charCodeAt(0).toString(16)}`;
  });
}

/** Values are JSON, which escapes those, or a user's id. One that has them is refused: it would come back as another. */
function storable(text: string): string {
  if (/[\0\p{Surrogate}]/u.test(text)) throw new Error('PostgreSQL cannot keep this text as it is.');
  return text;
}

/** A serialization failure or a deadlock: the statement has changed nothing, and may be sent again. */
function wasTakenBack(error: unknown): boolean {
  const code: unknown = Object(error).code;
  return code === '40001' || code === '40P01';
}
