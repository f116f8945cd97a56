export interface StoryMode {
  theme: string;
  dir: string;
}

/**
 * Shows the story in another mode, in place: whatever its play function has reached stays. The toolbar's way would render
 * it anew.
 * @returns The mode it was in.
 */
export function setStoryMode(mode: Partial<StoryMode>): StoryMode {
  const root = document.documentElement;
  const before = { theme: root.style.colorScheme, dir: root.dir };
  for (const element of [root, ...document.querySelectorAll<HTMLElement>('.page')]) {
    element.style.colorScheme = mode.theme ?? before.theme;
    element.dir = mode.dir ?? before.dir;
  }
  return before;
}
