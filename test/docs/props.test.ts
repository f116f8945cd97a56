// @vitest-environment node
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { type ComponentDoc, componentsIn } from '../../.storybook/props-from-types.js';
import { complaintsOf } from './compile.js';

const SRC = path.resolve(import.meta.dirname, '../../src');

/** The components a host can import, as `index.ts` lists them: each comes with its props. */
const PUBLIC = [
  ...readFileSync(path.join(SRC, 'index.ts'), 'utf8').matchAll(
    /\btype (\w+)Props\b[^}]*\} from '\.\/(.+)\.js'/g,
  ),
].map(([, name = '', file = '']) => [name, `${file}.tsx`] as const);

function documented(name: string, file: string): ComponentDoc {
  const doc = componentsIn(path.join(SRC, file)).find((component) => component.name === name);
  if (!doc) throw new Error(`${name} is not found in ${file}.`);
  return doc;
}

/** Compiles only if these are the props that TypeScript sees, attributes of the element apart. */
function propsAsTypes({ name, props, rest }: ComponentDoc): string {
  const own = props.map((prop) => prop.name).filter((prop) => prop !== 'ref');
  return [
    `import type { ComponentPropsWithoutRef } from 'react';`,
    `import type { ${name}Props as Props } from 'mfa-kit';`,
    `type KeysOf<T> = T extends unknown ? keyof T : never;`,
    `type Attributes = ${rest ? `keyof ComponentPropsWithoutRef<'${rest.element}'>` : 'never'};`,
    `export const missing: Record<Exclude<KeysOf<Props>, Attributes | ${union(own)}>, true> = {};`,
    `export const all: KeysOf<Props>[] = [${own.map((prop) => `'${prop}'`).join(', ')}];`,
  ].join('\n');
}

const union = (names: string[]) => names.map((name) => `'${name}'`).join(' | ') || 'never';

describe('the props tables', () => {
  it('exist for all components', () => {
    expect(PUBLIC.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'CodeInput',
        'PhoneField',
        'EnrollTotp',
        'EnrollSms',
        'VerifyCode',
        'MfaProvider',
      ]),
    );
  });

  it('have each prop that TypeScript knows, and no other', () => {
    const files = PUBLIC.map(([name, file]) => [`${name}.ts`, propsAsTypes(documented(name, file))] as const);
    expect(complaintsOf(new Map(files))).toBe('');
  });

  it.each(PUBLIC)('tell what %s and each of its props is for', (name, file) => {
    const { description, props } = documented(name, file);
    expect(description).toMatch(/^[A-Z][\s\S]*\.$/);
    const silent = props.filter((prop) => prop.name !== 'children' && !prop.description.endsWith('.'));
    expect(silent.map((prop) => prop.name)).toEqual([]);
  });

  it('resolve unions: what a code is for is one of three', () => {
    const { props } = documented('VerifyCode', 'verification/verify-code.tsx');
    expect(props.slice(0, 3)).toMatchObject([
      { name: 'factors', type: 'readonly AuthenticationFactor[]', isRequired: false },
      { name: 'factor', type: 'AuthenticationFactor', isRequired: false },
      { name: 'challenge', type: 'AuthenticationChallenge', isRequired: false },
    ]);
    expect(props[0]?.description).toBe('One of `factors`, `factor`, `challenge`.');
  });

  it('show defaults, refs and the element that takes the rest', () => {
    const { props, rest } = documented('CodeInput', 'code-input/code-input.tsx');
    expect(props).toContainEqual(
      expect.objectContaining({ name: 'length', type: 'number', defaultValue: '6' }),
    );
    expect(props.at(-1)).toMatchObject({ name: 'ref', type: 'Ref<HTMLInputElement>' });
    expect(rest).toMatchObject({ element: 'input' });
    expect(rest?.without).toContain('maxLength');
  });

  it('leave out the brackets and the undefined of what may be left out', () => {
    const { props } = documented('EnrollTotp', 'totp/enroll-totp.tsx');
    expect(props.find(({ name }) => name === 'onEnrolled')).toMatchObject({
      type: '(factor: AuthenticationFactor) => void',
      isRequired: false,
    });
  });
});
