import { imitateForcedColors } from './forced-colors.js';
import type { ToolbarGlobals } from './toolbar.js';

/** The scheme of a theme: contrast themes are dark more often than not. */
export const colorSchemeOf = (theme: ToolbarGlobals['theme']) => (theme === 'light' ? 'light' : 'dark');

/**
 * Puts the page into the state that the toolbar shows.
 * @returns How to end what a later state would not overwrite.
 */
export function applyToDocument({
  theme,
  dir,
  locale,
  textSize,
}: Omit<ToolbarGlobals, 'network'>): () => void {
  const root = document.documentElement;
  root.dir = dir;
  root.lang = locale;
  root.style.colorScheme = colorSchemeOf(theme);
  root.style.fontSize = `${textSize}%`;
  return theme === 'forced-colors' ? imitateForcedColors() : () => undefined;
}
