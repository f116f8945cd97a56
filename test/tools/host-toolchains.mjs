// @ts-check
/**
 * Finds what the example hosts in other languages are tested with, and installs what is missing (apt, as root on Debian).
 *
 *   node test/tools/host-toolchains.mjs          Python, Ruby and PHP: what `npm test` needs, 10 MB
 *   node test/tools/host-toolchains.mjs all      Go and Java too, 0.5 GB and more; then runs the tests of all hosts
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

import { installDebianPackages, run } from './debian.mjs';

/** @typedef {{ name: string, packages: string[], isThere: () => boolean }} Toolchain */

/**
 * @param {string} command
 * @param {string[]} args
 */
function succeeds(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** @type {Toolchain[]} */
const QUICK = [
  {
    name: 'Python 3.9 or newer',
    packages: ['python3'],
    isThere: () => succeeds('python3', '-c', 'import sqlite3; "".removeprefix("")'),
  },
  {
    name: 'Ruby 3',
    packages: ['ruby'],
    isThere: () => succeeds('ruby', '-rpstore', '-e', 'exit RUBY_VERSION >= "3"'),
  },
  {
    name: 'PHP 8.1 or newer with SQLite',
    packages: ['php-cli', 'php-sqlite3'],
    isThere: () =>
      succeeds('php', '-r', "exit(PHP_VERSION_ID >= 80100 && extension_loaded('pdo_sqlite') ? 0 : 1);"),
  },
];

const JARS = '/usr/share/java';

/** @type {Toolchain[]} */
const LARGE = [
  { name: 'Go 1.19 or newer', packages: ['golang-go'], isThere: () => succeeds('go', 'version') },
  {
    name: 'a JDK of 17 or newer',
    packages: ['default-jdk-headless'],
    isThere: () => succeeds('javac', '--release', '17', '-version'),
  },
  {
    name: 'Spring and Jackson',
    packages: ['libspring-web-java', 'libspring-jdbc-java', 'libjackson2-databind-java'],
    isThere: () =>
      ['spring3-web', 'spring3-jdbc', 'jackson-databind'].every((jar) => existsSync(`${JARS}/${jar}.jar`)),
  },
];

/** @param {Toolchain[]} toolchains */
function ensure(toolchains) {
  const missing = toolchains.filter(({ isThere }) => !isThere());
  if (missing.length > 0) installDebianPackages(missing.flatMap(({ packages }) => packages));
  return toolchains.filter(({ isThere }) => !isThere());
}

const isAll = process.argv.includes('all');
const missing = ensure(isAll ? [...QUICK, ...LARGE] : QUICK);
for (const { name, packages } of missing) {
  console.error(
    `The tests of the example hosts need ${name}. Install it (Debian: apt-get install ${packages.join(' ')}).`,
  );
}
if (missing.length > 0) process.exitCode = 1;
else if (isAll) {
  process.env.HOST_TESTS = 'all';
  if (!run('npx', ['--no-install', 'vitest', 'run', '--project', 'unit', 'test/server/hosts']))
    process.exitCode = 1;
}
