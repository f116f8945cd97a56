// @vitest-environment node
import { PGlite } from '@electric-sql/pglite';
import type * as Postgres from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';

import { mountRecipe, requestOf } from './recipe.ts';

const DATABASE_URL = 'postgres://app@db.example/app';

let database: PGlite; // one for all: it takes seconds to start
beforeAll(async () => {
  database = await PGlite.create();
}, 120_000);
afterAll(() => database.close());

/** PostgreSQL in this process, where the recipes find the driver: empty, and telling who used it how. */
async function installDatabase() {
  const connections: { url: string | undefined; isOpen: boolean }[] = [];
  class Driver {
    readonly #own: (typeof connections)[number];
    constructor({ connectionString: url }: Postgres.ClientConfig) {
      this.#own = { url, isOpen: false };
      connections.push(this.#own);
    }
    on = () => this;
    connect = async () => void (this.#own.isOpen = true);
    end = async () => void (this.#own.isOpen = false);
    query = (sql: string, params: unknown[]) => database.query(sql, params);
  }
  vi.doMock('pg', () => ({ Pool: Driver, Client: Driver }));
  onTestFinished(() => vi.doUnmock('pg'));
  const { createPostgresStore } = await import('mfa-kit/server');
  await database.exec('DROP TABLE IF EXISTS mfa_records');
  await createPostgresStore({ query: (sql, params) => database.query(sql, params) }).migrate();
  return { connections };
}

describe('the store that the recipes share', () => {
  const load = () => import('../../../examples/mounting/mfa.ts');

  it('is in the database, where there is one: factors outlive the process', async () => {
    const { connections } = await installDatabase();
    const first = await mountRecipe(load, ({ mfa }) => mfa, { DATABASE_URL, NODE_ENV: 'production' });
    const { id } = await (await first.signIn()).enrol();
    const second = await mountRecipe(load, ({ mfa }) => mfa, { DATABASE_URL, NODE_ENV: 'production' });
    const { body } = await (await second.signIn()).call('GET', '/factors');
    expect(body.data).toMatchObject([{ id, status: 'verified' }]);
    expect(connections.map(({ url }) => url)).toEqual([DATABASE_URL, DATABASE_URL]);
  });

  it('is not in memory in production, where a restart would take everybody’s factors', async () => {
    const started = mountRecipe(load, ({ mfa }) => mfa, { NODE_ENV: 'production' });
    await expect(started).rejects.toThrow(/Set DATABASE_URL/);
  });
});

describe('the Worker', () => {
  it('opens a connection for a request that needs one, and closes it after the answer', async () => {
    const { connections } = await installDatabase();
    const background: Promise<unknown>[] = [];
    const { signIn, send } = await mountRecipe(
      () => import('../../../examples/mounting/worker.ts'),
      (recipe) => (request) => {
        const { WORKOS_API_KEY = '', WORKOS_API_URL = '' } = process.env;
        const env = { WORKOS_API_KEY, WORKOS_API_URL, HYPERDRIVE: { connectionString: DATABASE_URL } };
        return recipe.default.fetch(request, env, { waitUntil: (work) => void background.push(work) });
      },
    );
    const ada = await signIn();
    const { id } = await ada.enrol();
    expect((await ada.call('GET', '/factors')).body.data).toMatchObject([{ id, status: 'verified' }]);
    expect((await send(requestOf('GET', '/factors'))).status).toBe(401);
    await Promise.all(background);
    expect(connections).toEqual(Array.from({ length: 5 }, () => ({ url: DATABASE_URL, isOpen: false })));
  });
});
