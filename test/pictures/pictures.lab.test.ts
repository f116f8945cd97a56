import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchChromium } from '../field-lab/field-page.ts';
import { builtStorybook } from '../storybook/built-storybook.ts';
import { differenceFromBaseline, forgetFailures, strayBaselines } from './baselines.ts';
import { type StoryVisit, VARIANTS } from './story-page.ts';
import { listStories, visitStories } from './visit-stories.ts';

/** The person has something open, or go, in the middle of a list: what is below it follows. */
const MAY_MOVE = /^factors-factorlist-removing-one--/;

// Before the tests are known: there is one for each story.
const storybook = await builtStorybook();
const stories = await listStories(storybook.origin);

let browser: Browser;
let visits: Map<string, Promise<StoryVisit>>;

beforeAll(async () => {
  forgetFailures();
  browser = await launchChromium();
  visits = new Map(
    visitStories(browser, storybook.origin, stories).map(({ story, visit }) => [story.id, visit]),
  );
});
afterAll(async () => {
  await browser?.close();
  await storybook.stop();
});

describe.each([...new Set(stories.map(({ title }) => title))])('%s', (component) => {
  const own = stories.filter(({ title }) => title === component);
  it.each(own.map(({ name, id }) => [name, id]))(
    '%s looks as it did, fits and moves nothing',
    async (_name, id) => {
      const visit = await visits.get(id);
      expect(visit?.faults).toEqual([]);
      for (const variant of VARIANTS) {
        const picture = visit?.pictures[variant];
        expect.soft(picture && differenceFromBaseline(id, variant, picture), variant).toBeUndefined();
      }
      // A window of 1280 px has the same 320 CSS px at 400 % zoom.
      expect.soft(visit?.layoutFaults, '320 px wide').toEqual([]);
      if (!MAY_MOVE.test(id)) expect.soft(visit?.shifts, 'layout shifts').toEqual([]);
    },
  );
});

describe('the baselines', () => {
  it('show no story that is gone', () => {
    expect(strayBaselines(stories.map(({ id }) => id))).toEqual([]);
  });
});
