import type { CountryCode } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/mobile/examples';

import { loadedPhoneEngine } from '../phone-field/load-phone-engine.js';

/** A mobile number of a country as people there write it, once the engine has loaded: a mistake is told after that. */
export function phoneExample(country: string): string | undefined {
  const engine = loadedPhoneEngine();
  // Cast: one that the engine does not know has no example.
  const example = engine?.getExampleNumber(country as CountryCode, examples, engine.metadata);
  return example?.formatNational();
}
