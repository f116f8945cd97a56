import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import { expect } from 'vitest';

import { mobileNumbers, type PhoneCase } from './numbers.ts';
import type { PhoneBehavior } from './rows.ts';
import { habits, refusedNumbers } from './special-numbers.ts';

/** What is not plain text is written as an escape, so that one sees it. */
const visible = (text: string) =>
  JSON.stringify(text).replace(
    /[^ -~\p{Nd}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The page is not loaded anew for each of these: they are many. */
function numberBehavior({ chosen, way, form, text, e164, country }: PhoneCase): PhoneBehavior {
  const what = e164 ? `makes ${e164} of` : 'makes nothing of';
  return {
    about: e164 ? `a number ${way} ${form}` : form,
    title: `${what} ${visible(text)}, ${way} with ${chosen} chosen`,
    async run(field) {
      const state = await field.tryNumber({ country: chosen }, way, text);
      expect(state.e164 ?? null).toBe(e164);
      if (country) expect(state.country).toBe(country);
      else if (e164) {
        expect(e164).toContain(`+${getCountryCallingCode((state.country ?? 'none') as CountryCode)}`);
      }
    },
  };
}

export const numberBehaviors = [...mobileNumbers, ...habits, ...refusedNumbers].map((each) =>
  numberBehavior(each),
);
