import { Pool, type PoolConfig } from 'pg';
import { afterAll, beforeAll } from 'vitest';

import { type PostgresServer, startPostgres } from '../../tools/postgres.mjs';

export interface Database {
  url: string;
  /** Connections to it, which are closed with the tests. */
  pool: (options?: PoolConfig) => Pool;
}

/** A PostgreSQL server for the tests of one file, and databases on it that are gone afterwards. */
export function runPostgres() {
  const pools: Pool[] = [];
  const names: string[] = [];
  let server: PostgresServer;
  let admin: Pool;

  const poolFor = (url: string, options: PoolConfig = {}) => {
    const pool = new Pool({ connectionString: url, ...options });
    pool.on('error', () => {}); // of idle connections, when the server ends before them
    pools.push(pool);
    return pool;
  };

  beforeAll(async () => {
    server = await startPostgres();
    admin = poolFor(server.url, { max: 2 });
  });
  afterAll(async () => {
    for (const pool of pools) if (pool !== admin && !pool.ended) await pool.end();
    for (const name of names) await admin?.query(`DROP DATABASE IF EXISTS ${name}`);
    await admin?.end();
    await server?.stop();
  });

  return {
    /** @param how Such as `ENCODING 'LATIN1'`. */
    async create(how = "ENCODING 'UTF8' LOCALE 'C'"): Promise<Database> {
      const name = `mfa_${Math.random().toString(36).slice(2)}`;
      await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ${how}`);
      names.push(name);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return { url: url.href, pool: (options) => poolFor(url.href, options) };
    },
    query: (sql: string) => admin.query(sql),
    /** Such as 15. */
    async version(): Promise<number> {
      const { rows } = await admin.query<{ server_version_num: string }>('SHOW server_version_num');
      return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    },
  };
}
