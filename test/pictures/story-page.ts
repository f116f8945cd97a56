import type { Browser, CDPSession, Page } from 'playwright';

import { setStoryMode, type StoryMode } from '../../.storybook/story-mode.ts';
import { freezePage, type FrozenPage, INSTANT } from './frozen-page.ts';
import { measureHeight, readLayoutFaults } from './layout-faults.ts';
import { readShifts, type Shift, watchShifts } from './layout-shift.ts';
import { fromPng, type Picture, shrink } from './small-picture.ts';

/** A story as `index.json` has it. */
export interface StoryEntry {
  id: string;
  /** Where it stands, such as `Enrolment/EnrollTotp`. */
  title: string;
  name: string;
}

/** `light` is the story as it is; each of the others changes one thing of it. */
export const VARIANTS = ['light', 'dark', 'rtl', '320'] as const;
export type Variant = (typeof VARIANTS)[number];

export interface StoryVisit {
  story: StoryEntry;
  /** Empty where the story did not get to its end. */
  pictures: Partial<Record<Variant, Picture>>;
  /** What moved from the first paint to the end of the play function. */
  shifts: Shift[];
  /** What does not fit 320 CSS px, which is also what a window of 1280 px has at 400 % zoom. */
  layoutFaults: string[];
  /** Failures of the play function, errors, warnings, and requests that failed or left the machine. */
  faults: string[];
}

/** Storybook's channel as a page has it: what it tells of a story on its way. */
interface StorybookPage {
  __STORYBOOK_ADDONS_CHANNEL__?: { on: (event: string, listener: (told: unknown) => void) => void };
  storyEnd?: Promise<string[]>;
}

const WIDE = { width: 560, height: 1600 };
const NARROW = { width: 320, height: 1600 };

/** A part of the kit, and not of the page around it. */
const KIT = '[class^="mfa-"], [class*=" mfa-"]';
const NO_FAULTS = [
  // Known with its address from the answer itself.
  'Failed to load resource: the server responded with',
  // Storybook warns of its own log of actions, which walks from an event up to all that the window has.
  'Accessing the Story Store is deprecated',
];

/** A tab that goes from story to story. Each is loaded anew: nothing of the one before can reach it. */
export class StoryPage {
  #faults: string[] = [];
  #asked = 0;
  #answered = 0;

  private constructor(
    readonly page: Page,
    /** Takes a screenshot in half the time: nothing has to be stopped for it. */
    readonly cdp: CDPSession,
    readonly origin: string,
  ) {}

