import type { Browser } from 'playwright';

import { type StoryEntry, StoryPage, type StoryVisit } from './story-page.ts';

/** The stories of a built Storybook in its own order, without its pages of documentation. */
export async function listStories(origin: string): Promise<StoryEntry[]> {
  const response = await fetch(`${origin}/index.json`);
  const { entries } = (await response.json()) as { entries: Record<string, StoryEntry & { type: string }> };
  return Object.values(entries).filter(({ type }) => type === 'story');
}

/** Two cores, two tabs. */
const TABS = 2;

/** Visits each story once, in their order, in tabs that go with the browser. Each visit can be awaited by itself. */
export function visitStories(
  browser: Browser,
  origin: string,
  stories: readonly StoryEntry[],
): { story: StoryEntry; visit: Promise<StoryVisit> }[] {
  const visits = stories.map((story) => ({ story, ...withResolver() }));
  const waiting = visits.values();
  const work = async () => {
    const tab = await StoryPage.open(browser, origin);
    // Both tabs take from the same list.
    for (const { story, resolve } of waiting) resolve(await tab.visit(story));
  };
  for (let tab = 0; tab < TABS; tab += 1) void work();
  return visits;
}

function withResolver() {
  let resolve: (visit: StoryVisit) => void = () => undefined;
  const visit = new Promise<StoryVisit>((settle) => (resolve = settle));
  return { visit, resolve };
}
