import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { compare, type Difference } from './compare-pictures.ts';
import { fromPng, type Picture, toPng } from './small-picture.ts';
import { type Variant, VARIANTS } from './story-page.ts';

const HERE = import.meta.dirname;
const BASELINES = path.join(HERE, 'baselines');
/** Of the last comparison; git ignores it. */
const FAILED = path.join(HERE, 'failed');

const baselineOf = (variant: Variant, storyId: string) => path.join(BASELINES, variant, `${storyId}.png`);

export const forgetFailures = () => rmSync(FAILED, { recursive: true, force: true });

/** What is not as the committed picture has it. Puts both, and where they differ, into `test/pictures/failed`. */
export function differenceFromBaseline(
  storyId: string,
  variant: Variant,
  actual: Picture,
): string | undefined {
  const file = baselineOf(variant, storyId);
  if (!existsSync(file)) return 'has no baseline yet: `npm run pictures -- --update` takes one';
  const expected = fromPng(readFileSync(file));
  const difference = compare(actual, expected);
  if (!difference) return undefined;
  const beginning = path.join(FAILED, variant, storyId);
  mkdirSync(path.dirname(beginning), { recursive: true });
  const pictures = { actual, expected, ...(difference.where && { diff: difference.where }) };
  for (const [role, picture] of Object.entries(pictures))
    writeFileSync(`${beginning}.${role}.png`, toPng(picture));
  return `${difference.what}: see ${path.relative(process.cwd(), beginning)}.*.png`;
}

/** Keeps the picture as the baseline, unless the one there is as good: a commit should have no noise. */
export function updateBaseline(storyId: string, variant: Variant, actual: Picture): boolean {
  const file = baselineOf(variant, storyId);
  const difference: Difference | undefined = existsSync(file)
    ? compare(actual, fromPng(readFileSync(file)))
    : { what: 'new' };
  if (!difference) return false;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, toPng(actual));
  return true;
}

/** Baselines of stories that are there no more. */
export function strayBaselines(storyIds: readonly string[]): string[] {
  const known = new Set(storyIds.map((id) => `${id}.png`));
  return VARIANTS.flatMap((variant) => {
    const folder = path.join(BASELINES, variant);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files.filter((file) => !known.has(file)).map((file) => path.join(folder, file));
  });
}
