import * as kit from 'mfa-kit';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = path.resolve(import.meta.dirname, '../../stories');
const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.stories.tsx'))
  .map((file) => readFileSync(path.join(FOLDER, file), 'utf8'));

/** Functions and `forwardRef`s by their names, without the class `MfaError`. */
const components = Object.entries(kit)
  .filter(([name, value]) => /^[A-Z]/.test(name) && (typeof value === 'function' || '$$typeof' in value))
  .map(([name]) => name)
  .filter((name) => name !== 'MfaError');

describe('the stories', () => {
  it('are as many as there are states to see', () => {
    const stories = sources.flatMap((source) => source.match(/^export const \w+: Story\b/gm) ?? []);
    expect(stories.length).toBeGreaterThanOrEqual(90);
  });

  it.each(components)('show %s', (name) => {
    expect(sources.filter((source) => source.includes(`component: ${name},`))).not.toEqual([]);
  });
});
