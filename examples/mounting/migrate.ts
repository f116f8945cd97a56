import { createPostgresStore } from 'mfa-kit/server';
import { Client } from 'pg';

// `node migrate.ts`, with each deployment and before the app: creates the table, where it is not there yet. Not a part
// of the app, which then needs no right to create one, and not of its build, which has no database.

const { DATABASE_URL } = process.env;
if (!DATABASE_URL) throw new Error('There is no DATABASE_URL, and so nowhere to create the table. Set it.');

const client = new Client({ connectionString: DATABASE_URL });
await client.connect();
try {
  await createPostgresStore({ query: (sql, params) => client.query(sql, params) }).migrate();
} finally {
  await client.end();
}
