// @vitest-environment node
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const KB = 1000;

/** What a host's bundler makes of one import, React aside. Bytes are exact, so they may be asserted. */
async function bundle(names: string) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import { ${names} } from './src/index.ts'; console.log(${names});`,
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    outdir: 'out',
    external: ['react', 'react-dom', 'react/jsx-runtime'],
    logLevel: 'silent',
    absWorkingDir: ROOT,
  });
  const entry = Object.keys(metafile.outputs).find((file) => file.endsWith('stdin.js')) ?? '';
  const first = new Set([entry]);
  for (const file of first) {
    for (const { path: next, kind } of metafile.outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && metafile.outputs[next]) first.add(next);
    }
  }
  const size = (isFirst: boolean) =>
    outputFiles
      .filter((file) => first.has(path.relative(ROOT, file.path).split(path.sep).join('/')) === isFirst)
      .reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).length, 0);
  const inputs = [...first].flatMap((file) => Object.entries(metafile.outputs[file]?.inputs ?? {}));
  const packages = new Set(
    inputs
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
      .filter((name) => name !== undefined),
  );
  return { first: size(true), lazy: size(false), packages: [...packages].toSorted() };
}

// Of libphonenumber-js the example numbers alone.
const FORMS = [
  '@hookform/resolvers',
  '@standard-schema/utils',
  'libphonenumber-js',
  'react-hook-form',
  'zod',
];

describe('what an import costs, min+gzip with React apart', () => {
  it.each([
    ['CodeInput', 2.5 * KB, []],
    ['PhoneField', 5 * KB, []],
    ['VerifyCode', 18 * KB, []],
    ['EnrollTotp', 20 * KB, []],
    ['EnrollSms', 36 * KB, FORMS],
    ['EnrollTotp, EnrollSms, VerifyCode', 40 * KB, FORMS],
    ['FactorList', 19 * KB, ['@tanstack/query-core', '@tanstack/react-query']],
  ])('%s', async (names, budget, packages) => {
    const cost = await bundle(names);
    expect(cost.first).toBeLessThanOrEqual(budget);
    expect(cost.packages, 'packages on the first load').toEqual(packages);
    expect(cost.lazy, 'the phone engine, loaded when wanted').toBeLessThanOrEqual(38 * KB);
  });
});

// No budgets, but the sizes of the day with a little room, so that growth is noticed.
describe('what a whole screen costs, with its provider and the HTTP backend', () => {
  it.each([
    ['VerifyCode', 20.5 * KB, ['zod']],
    ['EnrollTotp', 21.5 * KB, ['zod']],
    ['EnrollSms', 40.9 * KB, FORMS],
    ['EnrollTotp, EnrollSms, VerifyCode', 45.2 * KB, FORMS],
  ])('%s', async (names, budget, packages) => {
    const cost = await bundle(`${names}, MfaProvider, createHttpBackend`);
    expect(cost.first).toBeLessThanOrEqual(budget);
    expect(cost.packages, 'packages on the first load').toEqual(packages);
  });

  it('the stylesheet', async () => {
    const { outputFiles } = await build({
      entryPoints: ['src/styles/index.css'],
      bundle: true,
      minify: true,
      write: false,
      outdir: 'out',
      absWorkingDir: ROOT,
    });
    expect(gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length).toBeLessThanOrEqual(6 * KB);
  });
});
