import metadata from 'libphonenumber-js/max/metadata';

import * as phoneEngine from '../phone-field/phone-engine.js';
import { Refusal } from './refusal.js';

/** The field's own rules, on the full numbering plans: those tell a landline or a premium line in every country. */
const ENGINE = { ...phoneEngine, metadata };
const { getCountries, parsePhoneNumberWithError, readPhoneNumber } = ENGINE;

export interface SmsNumberRules {
  /** ISO 3166-1 alpha-2, in capitals; `undefined` for all. */
  countries: readonly string[] | undefined;
  /** E.164. */
  testNumbers: readonly string[];
}

/**
 * A number that a text message may be sent to: valid, written in E.164 to the letter, of a mobile phone, in a country
 * that is allowed. Not premium, toll-free, shared-cost, VoIP, pager or satellite: those are what message pumping earns by.
 */
export function requireSmsNumber(text: string, { countries, testNumbers }: SmsNumberRules): void {
  if (testNumbers.includes(text)) return;
  if (!/^\+[1-9]\d{6,14}$/.test(text)) throw new Refusal('invalid_phone_number');
  const result = readPhoneNumber(text, { countries }, ENGINE);
  if (!result.ok) {
    const isReal = result.reason === 'country_not_allowed' || result.reason === 'not_mobile';
    throw new Refusal(isReal ? 'phone_not_supported' : 'invalid_phone_number');
  }
  // `+440…` is understood, and is not E.164: one number would have many names, and a limit for each.
  if (result.e164 !== text) throw new Refusal('invalid_phone_number');
  const type = parsePhoneNumberWithError(text, metadata).getType();
  if (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE') throw new Refusal('phone_not_supported');
}

/** Whether text is a country that numbers can be limited to. */
export const isCountry = (text: unknown): text is string =>
  typeof text === 'string' && getCountries(metadata).some((country) => country === text);
