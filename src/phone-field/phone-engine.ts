// The one file that names the engine, so that bundlers keep of it what stands here. Loaded by `loadPhoneEngine` only.
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
export { default as examples } from 'libphonenumber-js/mobile/examples';
