import type { Behavior } from '../../field-lab/behavior.ts';
import type { PhonePage } from '../../field-lab/phone-page.ts';

export type PhoneBehavior = Behavior<PhonePage>;

/** Behaviours under one heading: `const typing = under('typing')`, then `typing('shows each digit', async (field) => …)`. */
export const under =
  (about: string) =>
  (title: string, run: PhoneBehavior['run']): PhoneBehavior => ({ about, title, run });