  static async open(browser: Browser, origin: string): Promise<StoryPage> {
    const context = await browser.newContext({
      viewport: WIDE,
      locale: 'en-US',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      // By this name Storybook knows a test: it stops animations at the end of a story, and does not wait for them.
      userAgent: 'Chrome StorybookTestRunner',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const opened = new StoryPage(page, await context.newCDPSession(page), origin);
    opened.#listen();
    await page.addInitScript(freezePage, INSTANT);
    await page.addInitScript(watchShifts, KIT);
    await page.addInitScript(awaitStory);
    return opened;
  }

  /** Never rejects: what went wrong is among the faults. */
  async visit(story: StoryEntry): Promise<StoryVisit> {
    this.#faults = [];
    const visit: StoryVisit = { story, pictures: {}, shifts: [], layoutFaults: [], faults: this.#faults };
    try {
      await this.#look(visit);
    } catch (error) {
      visit.faults.push(String(error));
    }
    return visit;
  }

  async #look(visit: StoryVisit) {
    const { page } = this;
    await page.setViewportSize(WIDE);
    await page.goto(
      `${this.origin}/iframe.html?id=${visit.story.id}&viewMode=story&globals=a11y.manual:!true`,
    );
    const failures = await page.evaluate(() => (globalThis as StorybookPage).storyEnd);
    visit.faults.push(...(failures ?? ['Storybook did not start.']));
    if (visit.faults.length > 0) return;
    await this.#settle();
    visit.shifts = await page.evaluate(readShifts);
    visit.pictures.light = await this.#picture();
    visit.pictures.dark = await this.#pictureIn({ theme: 'dark' });
    visit.pictures.rtl = await this.#pictureIn({ dir: 'rtl' });
    await page.setViewportSize(NARROW);
    visit.pictures['320'] = await this.#picture();
    visit.layoutFaults = await page.evaluate(readLayoutFaults);
  }

  #listen() {
    this.page.on('console', (message) => {
      const type = message.type();
      const text = message.text();
      if (type !== 'error' && type !== 'warning') return;
      if (!NO_FAULTS.some((known) => text.startsWith(known)))
        this.#faults.push(`console.${type}: ${text.slice(0, 500)}`);
    });
    this.page.on('pageerror', (error) => this.#faults.push(`uncaught: ${error.message}`));
    this.page.on('request', (request) => {
      this.#asked += 1;
      const url = request.url();
      if (!/^(data|blob):/.test(url) && !url.startsWith(`${this.origin}/`))
        this.#faults.push(`asked another origin: ${url}`);
    });
    this.page.on('requestfinished', () => (this.#answered += 1));
    this.page.on('response', (response) => {
      const path = response.url().slice(this.origin.length);
      if (response.status() >= 400 && path !== '/favicon.ico')
        this.#faults.push(`${response.status()} for ${path}`);
    });
    this.page.on('requestfailed', (request) => {
      this.#answered += 1;
      this.#faults.push(`request failed: ${request.url()}`);
    });
  }

  /** Until fonts and whatever comes late, such as the phone rules, are there and painted. */
  async #settle() {
    let known = -1;
    for (let times = 0; times < 50 && (this.#asked !== known || this.#answered !== known); times += 1) {
      known = this.#asked;
      await this.page.evaluate(async () => {
        await document.fonts.ready;
        const { dueSoon } = globalThis as unknown as FrozenPage; // put there by `freezePage`
        for (let frames = 0; frames < 3 || (dueSoon.size > 0 && frames < 60); frames += 1)
          await new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve)));
      });
    }
  }

  async #pictureIn(change: Partial<StoryMode>) {
    const before = await this.page.evaluate(setStoryMode, change);
    const picture = await this.#picture();
    await this.page.evaluate(setStoryMode, before);
    return picture;
  }

  async #picture() {
    const height = await this.page.evaluate(measureHeight);
    const width = this.page.viewportSize()?.width ?? WIDE.width;
    const { data } = await this.cdp.send('Page.captureScreenshot', {
      clip: { x: 0, y: 0, width, height, scale: 1 },
      optimizeForSpeed: true,
    });
    return shrink(fromPng(Buffer.from(data, 'base64')));
  }
}

/** Resolves to what went wrong, once the story's play function is over. Runs in the page. */
function awaitStory() {
  const page = globalThis as StorybookPage;
  page.storyEnd = new Promise((resolve) => {
    const failures: string[] = [];
    const listen = () => {
      // oxlint-disable-next-line no-underscore-dangle -- Storybook's own name
      const channel = page.__STORYBOOK_ADDONS_CHANNEL__;
      if (!channel) return void setTimeout(listen, 1);
      const keep = (told: unknown) => {
        const { message, description } = told as { message?: string; description?: string };
        failures.push((message ?? description ?? JSON.stringify(told)).slice(0, 500)); // the page may follow
      };
      const failed = ['storyThrewException', 'storyErrored', 'storyMissing', 'playFunctionThrewException'];
      for (const event of [...failed, 'unhandledErrorsWhilePlaying']) channel.on(event, keep);
      channel.on('storyFinished', (told) => {
        const { status } = told as { status: string };
        resolve(status === 'success' ? failures : [...failures, `ended with '${status}'`]);
      });
      channel.on('storyMissing', () => resolve(failures));
    };
    listen();
  });
}
