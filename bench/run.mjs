// @ts-check
/**
 * Runs a bench that is written in TypeScript: `node bench/run.mjs fields [options]`.
 * Its own packages (the peers) are installed when they are missing or the lock file has changed.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const HERE = import.meta.dirname;
const MODULES = path.join(HERE, 'node_modules');

function installPeers() {
  const stamp = path.join(MODULES, '.installed-lock');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(HERE, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: HERE,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The peers could not be installed: see what npm said above.');
  writeFileSync(stamp, lock);
}

/**
 * A module that asks for its own folder means that of its source, not of the bundle.
 * @type {import('esbuild').Plugin}
 */
const sourceFolders = {
  name: 'source-folders',
  setup(bundling) {
    bundling.onLoad({ filter: /\.tsx?$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replaceAll(
        'import.meta.dirname',
        JSON.stringify(path.dirname(file)),
      ),
      loader: file.endsWith('x') ? 'tsx' : 'ts',
    }));
  },
};

const [name, ...args] = process.argv.slice(2);
installPeers();
// Below node_modules, from where packages are found: the peers here, the tools in the folder above.
const outfile = path.join(MODULES, '.cache', `bench-${name}.mjs`);
await build({
  entryPoints: [path.join(HERE, `${name}/bench-${name}.ts`)],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  plugins: [sourceFolders],
});
const { run } = await import(pathToFileURL(outfile).href);
process.exitCode = await run(args);
