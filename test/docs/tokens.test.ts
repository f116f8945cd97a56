// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import {
  joinLightDark,
  readDeclarations,
  readTokens,
  splitLightDark,
} from '../../stories/theming/read-tokens.js';
import { THEMES } from '../../stories/theming/themes.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const SHEET = read('src/styles/tokens.css');
const TOKENS = readTokens(SHEET);
const names = new Set(TOKENS.map(({ name }) => name));

const filesBelow = (folder: string) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => path.posix.join(folder, file));
const withoutComments = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, '');
const unknownIn = (css: string) =>
  [...withoutComments(css).matchAll(/--mfa-[\w-]+/g)]
    .map(([name]) => name)
    .filter((name) => !names.has(name));

describe('the table of variables', () => {
  it('has every variable of tokens.css', () => {
    const declared = withoutComments(SHEET).match(/--mfa-[\w-]+(?=:)/g) ?? [];
    expect(declared.length).toBeGreaterThan(20);
    expect([...names].sort()).toEqual([...new Set(declared)].sort());
  });

  it.each(TOKENS.map((token) => [token.name, token] as const))('says what %s is for', (_name, token) => {
    expect(token.description).toMatch(/\w{3}/);
    expect(token.value).toMatch(/^\S.*\S$/);
  });

  it.each(TOKENS.filter(({ kind }) => kind === 'color').map(({ name, value }) => [name, value] as const))(
    'has a light and a dark value of %s',
    (_name, value) => {
      const { light, dark } = splitLightDark(value);
      expect([light, dark].join(' ')).not.toContain('light-dark');
      expect(light).not.toBe(dark);
    },
  );
});

describe('variables', () => {
  it.each(filesBelow('src'))('%s uses only those that tokens.css has', (file) => {
    expect(unknownIn(read(file))).toEqual([]);
  });

  it.each(filesBelow('examples/themes'))('%s sets only those that tokens.css has', (file) => {
    expect(unknownIn(read(file))).toEqual([]);
  });
});

describe('themes', () => {
  it('are those in examples/themes, and the default', () => {
    const files = filesBelow('examples/themes').map((file) => path.basename(file, '.css'));
    expect(files.sort()).toEqual(
      THEMES.map(({ name }) => name)
        .filter((name) => name !== 'default')
        .sort(),
    );
  });

  it.each(THEMES.map(({ name }) => name).filter((name) => name !== 'default'))(
    '%s sets every colour, so that none of the default’s is left among its own',
    (name) => {
      const own = new Set(readDeclarations(read(`examples/themes/${name}.css`)).map((set) => set.name));
      const colors = [...names].filter((variable) => variable.startsWith('--mfa-color-'));
      expect(colors.filter((color) => !own.has(color))).toEqual([]);
    },
  );
});

describe('light-dark()', () => {
  it.each([
    ['light-dark(#fff, #000)', '#fff', '#000'],
    ['light-dark(rgb(1, 2, 3), oklch(0.5 0.1 155))', 'rgb(1, 2, 3)', 'oklch(0.5 0.1 155)'],
    [
      'light-dark(var(--a, #fff), color-mix(in oklab, red, blue))',
      'var(--a, #fff)',
      'color-mix(in oklab, red, blue)',
    ],
  ])('%s is split at the comma between its two halves', (value, light, dark) => {
    expect(splitLightDark(value)).toEqual({ light, dark });
    expect(joinLightDark({ light, dark })).toBe(value);
  });

  it('takes any other value for both', () => {
    expect(splitLightDark('var(--primary)')).toEqual({ light: 'var(--primary)', dark: 'var(--primary)' });
    expect(joinLightDark({ light: 'red', dark: 'red' })).toBe('red');
  });
});
