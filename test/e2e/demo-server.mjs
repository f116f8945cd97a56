// @ts-check
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} DemoServer
 * @property {string} origin Where it listens, such as `http://127.0.0.1:40123`.
 * @property {() => Promise<void>} stop
 */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Ends a process with its parent, however that one ends: its standard input is a pipe that closes then. */
const WITH_PARENT = 'data:text/javascript,process.stdin.on("end",()=>process.exit()).resume()';

/**
 * Starts what `npm start` starts, on a free port of this machine and on the emulator, whatever the environment says.
 *
 * @returns {Promise<DemoServer>}
 */
export async function startDemo() {
  const { WORKOS_API_KEY: _key, SESSION_SECRET: _secret, ...env } = process.env;
  // Vite itself and not npm, so that stopping this process stops the server.
  const args = ['--import', WITH_PARENT, 'node_modules/vite/bin/vite.js', 'examples/demo'];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, PORT: '0', WATCH: 'off', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));

  const origin = await new Promise((resolve, reject) => {
    let output = '';
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      output += chunk.toString();
      const url = /Local:\s+(http:\/\/[\d.]+:\d+)/.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    void exited.then((code) => reject(new Error(`The demo's server ended with ${code}:\n${output}`)));
  });

  return {
    origin,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}
