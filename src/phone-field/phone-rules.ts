import type { CountryCode } from 'libphonenumber-js/core';

import { asciiDigits } from '../code-input/ascii-digits.js';
import type { PhoneNumberReason } from '../messages/messages.js';
import type { PhoneEngine } from './load-phone-engine.js';

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

/** Characters that cannot be seen or that turn the writing direction; copied numbers are full of them. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** Text as a person writes it, with ASCII digits, a plain plus and plain blanks. Applying it twice changes nothing. */
export function normalizePhoneText(text: string): string {
  return asciiDigits(text)
    .replace(UNSEEN, '')
    .replace(/[＋﹢⁺]/g, '+')
    .replace(/[\s\u3000]+/g, ' ')
    .trim();
}

/** The first phone number in a pasted text: without `tel:`, labels, a trunk `(0)` behind a calling code, extensions. */
export function extractPhoneText(text: string): string {
  const plain = normalizePhoneText(text);
  const run = /(?:\+ ?)?\(?\d[\d ().\-‐-―/·]{3,}\d/.exec(plain)?.[0] ?? plain;
  return run.replace(/^(\+ ?\d{1,3}[ .-]?)\(0\)/, '$1').trim();
}

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
  const plain = normalizePhoneText(text).replace(/^(\+ ?\d{1,3}[ .-]?)\(0\)/, '$1');
  if (!/\d/.test(plain)) return { ok: false, reason: plain === '' ? 'empty' : 'invalid' };
  const first = read(plain, rules, engine);
  if (first.ok || !/^00[1-9]/.test(plain)) return first;
  // 00 means + in most of the world, and is pressed for it in the rest.
  const abroad = read(`+${plain.slice(2)}`, rules, engine);
  return abroad.ok || abroad.reason === 'country_not_allowed' ? abroad : first;
}

function read(plain: string, rules: PhoneNumberRules, engine: PhoneEngine): PhoneNumberResult {
  const { metadata } = engine;
  const { countries, testNumbers = [] } = rules;
  const options = { extract: false, ...defaultCountry(rules.country, engine) };
  const number = engine.parsePhoneNumberFromString(plain, options, metadata);
  if (!number) return refuse(lengthReason(plain, rules, engine) ?? 'invalid');
  if (testNumbers.includes(number.number))
    return { ok: true, e164: number.number, country: number.country ?? rules.country };
  if (number.isNonGeographic()) return refuse('not_mobile');
  if (!number.isValid()) return refuse(lengthReason(plain, rules, engine) ?? patternReason(number, engine));
  if (countries && !(number.country && countries.includes(number.country)))
    return refuse('country_not_allowed');
  return { ok: true, e164: number.number, country: number.country };
}

const refuse = (reason: PhoneNumberReason): PhoneNumberResult => ({ ok: false, reason });

/** The engine throws for a country it does not know. */
function defaultCountry(
  country: string | undefined,
  { isSupportedCountry, metadata }: PhoneEngine,
): { defaultCountry?: CountryCode } {
  return country && isSupportedCountry(country as CountryCode, metadata)
    ? { defaultCountry: country as CountryCode }
    : {};
}

function lengthReason(
  plain: string,
  { country }: PhoneNumberRules,
  engine: PhoneEngine,
): PhoneNumberReason | undefined {
  const options = { extract: false, ...defaultCountry(country, engine) };
  switch (engine.validatePhoneNumberLength(plain, options, engine.metadata)) {
    case 'TOO_SHORT':
      return 'too_short';
    case 'TOO_LONG':
      return 'too_long';
    case 'INVALID_COUNTRY':
      return plain.startsWith('+') ? 'invalid_country' : 'invalid';
    default:
      return undefined;
  }
}

/** A number that its country's plan knows, though not as a mobile one, is a landline, toll-free or the like. */
function patternReason(
  number: { country?: CountryCode | undefined; countryCallingCode: string; nationalNumber: string },
  { Metadata, metadata }: PhoneEngine,
): PhoneNumberReason {
  const plans: NumberingPlans = new Metadata(metadata) as unknown as NumberingPlans;
  plans.selectNumberingPlan(number.country ?? number.countryCallingCode);
  const pattern = plans.numberingPlan?.nationalNumberPattern();
  return pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(number.nationalNumber)
    ? 'not_mobile'
    : 'invalid';
}

/** The part of the engine's `Metadata` that its own types leave out, which is why it is cast. */
interface NumberingPlans {
  /** @param plan A country, or a calling code that several share. */
  selectNumberingPlan: (plan: string) => void;
  numberingPlan?: { nationalNumberPattern: () => string };
}
