// @ts-check
/**
 * Runs a PostgreSQL server for whoever started this process, and prints its address:
 *
 *   node test/tools/postgres-keeper.mjs FOLDER_WITH_INITDB_AND_POSTGRES
 *
 * Its standard input is a pipe from there. When that closes, because the tests are done or because their process is gone,
 * the server is stopped and its files are removed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const TRIES = 5;
const START_TIMEOUT = 60_000; // milliseconds
const USER = 'mfa';

/** Nothing has to outlive the tests, so nothing has to reach the disk. */
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'shared_buffers=32MB',
  'max_connections=100',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'log_min_messages=fatal',
  'log_min_error_statement=panic',
];

const [programs = ''] = process.argv.slice(2);
const identity = unprivileged();
const home = mkdtempSync(path.join(tmpdir(), 'mfa-postgres-'));
const password = randomBytes(18).toString('hex');

/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
/** @type {Promise<void> | undefined} */
let ending;

process.stdin.on('end', () => void end(0)).resume();
// A Ctrl-C in a terminal reaches this process, too.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => void end(1));

try {
  createCluster();
  const port = await start();
  process.stdout.write(`postgresql://${USER}:${password}@127.0.0.1:${port}/postgres\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
}

/**
 * PostgreSQL refuses to run as root: then as `postgres`, whom packages create, or as `nobody`.
 * @returns {{ uid?: number, gid?: number }}
 */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL refuses to run as root, and there is neither a user "postgres" nor "nobody".');
}

function createCluster() {
  const secret = path.join(home, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  if (identity.uid !== undefined) {
    for (const file of [home, secret]) chownSync(file, identity.uid, identity.gid ?? -1);
  }
  const args = ['--pgdata=data', `--username=${USER}`, '--pwfile=password', '--auth=scram-sha-256'];
  const { status, stderr, error } = spawnSync(
    path.join(programs, 'initdb'),
    [...args, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { ...identity, cwd: home, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`initdb failed:\n${stderr || error?.message}`);
}

/** @returns {Promise<number>} the port */
async function start() {
  let complaints = '';
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = await freePort();
    const child = spawn(
      path.join(programs, 'postgres'),
      ['-D', 'data', ...[...SETTINGS, `port=${port}`].flatMap((setting) => ['-c', setting])],
      // A group of its own, so that a Ctrl-C does not reach it before its clients are gone.
      { ...identity, cwd: home, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    server = child;
    const gone = new AbortController();
    child.once('exit', () => gone.abort());
    child.once('error', (error) => {
      complaints += error.message;
      gone.abort();
    });
    child.stderr.on('data', (chunk) => {
      complaints += chunk;
    });
    const patientUntil = Date.now() + START_TIMEOUT;
    while (!gone.signal.aborted && Date.now() < patientUntil) {
      if (isReady()) return port;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await stopServer(); // most likely somebody else has taken the port meanwhile
  }
  throw new Error(`postgres did not start:\n${complaints}`);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Whether it takes connections: it says so in its own file, where nobody else on that port can. */
function isReady() {
  const file = path.join(home, 'data/postmaster.pid');
  return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready';
}

/** @returns {Promise<void>} */
async function stopServer() {
  const child = server;
  if (!child || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT'); // its "fast" shutdown: connections are ended
  const tooLong = setTimeout(() => child.kill('SIGQUIT'), 10_000);
  await exited;
  clearTimeout(tooLong);
}

/**
 * @param {number} code
 * @returns {Promise<void>}
 */
function end(code) {
  ending ??= stopServer().then(() => {
    rmSync(home, { recursive: true, force: true });
    process.exit(code);
  });
  return ending;
}
