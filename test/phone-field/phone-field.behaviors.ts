import { access } from './behaviors/access.ts';
import { countries } from './behaviors/countries.ts';
import { editing } from './behaviors/editing.ts';
import { formatting } from './behaviors/formatting.ts';
import { forms } from './behaviors/forms.ts';
import { loading } from './behaviors/loading.ts';
import { numberBehaviors } from './behaviors/number-behaviors.ts';
import { pasting } from './behaviors/pasting.ts';
import type { PhoneBehavior } from './behaviors/rows.ts';
import { verdicts } from './behaviors/verdicts.ts';

/** Each number that a phone field must understand or refuse. */
export const phoneNumbers: readonly PhoneBehavior[] = numberBehaviors;

/** How such a field feels in the hand. */
export const phoneInteractions: readonly PhoneBehavior[] = [
  ...formatting,
  ...editing,
  ...pasting,
  ...countries,
  ...verdicts,
  ...forms,
  ...loading,
  ...access,
];

export const phoneBehaviors: readonly PhoneBehavior[] = [...phoneNumbers, ...phoneInteractions];
