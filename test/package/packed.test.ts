// @vitest-environment node
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BIN = path.join(ROOT, 'node_modules/.bin');
let consumer = '';

function run(command: string, args: string[], cwd = ROOT) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return { status, output: `${stdout}${stderr}` };
}

function mustRun(command: string, args: string[]): string {
  const { status, output } = run(command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
  return output;
}

/** The package as it is published, unpacked into a project that has React and nothing of ours. */
beforeAll(() => {
  mustRun('npm', ['run', 'build']);
  consumer = mkdtempSync(path.join(tmpdir(), 'consumer-'));
  const packed = mustRun('npm', ['pack', '--silent', '--pack-destination', consumer]);
  const modules = path.join(consumer, 'node_modules');
  mkdirSync(path.join(modules, 'mfa-kit'), { recursive: true });
  const tarball = packed.trim().split('\n').at(-1) ?? '';
  run('tar', [
    '-xzf',
    path.join(consumer, tarball),
    '--strip-components=1',
    '-C',
    path.join(modules, 'mfa-kit'),
  ]);
  mkdirSync(path.join(modules, '@types'), { recursive: true });
  for (const name of [
    'react',
    'react-dom',
    '@types/react',
    '@types/react-dom',
    '@types/node',
    'csstype',
    'undici-types',
    'zod',
    'libphonenumber-js',
    'react-hook-form',
    '@hookform',
    '@tanstack',
    '@standard-schema',
    'otpauth',
    '@noble',
    'qr',
    'fast-png',
    'fflate',
    'iobuffer',
    'scheduler',
  ]) {
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  }
  writeFileSync(path.join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
}, 240_000);

afterAll(() => {
  rmSync(consumer, { recursive: true, force: true });
});

it('is a package that publint and attw find nothing in', () => {
  const linted = run(path.join(BIN, 'publint'), ['--strict']);
  expect(linted.status, linted.output).toBe(0);
  const types = run(path.join(BIN, 'attw'), [
    '--pack',
    '.',
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    'styles.css',
  ]);
  expect(types.status, types.output).toBe(0);
}, 120_000);

it('holds what is meant, and nothing else', () => {
  const { files } = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--silent']).output)[0] as {
    files: { path: string }[];
  };
  const strangers = files
    .map((file) => file.path)
    .filter(
      (file) =>
        !/^(dist\/.*\.(js|js\.map|d\.ts|css)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(file),
    );
  expect(strangers).toEqual([]);
});

describe('a strict project', () => {
  const code = `
    import { createHttpBackend, EnrollSms, EnrollTotp, MfaProvider, VerifyCode, type AuthenticationFactor } from 'mfa-kit';
    import { createWorkOsEmulator } from 'mfa-kit/emulator';
    import en from 'mfa-kit/locales/en';
    import { createMemoryStore, createMfaHandler } from 'mfa-kit/server';
    import { createTestBackend } from 'mfa-kit/testing';
    import 'mfa-kit/styles.css';
    const onCancel: (() => void) | undefined = undefined;
    export const App = ({ factors }: { factors: AuthenticationFactor[] }) => (
      <MfaProvider backend={createHttpBackend({ baseUrl: '/api/mfa' })} messages={en}>
        <EnrollTotp onCancel={onCancel} /> <EnrollSms onCancel={onCancel} /> <VerifyCode factors={factors} onCancel={onCancel} />
      </MfaProvider>
    );
    export const all = [createWorkOsEmulator, createMemoryStore, createMfaHandler, createTestBackend];
  `;

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('compiles under module %s, resolution %s', (module, moduleResolution) => {
    const folder = path.join(consumer, moduleResolution);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'app.tsx'), code);
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          module,
          moduleResolution,
          target: 'es2022',
          lib: ['es2023', 'dom', 'dom.iterable'],
          jsx: 'react-jsx',
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noEmit: true,
          types: [],
        },
        include: ['app.tsx'],
      }),
    );
    const compiled = run(path.join(BIN, 'tsc'), ['-p', folder], folder);
    expect(compiled.output).toBe('');
    expect(compiled.status).toBe(0);
  });
});

it('runs in plain Node: the handler, the emulator, the test backend', () => {
  const script = `
    import { createTestBackend } from 'mfa-kit/testing';
    const backend = createTestBackend();
    const { factor } = await backend.enrollFactor({ type: 'totp' });
    const { id } = await backend.challengeFactor(factor.id);
    const { valid } = await backend.verifyChallenge({ challengeId: id, code: backend.currentCode(factor.id) });
    console.log(valid);
  `;
  writeFileSync(path.join(consumer, 'run.mjs'), script);
  expect(run(process.execPath, ['run.mjs'], consumer)).toEqual({ status: 0, output: 'true\n' });
});

it('ships its CSS as it was written', () => {
  const css = readFileSync(path.join(consumer, 'node_modules/mfa-kit/dist/styles.css'), 'utf8');
  expect(css.match(/@layer mfa\.tokens, mfa\.components;/g)).toHaveLength(1);
  expect(css).toContain('--mfa-color-text: light-dark(#1b1d23, #eceef2);');
});
