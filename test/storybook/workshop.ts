import {
  type Browser,
  type BrowserContext,
  chromium,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import { CHROMIUM_ARGS, findChromium } from '../tools/chromium.mjs';
import { type BuiltStorybook, builtStorybook } from './built-storybook.ts';

/** One person in front of the built Storybook, with a story and the emulator's panel before them. */
export interface Workshop {
  page: Page;
  /** What is inside of the story's frame. */
  story: FrameLocator;
  /** The story's field for the code. */
  code: Locator;
  /** Presses a button of the story. */
  press: (name: string | RegExp) => Promise<void>;
  /** Waits for a text of the story. */
  sees: (text: string | RegExp) => Promise<void>;
  /** All that the story says now. */
  text: () => Promise<string>;
  /** Chooses something in the toolbar: `pick(NETWORK, 'Offline')`. */
  pick: (tool: string, item: string) => Promise<void>;
  /** Presses a button of the panel. */
  command: (name: string | RegExp) => Promise<void>;
  /** A list of the panel, by its title. */
  list: (title: 'Factors' | 'Text messages' | 'Requests') => Locator;
}

/** For `expect.poll`: a busy machine takes its time. */
export const SOON = { timeout: 30_000 };

/** The toolbar's tools by what they are called. */
export const TOOLS = {
  theme: 'Theme; forced colours are imitated by a stylesheet',
  dir: 'Direction of the text',
  locale: 'Language',
  textSize: 'Size of the text',
  network: 'What befalls the requests of this story',
} as const;

/**
 * Opens stories of the built Storybook for the tests of one file. Afterwards each page is checked for what it asked of
 * other machines, and for what it threw.
 */
export function runWorkshop() {
  let storybook: BuiltStorybook;
  let browser: Browser;
  let context: BrowserContext;
  let pages: Page[] = [];
  let faults: string[] = [];

  beforeAll(async () => {
    storybook = await builtStorybook();
    const executablePath = await findChromium();
    browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) });
    // One for all pages, so that what Storybook loads each time is loaded once.
    context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await storybook?.stop();
  });
  afterEach(async () => {
    for (const page of pages) await page.close();
    const found = faults;
    pages = [];
    faults = [];
    expect(found).toEqual([]);
  });

  /** @param path As the manager has it: `/docs/…` or `/story/…`. */
  async function visit(path: string): Promise<Page> {
    const page = await context.newPage();
    pages.push(page);
    page.setDefaultTimeout(SOON.timeout);
    page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!/^(data|blob):/.test(url) && !url.startsWith(`${storybook.origin}/`)) faults.push(`left: ${url}`);
    });
    await page.goto(`${storybook.origin}/?path=${path}`);
    return page;
  }

  /** @param globals As in an address: `theme:dark;network:offline`. */
  async function open(id: string, globals = ''): Promise<Workshop> {
    const page = await visit(`/story/${id}&globals=${globals}`);
    await page.getByRole('tab', { name: 'Emulator' }).click();
    const story = page.frameLocator('#storybook-preview-iframe');
    return {
      page,
      story,
      code: story.getByLabel('One-time code'),
      press: (name) => story.getByRole('button', { name }).click(),
      sees: (text) => story.getByText(text).filter({ visible: true }).first().waitFor(),
      text: () => story.locator('#storybook-root').innerText(),
      async pick(tool, item) {
        await page.getByRole('button', { name: tool }).click();
        await page.getByRole('option', { name: item }).click();
      },
      command: (name) => page.getByRole('tabpanel').getByRole('button', { name }).click(),
      list: (title) => page.getByRole('region', { name: title }),
    };
  }

  return { visit, open };
}
