import { build, type Metafile, type StdinOptions } from 'esbuild';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import type { Entrant } from './entrants.ts';

const BENCH = path.resolve(import.meta.dirname, '..');

/** Bytes, minified and gzipped, React apart. */
export interface Weight {
  first: number;
  lazy: number;
  css: number;
}

export async function weigh({ code, css }: Entrant): Promise<Weight> {
  const script = await bundle({ contents: code, resolveDir: BENCH, loader: 'ts' });
  const first = reach(script.metafile, ['import-statement']);
  const all = reach(script.metafile, ['import-statement', 'dynamic-import']);
  const styles = css.length
    ? await bundle({
        contents: css.map((file) => `@import ${JSON.stringify(file)};`).join('\n'),
        resolveDir: BENCH,
        loader: 'css',
      })
    : undefined;
  return {
    first: sum(script.files.filter(({ file }) => first.has(file))),
    lazy: sum(script.files.filter(({ file }) => all.has(file) && !first.has(file))),
    css: sum(styles?.files.filter(({ file }) => file.endsWith('.css')) ?? []),
  };
}

async function bundle(stdin: StdinOptions) {
  const { outputFiles, metafile } = await build({
    stdin,
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
    loader: { '.png': 'file', '.webp': 'file', '.svg': 'file' },
    logLevel: 'error',
    absWorkingDir: BENCH,
  });
  const files = outputFiles.map((output) => ({
    file: path.relative(BENCH, output.path).split(path.sep).join('/'),
    bytes: gzipSync(output.contents, { level: 9 }).length,
  }));
  return { files, metafile };
}

/** The entry and what it comes to by such imports. A chunk that only dropped code would load is none of it. */
function reach({ outputs }: Metafile, kinds: string[]): Set<string> {
  const reached = new Set(Object.keys(outputs).filter((file) => file.endsWith('stdin.js')));
  for (const file of reached) {
    for (const { path: next, kind } of outputs[file]?.imports ?? []) {
      if (kinds.includes(kind) && outputs[next]) reached.add(next);
    }
  }
  return reached;
}

const sum = (files: { bytes: number }[]) => files.reduce((total, { bytes }) => total + bytes, 0);
