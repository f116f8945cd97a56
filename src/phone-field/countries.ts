import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core';

import type { PhoneEngine } from './load-phone-engine.js';
import type { PhoneNumberRules } from './phone-rules.js';

/** The option's text, by which people find it: `United Kingdom (+44)`. Without an engine the name alone. */
export function countryLabel(country: string, locale: string, engine?: PhoneEngine): string {
  const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country;
  const code = engine && callingCode(country, engine);
  return code ? `${name} (+${code})` : name;
}

/** ISO 3166-1 alpha-2 in capitals; `undefined` for anything else, such as the 419 of `es-419`. */
export const asRegion = (text: string | undefined): string | undefined =>
  /^[a-z]{2}$/i.test(text ?? '') ? text?.toUpperCase() : undefined;

/** `undefined` where a country has none that the engine knows. */
export function callingCode(country: string, engine: PhoneEngine): string | undefined {
  // Cast: whether it is one of the engine's countries is what is asked here.
  return engine.isSupportedCountry(country as CountryCode, engine.metadata)
    ? engine.getCountryCallingCode(country as CountryCode, engine.metadata)
    : undefined;
}

/**
 * Whose number a valid one is. Where countries share a calling code and their patterns both fit, nobody can tell: the
 * first of those preferred, else the one that the engine names.
 */
export function countryOf(
  number: PhoneNumber,
  preferred: readonly (string | undefined)[],
  engine: PhoneEngine,
): string | undefined {
  const code = number.countryCallingCode;
  const fits = (country: string | undefined) =>
    country !== undefined &&
    callingCode(country, engine) === code &&
    Object.assign(engine.parsePhoneNumberWithError(number.number, engine.metadata), { country }).isValid();
  return preferred.find(fits) ?? number.country;
}

/** The countries to choose from, in the order of their names. */
export function listCountries(
  locale: string,
  engine: PhoneEngine,
  allowed: readonly string[] | undefined,
): { country: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const { compare } = new Intl.Collator(locale);
  return engine
    .getCountries(engine.metadata)
    .filter((country) => !allowed || allowed.some((each) => asRegion(each) === country))
    .map((country) => ({ country, name: names.of(country) ?? country }))
    .sort((one, other) => compare(one.name, other.name)) // of a copy
    .map(({ country, name }) => ({ country, label: `${name} (+${callingCode(country, engine)})` }));
}

/** The country that a field begins with, before it knows the device. */
export function firstCountry({
  country,
  countries,
}: Pick<PhoneNumberRules, 'country' | 'countries'>): string {
  const region = asRegion(country);
  if (!countries) return region ?? 'US';
  return asRegion(countries.find((each) => asRegion(each) === region) ?? countries[0]) ?? 'US';
}

/** The country a device is set up for, as far as its language tells. */
export function guessCountry(): string | undefined {
  try {
    return asRegion(new Intl.Locale(navigator.language).maximize().region);
  } catch {
    return undefined; // a browser with a language tag of its own making
  }
}
