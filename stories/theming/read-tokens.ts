export type TokenKind = 'color' | 'length' | 'text';

/** One `--mfa-*` variable as `tokens.css` declares it. */
export interface Token {
  name: string;
  /** What it is for: the comment beside it. */
  description: string;
  /** As written: `light-dark(#fff, #000)`, `0.25rem`. */
  value: string;
  kind: TokenKind;
}

export interface Declaration {
  name: string;
  value: string;
  /** The comment behind the declaration. */
  comment: string;
}

/**
 * The `--mfa-*` declarations of a style sheet's own rules, in their order, later ones of the same name in the place of
 * the earlier. Those of media queries are left out.
 */
export function readDeclarations(css: string): Declaration[] {
  const found = new Map<string, Declaration>();
  const declaration = /(--mfa-[\w-]+):\s*([^;]+);(?:[^\S\n]*\/\*(.*?)\*\/)?/g;
  for (const [, name = '', value = '', comment = ''] of withoutMediaQueries(css).matchAll(declaration)) {
    found.set(name, { name, value: value.replace(/\s+/g, ' ').trim(), comment: comment.trim() });
  }
  return [...found.values()];
}

/** Rules nest one level deep in a media query, and declarations have no braces. */
function withoutMediaQueries(css: string): string {
  return css.replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
}

const kindOf = ({ name, value }: Declaration): TokenKind =>
  name.startsWith('--mfa-color-') ? 'color' : readLength(value) ? 'length' : 'text';

/** The variables of the kit's style sheet. */
export const readTokens = (css: string): Token[] =>
  readDeclarations(css).map((declaration) => ({
    name: declaration.name,
    description: declaration.comment,
    value: declaration.value,
    kind: kindOf(declaration),
  }));

/** A number with its unit, or `undefined` where the value is something else. */
export function readLength(value: string): { amount: number; unit: string } | undefined {
  const [, amount, unit] = /^(-?[\d.]+)(rem|px|ms)$/.exec(value) ?? [];
  return amount !== undefined && unit !== undefined ? { amount: Number(amount), unit } : undefined;
}

export interface LightDark {
  light: string;
  dark: string;
}

/** The two sides of `light-dark(a, b)`; any other value is both. */
export function splitLightDark(value: string): LightDark {
  const inner = /^light-dark\((.*)\)$/s.exec(value)?.[1];
  if (inner === undefined) return { light: value, dark: value };
  let depth = 0;
  for (let index = 0; index < inner.length; index += 1) {
    if (inner[index] === '(') depth += 1;
    if (inner[index] === ')') depth -= 1;
    // The comma between the two, not one inside `rgb(…)`.
    if (inner[index] === ',' && depth === 0) {
      return { light: inner.slice(0, index).trim(), dark: inner.slice(index + 1).trim() };
    }
  }
  return { light: value, dark: value };
}

export const joinLightDark = ({ light, dark }: LightDark): string =>
  light === dark ? light : `light-dark(${light}, ${dark})`;
