import type { Preview } from '@storybook/react-vite';

export type Theme = 'light' | 'dark' | 'forced-colors';
export type Network =
  'fast' | 'slow' | 'offline' | 'too-often' | 'server-error' | 'expired' | 'clock' | 'lost-answer';

/** What a person can set in the toolbar, or by the address: `&globals=theme:dark;network:offline`. */
export interface ToolbarGlobals {
  theme: Theme;
  dir: 'ltr' | 'rtl';
  locale: 'en' | 'en-XA';
  /** The root's font size in percent. */
  textSize: 100 | 125 | 150 | 200;
  network: Network;
}

export const initialGlobals: ToolbarGlobals = {
  theme: 'light',
  dir: 'ltr',
  locale: 'en',
  textSize: 100,
  network: 'fast',
};

/** @param globals As Storybook has them, which also keeps the viewport's there, and whatever the address says. */
export function toolbarGlobals(globals: Record<string, unknown>): ToolbarGlobals {
  const read = <Name extends keyof ToolbarGlobals>(name: Name): ToolbarGlobals[Name] => {
    const item = ITEMS[name].find(({ value }) => String(value) === String(globals[name]));
    return item?.value ?? initialGlobals[name];
  };
  return {
    theme: read('theme'),
    dir: read('dir'),
    locale: read('locale'),
    textSize: read('textSize'),
    network: read('network'),
  };
}

interface Item<Value> {
  value: Value;
  /** Short: while it is chosen, it stands in the toolbar. */
  title: string;
  /** What the menu says of it besides. */
  right?: string;
  icon?:
    | 'sun'
    | 'moon'
    | 'contrast'
    | 'lightning'
    | 'hourglass'
    | 'lightningoff'
    | 'stop'
    | 'alert'
    | 'timer'
    | 'time'
    | 'batchdeny';
}

const ITEMS: { [Name in keyof ToolbarGlobals]: Item<ToolbarGlobals[Name]>[] } = {
  theme: [
    { value: 'light', title: 'Light', icon: 'sun' },
    { value: 'dark', title: 'Dark', icon: 'moon' },
    // No page can switch the browser's own mode on.
    { value: 'forced-colors', title: 'Forced colours', right: 'imitated', icon: 'contrast' },
  ],
  dir: [
    { value: 'ltr', title: 'LTR', right: 'left to right' },
    { value: 'rtl', title: 'RTL', right: 'right to left' },
  ],
  locale: [
    { value: 'en', title: 'English' },
    { value: 'en-XA', title: 'Pseudo', right: 'accents, 40 % longer' },
  ],
  textSize: [
    { value: 100, title: '100 %' },
    { value: 125, title: '125 %' },
    { value: 150, title: '150 %' },
    { value: 200, title: '200 %' },
  ],
  network: [
    { value: 'fast', title: 'Fast', icon: 'lightning' },
    { value: 'slow', title: 'Slow', right: '3 s for each call', icon: 'hourglass' },
    { value: 'offline', title: 'Offline', icon: 'lightningoff' },
    { value: 'too-often', title: 'Too often', right: '429, wait 30 s', icon: 'stop' },
    { value: 'server-error', title: 'Server error', right: '500', icon: 'alert' },
    { value: 'expired', title: 'Expired', right: 'the challenge, when it is verified', icon: 'timer' },
    { value: 'clock', title: 'Clock +5 h', right: 'the story starts over', icon: 'time' },
    { value: 'lost-answer', title: 'Lost answer', right: 'the server has acted', icon: 'batchdeny' },
  ],
};

export const globalTypes: NonNullable<Preview['globalTypes']> = {
  theme: {
    description: 'Theme; forced colours are imitated by a stylesheet',
    toolbar: { title: 'Theme', items: ITEMS.theme, dynamicTitle: true },
  },
  network: {
    description: 'What befalls the requests of this story',
    toolbar: { title: 'Network', items: ITEMS.network, dynamicTitle: true },
  },
  dir: {
    description: 'Direction of the text',
    toolbar: { title: 'Direction', icon: 'transfer', items: ITEMS.dir, dynamicTitle: true },
  },
  locale: {
    description: 'Language',
    toolbar: { title: 'Language', icon: 'globe', items: ITEMS.locale, dynamicTitle: true },
  },
  textSize: {
    description: 'Size of the text',
    toolbar: {
      title: 'Text size',
      icon: 'type',
      // Storybook's type knows strings only, but it makes numbers of those in an address, and compares them with `===`.
      items: ITEMS.textSize.map(({ value, title }) => ({ value: value as unknown as string, title })),
      dynamicTitle: true,
    },
  },
};

/** Widths in CSS pixels. Their names are no numbers, which Storybook would make of them in an address, and fail. */
export const VIEWPORTS = {
  w320: { name: 'Small phone', styles: { width: '320px', height: '640px' }, type: 'mobile' },
  w375: { name: 'Phone', styles: { width: '375px', height: '812px' }, type: 'mobile' },
  w768: { name: 'Tablet', styles: { width: '768px', height: '1024px' }, type: 'tablet' },
  w1280: { name: 'Desktop', styles: { width: '1280px', height: '800px' }, type: 'desktop' },
} as const;
