// @ts-check
/** Builds the example host with a stand-in for the SDK, in the folder it is run in, and becomes it. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const here = import.meta.dirname;
const example = path.resolve(here, '../../../../../examples/hosts/go');

cpSync(example, 'mfaproxy', { recursive: true });
mkdirSync('workos');
cpSync(path.join(here, 'workos.go'), 'workos/workos.go');
cpSync(path.join(here, 'main.go'), 'main.go');
writeFileSync('workos/go.mod', 'module github.com/workos/workos-go/v10\n\ngo 1.19\n');
writeFileSync(
  'go.mod',
  `module example/host

go 1.19

require github.com/workos/workos-go/v10 v10.0.0

replace github.com/workos/workos-go/v10 => ./workos
`,
);

const env = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };
for (const args of [
  ['vet', './...'],
  ['build', '-o', 'host', '.'],
]) {
  const { status, error } = spawnSync('go', args, { env, stdio: ['ignore', 2, 2] });
  if (error) console.error(`go cannot be run: ${error.message}`);
  if (status !== 0) process.exit(1);
}
const host = spawn('./host', { stdio: 'inherit' });
host.once('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => host.kill());
