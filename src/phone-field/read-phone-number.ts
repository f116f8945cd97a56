import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core';

import type { PhoneNumberReason } from '../messages/messages.js';
import { asRegion, countryOf } from './countries.js';
import type { PhoneEngine } from './load-phone-engine.js';
import type { PhoneNumberResult, PhoneNumberRules } from './phone-rules.js';

/** What a normalized number means. Loaded with the engine. */
export function readPhoneNumber(
  number: string,
  rules: PhoneNumberRules,
  engine: PhoneEngine,
): PhoneNumberResult {
  const first = read(number, rules, engine);
  if (!number.startsWith('00')) return first;
  // 00 means + in most of the world, and is pressed for it in the rest. Where more is dialled, both can be meant.
  const abroad = read(`+${number.slice(2)}`, rules, engine);
  if (first.ok) return abroad.ok && abroad.e164 !== first.e164 ? refuse('invalid') : first;
  return abroad.ok || abroad.reason === 'country_not_allowed' ? abroad : first;
}

function read(plain: string, rules: PhoneNumberRules, engine: PhoneEngine): PhoneNumberResult {
  const { testNumbers = [] } = rules;
  const countries = rules.countries?.map(asRegion);
  const preferred = asRegion(rules.country);
  const number = parse(plain, preferred, engine);
  if (typeof number === 'string') return refuse(number);
  // What only looks like an extension may be the rest of the number.
  if (number.ext && !/\p{L}/u.test(plain)) return refuse('invalid');
  if (testNumbers.includes(number.number))
    return { ok: true, e164: number.number, country: number.country ?? preferred };
  if (number.isNonGeographic()) return refuse('not_mobile');
  if (!number.isValid()) return refuse(whyInvalid(number, engine));
  const country = countryOf(number, [preferred, ...(countries ?? [])], engine);
  if (countries && !(country && countries.includes(country))) return refuse('country_not_allowed');
  return { ok: true, e164: number.number, country };
}

const refuse = (reason: PhoneNumberReason): PhoneNumberResult => ({ ok: false, reason });

/** A number, if the text can be one at all; else the reason why not. */
function parse(
  plain: string,
  country: string | undefined,
  { isSupportedCountry, metadata, parsePhoneNumberWithError }: PhoneEngine,
): PhoneNumber | PhoneNumberReason {
  // The engine throws for a country it does not know. Casts: this is where a text is found to be one of its countries.
  const isKnown = country !== undefined && isSupportedCountry(country as CountryCode, metadata);
  try {
    return parsePhoneNumberWithError(
      plain,
      { extract: false, ...(isKnown && { defaultCountry: country as CountryCode }) },
      metadata,
    );
  } catch (error) {
    switch (error instanceof Error && error.message) {
      case 'TOO_SHORT':
        return 'too_short';
      case 'TOO_LONG':
        return 'too_long';
      case 'INVALID_COUNTRY':
        return plain.startsWith('+') ? 'invalid_country' : 'invalid';
      default:
        return 'invalid';
    }
  }
}

function whyInvalid(number: PhoneNumber, { Metadata, metadata }: PhoneEngine): PhoneNumberReason {
  // Cast: the engine's types leave out most of what a plan can tell.
  const plans = new Metadata(metadata) as unknown as NumberingPlans;
  plans.selectNumberingPlan(number.country ?? number.countryCallingCode);
  const { numberingPlan: plan } = plans;
  const { nationalNumber } = number;
  const byPlan = outside(nationalNumber, plan?.possibleLengths());
  if (!plan || byPlan) return byPlan ?? 'invalid';
  // What its country knows, though not as a mobile number, is a landline, toll-free or the like.
  if (new RegExp(`^(?:${plan.nationalNumberPattern()})$`).test(nationalNumber)) return 'not_mobile';
  return outside(nationalNumber, plan.type('MOBILE')?.possibleLengths()) ?? 'invalid';
}

function outside({ length }: string, possible: readonly number[] = []): PhoneNumberReason | undefined {
  if (possible.length === 0 || possible.includes(length)) return undefined;
  return length < Math.min(...possible)
    ? 'too_short'
    : length > Math.max(...possible)
      ? 'too_long'
      : undefined;
}

/** The part of the engine's `Metadata` that its own types leave out. */
interface NumberingPlans {
  /** @param plan A country, or a calling code that several share. */
  selectNumberingPlan: (plan: string) => void;
  numberingPlan?: {
    nationalNumberPattern: () => string;
    possibleLengths: () => number[];
    type: (type: 'MOBILE') => { possibleLengths: () => number[] } | undefined;
  };
}
