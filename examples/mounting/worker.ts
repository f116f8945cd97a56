import { createMemoryStore, createPostgresStore } from 'mfa-kit/server';
import { Client } from 'pg';

import { createMfa } from './create-mfa.ts';
import { onEvent } from './log-and-mail.ts';

interface Env {
  WORKOS_API_KEY: string;
  WORKOS_API_URL?: string;
  /** The binding of a Hyperdrive. Without one, in `wrangler dev`, factors are kept in memory. */
  HYPERDRIVE?: { connectionString: string };
}

const memory = createMemoryStore();

export default {
  async fetch(request: Request, env: Env, context: { waitUntil(work: Promise<unknown>): void }) {
    if (!new URL(request.url).pathname.startsWith('/api/mfa/')) return new Response(null, { status: 404 });
    const database = env.HYPERDRIVE && connectOnce(env.HYPERDRIVE.connectionString);
    const mfa = createMfa({
      apiKey: env.WORKOS_API_KEY,
      apiUrl: env.WORKOS_API_URL,
      store: database ? createPostgresStore(database) : memory,
      onEvent: (event) => context.waitUntil(onEvent(event)), // a mail may take longer than the answer
    });
    try {
      return await mfa(request, request.headers.get('CF-Connecting-IP') ?? undefined);
    } finally {
      if (database) context.waitUntil(database.end());
    }
  },
};

/** A connection for one request: a Worker must not use what another request opened. Made once it is needed. */
function connectOnce(connectionString: string) {
  const client = new Client({ connectionString });
  let connected: Promise<unknown> | undefined;
  return {
    async query(sql: string, params: unknown[]) {
      await (connected ??= client.connect());
      return client.query(sql, params);
    },
    async end() {
      if (connected) await client.end();
    },
  };
}
