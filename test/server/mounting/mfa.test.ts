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

describe('the table that the store needs', () => {
  it('is created by the script of each deployment, which then lets go of the database', async () => {
    const { connections } = await installDatabase();
    await database.exec('DROP TABLE mfa_records');
    vi.stubEnv('DATABASE_URL', DATABASE_URL);
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const deployment of [1, 2]) {
      vi.resetModules();
      await import('../../../examples/mounting/migrate.ts');
      expect(connections).toEqual(
        Array.from({ length: deployment }, () => ({ url: DATABASE_URL, isOpen: false })),
      );
    }
    expect((await database.query('SELECT * FROM mfa_records')).rows).toEqual([]);
  });
});

describe('the rules that the recipes share', () => {
  const mount = () =>
    mountRecipe(
      () => import('../../../examples/mounting/mfa.ts'),
      ({ mfa }) => mfa,
    );
  const statusOf = async (browser: { call: (method: string, path: string) => Promise<{ status: number }> }) =>
    (await browser.call('GET', '/factors')).status;

  it('end the other sessions of somebody who gets a first factor, and of nobody else', async () => {
    const { signIn } = await mount();
    const [laptop, stranger, eve] = [
      await signIn(),
      await signIn(),
      await signIn({ id: 'user_eve', email: 'eve@example.com' }),
    ];
    const app = await laptop.enrol();
    expect(await Promise.all([laptop, stranger, eve].map(statusOf))).toEqual([200, 401, 200]);

    const phone = await signIn(undefined, true);
    await laptop.verifyAgain(app);
    expect(await Promise.all([laptop, phone].map(statusOf))).toEqual([200, 200]); // no first one any more
  });

  it('write to the person when a factor is added or removed, and log no secret', async () => {
    const { signIn, spoken } = await mount();
    const ada = await signIn();
    const app = await ada.enrol();
    await ada.verifyAgain(app);
    expect((await ada.call('DELETE', `/factors/${app.id}`)).status).toBe(204);
    expect(spoken.filter(([kind]) => kind === 'mail')).toEqual([
      ['mail', 'user_ada', 'A second step was added to your account.'],
      ['mail', 'user_ada', 'A second step was removed from your account.'],
    ]);
    expect(spoken).toContainEqual(['mfa', expect.objectContaining({ type: 'code_accepted' })]);
    expect(JSON.stringify(spoken)).not.toContain(app.secret);
  });

  it('tell the log, and nobody else, why a request failed', async () => {
    const { signIn, recipe, spoken } = await mount();
    const ada = await signIn();
    const failure = new Error('the database is asleep');
    vi.spyOn(recipe.store, 'read').mockRejectedValue(failure);
    const { status, text } = await ada.call('GET', '/factors');
    expect(status).toBe(503);
    expect(text).not.toContain(failure.message);
    expect(spoken).toContainEqual(['mfa', 'GET /factors', failure]);
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
    expect(background.length).toBeGreaterThan(connections.length); // what it logs and mails is seen through, too
    expect(connections).toEqual(Array.from({ length: 5 }, () => ({ url: DATABASE_URL, isOpen: false })));
  });
});
