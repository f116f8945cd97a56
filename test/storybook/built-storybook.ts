import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/mfa-kit-storybook');
/** With the files beside them, whatever a story, a docs page or the configuration is made of. Nothing of `test/` is. */
const SOURCES = ['src', 'stories', '.storybook', 'examples'];

export interface BuiltStorybook {
  /** Where it listens, such as `http://127.0.0.1:40123`. */
  origin: string;
  stop: () => Promise<void>;
}

/**
 * The Storybook as `npm run build-storybook` makes it, served on this machine. It is built once for each state of the
 * sources, in some 30 seconds, and kept in `node_modules/.cache`; give a hook that calls it time for that.
 * @throws {Error} If it cannot be built, or its build reaches for the network.
 */
export async function builtStorybook(): Promise<BuiltStorybook> {
  const server = await serve(await buildFolder());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function buildFolder(): Promise<string> {
  const state = await fingerprint();
  const folder = path.join(CACHE, state);
  if (existsSync(folder)) {
    await utimes(folder, new Date(), new Date());
    return folder;
  }
  await buildInto(folder);
  if (state === (await fingerprint())) return folder;
  // Somebody saved a file meanwhile, which may or may not be in it.
  await rm(folder, { recursive: true });
  return buildFolder();
}

/** Changes with the name or the content of any source. */
async function fingerprint(): Promise<string> {
  const lists = [readdir(ROOT, { withFileTypes: true })];
  for (const folder of SOURCES) {
    lists.push(readdir(path.join(ROOT, folder), { withFileTypes: true, recursive: true }));
  }
  const files = (await Promise.all(lists))
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

async function buildInto(folder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(`${CACHE}-`); // beside the cache, so that what is half built is never taken for a build
  const log = path.join(work, 'network.log');
  const output = path.join(work, 'static');
  try {
    await run(['build', '-o', output, '--quiet'], log);
    if (existsSync(log)) throw new Error(`The build reached for the network: ${await readFile(log, 'utf8')}`);
    await forgetUnused();
    // Somebody else may have built the same in the meantime.
    await rename(output, folder).catch((error) => existsSync(folder) || Promise.reject(error));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Another run of the tests may be looking at a build of other sources right now, but not for an hour. */
async function forgetUnused(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const folder = path.join(CACHE, name);
    const { mtimeMs } = await stat(folder);
    if (mtimeMs < Date.now() - 3_600_000) await rm(folder, { recursive: true, force: true });
  }
}

/** Runs Storybook itself and not npm, on a machine that seems to have no network. */
function run(args: string[], log: string): Promise<void> {
  const guard = new URL('no-network.mjs', import.meta.url); // an address: the option takes no blanks
  const child = spawn(process.execPath, ['node_modules/storybook/dist/bin/dispatcher.js', ...args], {
    cwd: ROOT,
    // Vitest's own NODE_ENV would build for tests.
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: `--import=${guard.href}`, NETWORK_LOG: log },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`Storybook's build ended with ${code}:\n${said}`)),
    );
  });
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://storybook');
    const file = path.join(
      folder,
      decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname),
    );
    readFile(file).then(
      (body) => {
        response.writeHead(200, {
          'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
          'Cache-Control': 'max-age=3600', // what one origin serves never changes
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
