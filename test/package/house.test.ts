// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../../src');

/** From top to bottom: a folder imports only from itself and from what stands above it. */
const HOUSE = [
  'backend',
  'messages',
  'styles',
  'ui',
  'provider',
  'code-input',
  'phone-field',
  'verification',
  'totp',
  'sms',
  'factors',
];
/** The ways in beside the main one, with all of ours that each may use. */
const ENTRIES: Record<string, string[]> = {
  emulator: [],
  server: ['backend', 'phone-field'],
  testing: ['backend', 'server', 'emulator'],
  cli: ['testing'],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => file.split(path.sep).join('/'));

const read = (file: string) => readFileSync(path.join(SRC, file), 'utf8');
const folderOf = (file: string) => file.split('/')[0] ?? '';
const importsOf = (file: string) =>
  [...read(file).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, specifier = '']) => specifier);

describe('the house', () => {
  it.each(files.filter((file) => file.includes('/')))('%s imports only from above', (file) => {
    const folder = folderOf(file);
    const above = ENTRIES[folder] ?? HOUSE.slice(0, HOUSE.indexOf(folder));
    const targets = importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => folderOf(path.posix.join(path.posix.dirname(file), specifier)));
    expect(targets.filter((target) => ![folder, ...above].includes(target))).toEqual([]);
  });

  it.each(files.filter((file) => /^(backend|server|emulator|testing|cli)\//.test(file)))(
    '%s knows no React',
    (file) => {
      expect(importsOf(file).filter((specifier) => /^react|^@tanstack/.test(specifier))).toEqual([]);
      expect(read(file)).not.toContain("'use client'");
    },
  );

  it.each(files.filter((file) => /^(server|emulator|testing|backend)\//.test(file)))(
    '%s needs no Node',
    (file) => {
      expect(importsOf(file).filter((specifier) => specifier.startsWith('node:'))).toEqual([]);
    },
  );

  const hook = /import \{[^}]*\b(use[A-Z]\w+|createContext|forwardRef)\b[^}]*\} from 'react'/;
  it.each(files.filter((file) => hook.test(read(file))))(
    '%s, which uses hooks, is marked for the client',
    (file) => {
      expect(read(file)).toMatch(/^'use client';/);
    },
  );

  it('takes the light build of zod only', () => {
    const heavy = files.filter((file) =>
      importsOf(file).some((specifier) => /^zod(\/v\d)?$/.test(specifier)),
    );
    expect(heavy).toEqual([]);
  });
});

describe('the stylesheet', () => {
  const sheets = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.css'),
  );

  it.each(sheets)('%s styles nothing but the kit', (file) => {
    const rules = read(file).replace(/\/\*.*?\*\//gs, '');
    const selectors = [...rules.matchAll(/([^{};]+)\{/g)]
      .map(([, selector = '']) => selector.trim())
      .filter((selector) => !/^(@|to$|from$|\d+%)/.test(selector))
      .flatMap((selector) => selector.split(/,(?![^(]*\))/)); // not at the commas inside `:is(…)`
    const strange = selectors.filter((selector) => !/\.mfa-/.test(selector) && selector.trim() !== ':root');
    expect(strange).toEqual([]);
  });
});
