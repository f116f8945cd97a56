import { createMemoryStore, createPostgresStore, type MfaStore } from 'mfa-kit/server';
import { Pool } from 'pg';

import { createMfa } from './create-mfa.ts';

const { WORKOS_API_KEY = '', WORKOS_API_URL, DATABASE_URL, NODE_ENV } = process.env;

/** Also for your sign-in, which asks it whether an account has a second factor. */
export const store = createStore();

/** What every recipe for Node mounts. One for the whole process, because the database's connections are. */
export const mfa = createMfa({
  apiKey: WORKOS_API_KEY,
  apiUrl: WORKOS_API_URL, // WorkOS where there is none; an emulator's in tests
  store,
});

function createStore(): MfaStore {
  if (DATABASE_URL) {
    const pool = new Pool({ connectionString: DATABASE_URL });
    pool.on('error', console.error); // unheard, a connection that breaks while idle would end the process
    return createPostgresStore({ query: (sql, params) => pool.query(sql, params) });
  }
  if (NODE_ENV === 'production') {
    throw new Error(
      'There is no DATABASE_URL. A store in memory forgets every factor with the process. Set DATABASE_URL.',
    );
  }
  return createMemoryStore();
}
