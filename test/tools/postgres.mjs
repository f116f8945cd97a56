// @ts-check
/**
 * Finds a PostgreSQL server for the tests of the store, or installs one.
 *
 *   node test/tools/postgres.mjs            prints where its programs are; installs it when there is none
 *   node test/tools/postgres.mjs --check    prints it or exits 1; never installs
 *
 * Order: a server that runs, at $MFA_TEST_DATABASE_URL (its user has to be allowed to create databases), then the programs on
 * the PATH, then where systems keep them.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { installDebianPackages } from './debian.mjs';

/**
 * Where there is a folder for each version, and what that is called.
 * @type {[folder: string, pattern: RegExp][]}
 */
const SYSTEM_FOLDERS = [
  ['/usr/lib/postgresql', /^\d+$/],
  ['/usr', /^pgsql-\d+$/],
  ['/opt/homebrew/opt', /^postgresql@\d+$/],
  ['/usr/local/opt', /^postgresql@\d+$/],
];

/** @param {string} folder */
function hasServer(folder) {
  try {
    for (const program of ['initdb', 'postgres']) accessSync(path.join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name */
const versionIn = (name) => Number(/\d+/.exec(name)?.[0]);

/** @returns {string | undefined} the folder with `initdb` and `postgres`, or undefined when there is none */
export function findPostgres() {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const bySystem = SYSTEM_FOLDERS.flatMap(([folder, pattern]) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => pattern.test(name))
          .sort((one, other) => versionIn(other) - versionIn(one))
          .map((name) => path.join(folder, name, 'bin'))
      : [],
  );
  const found = [...onPath, ...bySystem].find(hasServer);
  // Its real place: there the programs find the files that belong to them.
  return found && path.dirname(realpathSync(path.join(found, 'initdb')));
}

export function ensurePostgres() {
  const found = findPostgres();
  if (found) return found;
  console.error('No PostgreSQL found; installing one.');
  // The package makes a cluster of its own, and starts it where there is an init system: nothing here looks at it.
  if (installDebianPackages(['postgresql'])) {
    const installed = findPostgres();
    if (installed) return installed;
  }
  throw new Error(
    'No PostgreSQL for the tests of the store. Install one (Debian: apt-get install postgresql; macOS: brew install postgresql@17), or set MFA_TEST_DATABASE_URL to a server whose user may create databases. `npm run test:unit` needs none.',
  );
}

/**
 * @typedef {object} PostgresServer
 * @property {string} url Such as `postgresql://mfa:secret@127.0.0.1:40123/postgres`.
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a server of its own with nothing in it, on a free port of this machine: it ends with `stop()`, or with this
 * process, however that one ends. Or takes the one at $MFA_TEST_DATABASE_URL, and leaves that running.
 *
 * @returns {Promise<PostgresServer>}
 */
export async function startPostgres() {
  const given = process.env.MFA_TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const folder = findPostgres();
  if (!folder)
    throw new Error('There is no PostgreSQL: run `node test/tools/postgres.mjs`, as `npm test` does.');

  const keeper = fileURLToPath(new URL('postgres-keeper.mjs', import.meta.url));
  const child = spawn(process.execPath, [keeper, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    let output = '';
    let complaints = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      if (output.includes('\n')) resolve(output.trim());
    });
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => {
      complaints += chunk.toString();
    });
    child.once('error', reject);
    void exited.then((code) => reject(new Error(`PostgreSQL did not start (${code}):\n${complaints}`)));
  });
  return {
    url,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const found = process.env.MFA_TEST_DATABASE_URL ? 'the server at MFA_TEST_DATABASE_URL' : findPostgres();
    if (process.argv.includes('--check')) {
      if (!found) process.exitCode = 1;
      console.log(found ?? 'none');
    } else {
      console.log(found ?? ensurePostgres());
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
