import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The `ts` and `tsx` blocks of a page, by the name that the compiler's complaints will bear. */
export function codeBlocks(file: string): Map<string, string> {
  const page = readFileSync(path.join(ROOT, file), 'utf8');
  const name = file.replace(/\W+/g, '-');
  return new Map(
    [...page.matchAll(/```(tsx?)\n([\s\S]*?)```/g)].map(([, extension = '', code = ''], index) => [
      `${name}-${index}.${extension}`,
      `${code}\nexport {};\n`,
    ]),
  );
}

/** What the compiler says to these files, each on its own, with this package's own settings: nothing, if they compile. */
export function complaintsOf(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(path.join(ROOT, 'test/compiled-'));
  try {
    for (const [name, code] of files) writeFileSync(path.join(folder, name), code);
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['.'] }),
    );
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder],
      { encoding: 'utf8' },
    );
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
