import type { ThemeName } from './themes.js';

/** What to put into the host's own style sheet: the variables that were changed, and no others. */
export function changedCss(theme: ThemeName, changes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(changes).map(([name, value]) => `  ${name}: ${value};`);
  if (lines.length === 0) return '';
  const place = theme === 'default' ? 'mfa-kit/styles.css' : `${theme}.css`;
  // shadcn's variables are set for `.dark`, too, and whatever is set nearer wins.
  const selector = theme === 'shadcn' ? ':root,\n.dark' : ':root';
  return [`/* After ${place} */`, `${selector} {`, ...lines, '}', ''].join('\n');
}
