import type { CountryCode, PhoneNumber } from 'libphonenumber-js/core';

import { loadedPhoneEngine, type PhoneEngine } from './load-phone-engine.js';
import type { PhoneNumberRules } from './phone-rules.js';

/** The option's text, by which people find it: `United Kingdom (+44)`. Without an engine the name alone. */
export function countryLabel(country: string, locale: string, engine?: PhoneEngine): string {
  const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country;
  return engine ? `${name} (+${callingCode(country, engine)})` : name;
}

export function callingCode(country: string, { getCountryCallingCode, metadata }: PhoneEngine): string {
  return getCountryCallingCode(country as CountryCode, metadata);
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
    engine.isSupportedCountry(country as CountryCode, engine.metadata) &&
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
    .filter((country) => !allowed || allowed.includes(country))
    .map((country) => ({ country, name: names.of(country) ?? country }))
    .sort((one, other) => compare(one.name, other.name)) // of a copy
    .map(({ country, name }) => ({ country, label: `${name} (+${callingCode(country, engine)})` }));
}

/** The country that a field begins with, before it knows the device. */
export function firstCountry({
  country,
  countries,
}: Pick<PhoneNumberRules, 'country' | 'countries'>): string {
  const [first] = countries ?? [country ?? 'US'];
  return (country && countries?.includes(country) ? country : first) ?? 'US';
}

/** The country a device is set up for, as far as its language tells. */
export function guessCountry(): string | undefined {
  try {
    return new Intl.Locale(navigator.language).maximize().region;
  } catch {
    return undefined; // a browser with a language tag of its own making
  }
}

/** A mobile number of a country as people there write it, once the engine has loaded: a mistake is told after that. */
export function phoneExample(country: string): string | undefined {
  const engine = loadedPhoneEngine();
  const example = engine?.getExampleNumber(country as CountryCode, engine.examples, engine.metadata);
  return example?.formatNational();
}
