import { expect } from 'vitest';

import type { Behavior } from '../../field-lab/behavior.ts';
import type { CodePage } from '../../field-lab/code-page.ts';

export type CodeBehavior = Behavior<CodePage>;
type CodeState = Awaited<ReturnType<CodePage['state']>>;

/** Behaviours under one heading: `const typing = under('typing')`, then `typing('ignores letters', async (field) => …)`. */
export const under =
  (about: string) =>
  (title: string, run: CodeBehavior['run']): CodeBehavior => ({ about, title, run });

export type KeyRow = readonly [
  title: string,
  /** Typed into an empty field of six. */
  typed: string,
  /** Pressed then, with blanks between them. */
  keys: string,
  value: string,
  /** The slot that the next digit goes to. */
  active: number,
];

/** Behaviours of one shape: something is typed, keys are pressed, and this stands there then. */
export const afterKeys = (about: string, rows: readonly KeyRow[]): CodeBehavior[] =>
  rows.map(([title, typed, keys, value, active]) => ({
    about,
    title,
    async run(field) {
      await field.enter();
      await field.type(typed);
      await field.press(...keys.split(' '));
      await expectShown(field, value, active);
    },
  }));

/** What the field holds and, where it is given, the slot that the next digit goes to. */
export const expectShown = (field: CodePage, value: string, active?: number): Promise<void> =>
  expectState(field, active === undefined ? { value } : { value, active });

/** What a person sees and the app was told, as far as it is given. */
export async function expectState(field: CodePage, expected: Partial<CodeState>): Promise<void> {
  const state = await field.state();
  const shown = Object.fromEntries(Object.keys(expected).map((key) => [key, state[key as keyof CodeState]]));
  expect(shown, `${JSON.stringify(shown)}, not ${JSON.stringify(expected)}`).toEqual(expected);
}
