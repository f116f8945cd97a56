import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser } from 'playwright';

import { fromPng, type Picture, toPng, withFewColors } from './small-picture.ts';
import type { StoryEntry, Variant } from './story-page.ts';

const SHEETS = path.join(import.meta.dirname, 'sheets');
const HEADINGS: Record<Variant, string> = {
  light: 'Light',
  dark: 'Dark',
  rtl: 'Right to left',
  '320': '320 px wide, which is also 1280 px at 400 % zoom',
};

export interface Shot {
  story: StoryEntry;
  picture: Picture;
}

/** Writes one picture of all the stories, by component and with their names. */
export async function writeSheet(
  browser: Browser,
  variant: Variant,
  shots: readonly Shot[],
): Promise<string> {
  const page = await browser.newPage({
    viewport: { width: 3600, height: 1000 },
    colorScheme: variant === 'dark' ? 'dark' : 'light',
  });
  try {
    await page.setContent(await sheetOf(variant, shots));
    await page.evaluate(() => document.fonts.ready);
    const screenshot = await page.screenshot({ fullPage: true });
    const file = path.join(SHEETS, `${variant}.png`);
    await mkdir(SHEETS, { recursive: true });
    await writeFile(file, toPng(withFewColors(fromPng(screenshot))));
    return file;
  } finally {
    await page.close();
  }
}

async function sheetOf(variant: Variant, shots: readonly Shot[]): Promise<string> {
  const titles = [...new Set(shots.map(({ story }) => story.title))];
  const sections = titles.map((title) => {
    const figures = shots.filter(({ story }) => story.title === title).map(figure);
    return `<section><h2>${escape(title)}</h2><div>${figures.join('')}</div></section>`;
  });
  const font = createRequire(import.meta.url).resolve(
    '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  );
  return `<!doctype html><meta charset="utf-8"><style>
    @font-face { font-family: Inter; font-weight: 100 900;
      src: url(data:font/woff2;base64,${(await readFile(font)).toString('base64')}) }
    :root { color-scheme: light dark; font: 13px/1.3 Inter;
      color: light-dark(#1b1d23, #eceef2); background: light-dark(#dfe2e8, #000) }
    body { margin: 32px } h1 { font-size: 32px; margin: 0 0 16px } h2 { font-size: 18px; margin: 24px 0 8px }
    div { display: flex; flex-wrap: wrap; align-items: start; gap: 16px }
    figure { margin: 0 } figcaption { max-width: 280px; margin-bottom: 4px } img { display: block }
  </style><h1>${HEADINGS[variant]}: ${shots.length} stories</h1>${sections.join('')}`;
}

function figure({ story, picture }: Shot): string {
  const source = `data:image/png;base64,${Buffer.from(toPng(picture)).toString('base64')}`;
  return `<figure style="width: ${picture.width}px"><figcaption>${escape(story.name)}</figcaption><img src="${source}"></figure>`;
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
