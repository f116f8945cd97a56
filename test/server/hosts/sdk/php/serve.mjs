// @ts-check
/** Serves the example host with PHP's own server on a free port, until standard input closes. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';

const here = import.meta.dirname;
// Where Composer would have put the SDK.
mkdirSync('vendor');
cpSync(path.join(here, 'workos.php'), 'vendor/autoload.php');
cpSync(path.join(here, 'session.php'), 'session.php');
cpSync(path.resolve(here, '../../../../../examples/hosts/php/mfa.php'), 'mfa.php');

const probe = createServer().listen(0, '127.0.0.1');
await new Promise((resolve) => probe.once('listening', resolve));
const address = probe.address();
const port = typeof address === 'object' ? address?.port : undefined;
await new Promise((resolve) => probe.close(resolve));

const settings = ['display_errors=0', 'log_errors=0', 'zend.exception_ignore_args=1'].flatMap((each) => [
  '-d',
  each,
]);
const php = spawn('php', [...settings, '-S', `127.0.0.1:${port}`, 'mfa.php'], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
php.once('error', (error) => {
  console.error(`php cannot be run: ${error.message}`);
  process.exit(1);
});
php.once('exit', (code) => process.exit(code ?? 1));
php.stderr.on('data', (/** @type {Buffer} */ chunk) => {
  if (chunk.toString().includes('started')) console.log(`listening on ${port}`);
  else process.stderr.write(chunk);
});
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => php.kill());
process.stdin.on('end', () => php.kill()).resume();
