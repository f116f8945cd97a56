import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Cli {
  run: (args: string[], env?: Record<string, string>) => Promise<Ended>;
  remove: () => void;
}

/**
 * The command line as a program of its own, in a folder without any package.
 * @param missing Packages that are not there.
 */
export async function bundleCli({ missing = [] }: { missing?: string[] } = {}): Promise<Cli> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mfa-kit-cli-'));
  await build({
    entryPoints: ['src/cli/mfa-kit.ts'],
    bundle: true,
    splitting: true, // what is loaded on demand stays so
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    outdir: folder,
    external: missing,
  });
  const { MFA_KIT_COOKIE: _cookie, MFA_KIT_OTHER_COOKIE: _other, ...own } = process.env;
  return {
    run: (args, env = {}) =>
      new Promise((resolve) => {
        const options = { env: { ...own, ...env }, cwd: folder };
        execFile(process.execPath, ['mfa-kit.mjs', ...args], options, (error, stdout, stderr) => {
          resolve({ code: Number(error?.code ?? 0), stdout, stderr });
        });
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
