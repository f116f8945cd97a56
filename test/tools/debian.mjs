// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** Whether packages can be installed here without asking anybody. */
function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return false;
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Installs Debian's packages. On any other system, and where it is not root's, nothing happens.
 *
 * @param {string[]} packages
 * @returns {boolean} whether they are there now
 */
export function installDebianPackages(packages) {
  return (
    isDebianRoot() &&
    run('apt-get', ['update']) &&
    run('apt-get', ['install', '--yes', '--no-install-recommends', ...packages])
  );
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {boolean} whether it ended well
 */
export function run(command, args) {
  console.error(`> ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 2, 2], // stdout is for what the tool has found, alone
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    shell: process.platform === 'win32',
  });
  if (error) console.error(error.message);
  return status === 0;
}
