import { rm } from 'node:fs/promises';

import { launchChromium } from '../field-lab/field-page.ts';
import { builtStorybook } from '../storybook/built-storybook.ts';
import { differenceFromBaseline, forgetFailures, strayBaselines, updateBaseline } from './baselines.ts';
import { type Shot, writeSheet } from './contact-sheet.ts';
import { VARIANTS } from './story-page.ts';
import { listStories, visitStories } from './visit-stories.ts';

/**
 * Takes four pictures of each story, writes the contact sheets, and compares with the baselines or, with `--update`,
 * rewrites those that differ.
 * @returns The exit code: 1 when a picture differs or a story fails.
 */
export async function run(args: readonly string[]): Promise<number> {
  const isUpdate = args.includes('--update');
  const storybook = await builtStorybook();
  const browser = await launchChromium();
  const faults: string[] = [];
  const shots = VARIANTS.map((variant) => ({ variant, shots: [] as Shot[] }));
  let updated = 0;
  try {
    forgetFailures();
    const stories = await listStories(storybook.origin);
    for (const { story, visit } of visitStories(browser, storybook.origin, stories)) {
      const { pictures, faults: own } = await visit;
      faults.push(...own.map((fault) => `${story.id}: ${fault}`));
      for (const { variant, shots: known } of shots) {
        const picture = pictures[variant];
        if (!picture) continue;
        known.push({ story, picture });
        if (isUpdate) {
          updated += Number(updateBaseline(story.id, variant, picture));
        } else {
          const difference = differenceFromBaseline(story.id, variant, picture);
          if (difference) faults.push(`${story.id}, ${variant}: ${difference}`);
        }
      }
    }
    const strays = strayBaselines(stories.map(({ id }) => id));
    if (isUpdate) {
      await Promise.all(strays.map((file) => rm(file)));
      console.log(`${updated} baselines rewritten, ${strays.length} removed.`);
    } else {
      faults.push(...strays.map((file) => `${file}: its story is gone`));
    }
    for (const { variant, shots: known } of shots) console.log(await writeSheet(browser, variant, known));
  } finally {
    await browser.close();
    await storybook.stop();
  }
  for (const fault of faults) console.error(fault);
  return faults.length > 0 ? 1 : 0;
}
