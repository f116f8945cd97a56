import { useLayoutEffect } from 'react';

import { useThemeSheet } from './theme-sheet.js';
import './theming.css';
import type { ThemeName } from './themes.js';

/** Puts the whole page into a theme, as a host does that loads its file. */
export function usePageTheme(theme: ThemeName): void {
  useThemeSheet();
  useLayoutEffect(() => {
    const root = document.documentElement;
    // An app on Tailwind has a switch that sets this class; here it follows the toolbar's.
    const follow = () => root.classList.toggle('dark', getComputedStyle(root).colorScheme === 'dark');
    const observer = new MutationObserver(follow);
    observer.observe(root, { attributeFilter: ['style', 'data-mfa-theme'] });
    root.dataset.kitTheme = theme;
    follow();
    return () => {
      observer.disconnect();
      delete root.dataset.kitTheme;
      root.classList.remove('dark');
    };
  }, [theme]);
}
