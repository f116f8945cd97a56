import * as fc from 'fast-check';
import { type CountryCode, getCountryCallingCode, Metadata } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** The kinds of numbers that the full metadata tells apart. */
export type NumberType =
  | 'MOBILE'
  | 'FIXED_LINE'
  | 'TOLL_FREE'
  | 'PREMIUM_RATE'
  | 'SHARED_COST'
  | 'VOIP'
  | 'PERSONAL_NUMBER'
  | 'PAGER'
  | 'UAN'
  | 'VOICEMAIL';

/** What libphonenumber's `Metadata` can tell and its types leave out. */
interface Plans {
  selectNumberingPlan: (country: string) => void;
  numberingPlan: {
    nationalNumberPattern: () => string;
    possibleLengths: () => number[];
    type: (
      type: NumberType,
    ) => { pattern: () => string; possibleLengths: () => number[] | undefined } | undefined;
  };
}

/**
 * Numbers of one type, E.164, made up from a country's own pattern for it: the metadata holds examples of mobile numbers
 * alone. None where the country has none.
 * @param except A type whose numbers are left out, where a country gives one number both.
 */
export function numbersOfType(
  country: CountryCode,
  type: NumberType,
  { except }: { except?: NumberType } = {},
) {
  const plans = new Metadata(metadata) as unknown as Plans; // see above
  plans.selectNumberingPlan(country);
  const { numberingPlan: plan } = plans;
  const its = plan.type(type);
  if (!its?.pattern()) return [];
  const isOf = (pattern: string | undefined, number: string) =>
    pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(number);
  const lengths = its.possibleLengths() ?? plan.possibleLengths();
  const other = except && plan.type(except)?.pattern();
  if (except && !other) return []; // left out of the metadata where it is the same: as in North America
  return fc
    .sample(fc.stringMatching(new RegExp(`^(?:${its.pattern()})$`)), { numRuns: 12, seed: 42 })
    .filter((number) => lengths.includes(number.length) && isOf(plan.nationalNumberPattern(), number))
    .filter((number) => !isOf(other, number))
    .map((number) => `+${getCountryCallingCode(country, metadata)}${number}`);
}
