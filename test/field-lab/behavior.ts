/** One thing a field has to do, as a person would notice it. `run` throws where it does not. */
export interface Behavior<Page> {
  /** The heading it stands under. */
  about: string;
  /** A sentence that goes on from the field's name: `takes a pasted 123 456`. */
  title: string;
  run: (field: Page) => Promise<void>;
}

export interface Verdict {
  about: string;
  title: string;
  /** The first line of what was wrong. */
  failure: string | undefined;
}

/** Tries every behavior on one candidate, each on a page that holds nothing of the one before. */
export async function judge<Page extends { clear: () => Promise<void> }>(
  field: Page,
  behaviors: readonly Behavior<Page>[],
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { about, title, run } of behaviors) {
    let failure: string | undefined;
    try {
      await field.clear();
      await run(field);
    } catch (error) {
      failure = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    }
    verdicts.push({ about, title, failure });
  }
  return verdicts;
}
