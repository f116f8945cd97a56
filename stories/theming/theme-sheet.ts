import { useInsertionEffect } from 'react';

import tokens from '../../src/styles/tokens.css?raw';
import shadcnApp from './shadcn-app.css?raw';
import { type ThemeName, THEMES } from './themes.js';

/** A theme's file speaks of the whole page; here it holds for an element and what is in it. */
const scoped = (css: string, scope: string) =>
  `@scope (${scope}) {\n${css.replaceAll(':root', ':scope').replaceAll('.dark', ':scope.dark')}\n}`;

const themed = (name: ThemeName) => `[data-kit-theme='${name}']`;

let sheet: CSSStyleSheet | undefined;

/** Brings all themes, each for the elements that ask for it by `data-kit-theme`. */
export function useThemeSheet(): void {
  useInsertionEffect(() => {
    if (sheet) return;
    sheet = new CSSStyleSheet();
    sheet.replaceSync(
      [
        scoped(tokens, '[data-kit-theme]'), // once more, so that a theme inside another begins from the defaults
        scoped(shadcnApp, themed('shadcn')),
        ...THEMES.map(({ name, css }) => scoped(css, themed(name))),
      ].join('\n'),
    );
    document.adoptedStyleSheets.push(sheet);
  }, []);
}
