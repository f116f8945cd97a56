import brandSerif from '../../examples/themes/brand-serif.css?raw';
import compact from '../../examples/themes/compact.css?raw';
import highContrast from '../../examples/themes/high-contrast.css?raw';
import shadcn from '../../examples/themes/shadcn.css?raw';
import { readDeclarations } from './read-tokens.js';

export type ThemeName = 'default' | 'brand-serif' | 'high-contrast' | 'compact' | 'shadcn';

export interface Theme {
  name: ThemeName;
  title: string;
  /** For whom it is. */
  purpose: string;
  /** The file a host copies; the default needs none. */
  css: string;
}

export const THEMES: readonly Theme[] = [
  { name: 'default', title: 'Default', purpose: 'What the kit looks like with nothing set.', css: '' },
  {
    name: 'brand-serif',
    title: 'Brand with serif type',
    purpose: 'A warm, editorial brand: serif titles, sharp corners, slots that are lines.',
    css: brandSerif,
  },
  {
    name: 'high-contrast',
    title: 'High contrast',
    purpose: 'Every pair of colours at 7 : 1 or more (WCAG 1.4.6), thick edges, larger type.',
    css: highContrast,
  },
  {
    name: 'compact',
    title: 'Compact',
    purpose: 'A dense admin tool. On a touch screen the targets keep their full height.',
    css: compact,
  },
  {
    name: 'shadcn',
    title: 'Tailwind and shadcn/ui',
    purpose: 'Takes its colours and corners from the variables such a project has already.',
    css: shadcn,
  },
];

export const themeOf = (name: ThemeName): Theme =>
  THEMES.find((theme) => theme.name === name) ?? { name, title: name, purpose: '', css: '' };

/** The variables a theme sets, by name. */
export function themeValues(name: ThemeName): ReadonlyMap<string, string> {
  return new Map(
    readDeclarations(themeOf(name).css).map((declaration) => [declaration.name, declaration.value]),
  );
}
