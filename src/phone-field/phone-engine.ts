// All that is loaded only when a phone number is wanted, by `loadPhoneEngine`: the engine, so that bundlers keep of it what
// stands here, and the rules that cannot do without it.
export {
  AsYouType,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/core/es6';
export { default as metadata } from 'libphonenumber-js/mobile/metadata';

export { readPhoneNumber } from './read-phone-number.js';
