import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core';

import type { PhoneNumberReason } from '../messages/messages.js';
import { countryOf } from './countries.js';
import type { PhoneEngine } from './load-phone-engine.js';
import { dropTrunk, isJustNumber, normalizePhoneText, significant } from './phone-text.js';

export interface PhoneNumberRules {
  /** The country whose numbers may be written without a calling code: ISO 3166-1 alpha-2. */
  country?: string | undefined;
  /** The only countries whose numbers are taken. Without it, all are. */
  countries?: readonly string[] | undefined;
  /** Numbers taken although no numbering plan knows them: E.164, such as WorkOS's `+15005550006`. */
  testNumbers?: readonly string[] | undefined;
}

export type PhoneNumberResult =
  | {
      ok: true;
      e164: string;
      /** ISO 3166-1 alpha-2; `undefined` where several countries share the number's plan and none is known. */
      country: string | undefined;
    }
  | { ok: false; reason: PhoneNumberReason };

/** E.164's form alone, for when the engine cannot be loaded: the server decides then. */
export function readE164(text: string): PhoneNumberResult {
  const compact = normalizePhoneText(text).replace(/[ ().\-‐-―/]/g, '');
  if (compact === '') return { ok: false, reason: 'empty' };
  return /^\+[1-9]\d{6,14}$/.test(compact)
    ? { ok: true, e164: compact, country: undefined }
    : { ok: false, reason: 'invalid' };
}

/** What a number means, and whether a text message can be sent to it. */
export function interpretPhoneNumber(
  text: string,
  rules: PhoneNumberRules,
  engine: PhoneEngine,
): PhoneNumberResult {
  const plain = dropTrunk(normalizePhoneText(text));
  if (!/\d/.test(plain)) return { ok: false, reason: plain === '' ? 'empty' : 'invalid' };
  // The engine does not know all the punctuation that people put between digits.
  const number = isJustNumber(plain) ? significant(plain) : plain;
  const first = read(number, rules, engine);
  if (first.ok || !number.startsWith('00')) return first;
  // 00 means + in most of the world, and is pressed for it in the rest.
  const abroad = read(`+${number.slice(2)}`, rules, engine);
  return abroad.ok || abroad.reason === 'country_not_allowed' ? abroad : first;
}

function read(plain: string, rules: PhoneNumberRules, engine: PhoneEngine): PhoneNumberResult {
  const { countries, testNumbers = [] } = rules;
  const number = parse(plain, rules.country, engine);
  if (typeof number === 'string') return refuse(number);
  if (testNumbers.includes(number.number))
    return { ok: true, e164: number.number, country: number.country ?? rules.country };
  if (number.isNonGeographic()) return refuse('not_mobile');
  if (!number.isValid()) return refuse(whyInvalid(number, engine));
  const country = countryOf(number, [rules.country, ...(countries ?? [])], engine);
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
  // The engine throws for a country it does not know.
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

/** The part of the engine's `Metadata` that its own types leave out, which is why it is cast. */
interface NumberingPlans {
  /** @param plan A country, or a calling code that several share. */
  selectNumberingPlan: (plan: string) => void;
  numberingPlan?: {
    nationalNumberPattern: () => string;
    possibleLengths: () => number[];
    type: (type: 'MOBILE') => { possibleLengths: () => number[] } | undefined;
  };
}
