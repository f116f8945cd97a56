import type { MfaMessages } from './messages.js';

/** Apart from the rest, so that a phone field on its own does not bring it along. */
export const enPhone: MfaMessages['phone'] = {
  label: 'Phone number',
  country: 'Country or region',
  reasons: {
    empty: 'Enter your mobile phone number.',
    too_short: 'This number is too short.',
    too_long: 'This number is too long.',
    not_mobile: 'This number cannot receive text messages. Enter a mobile number.',
    invalid_country: 'No country has this calling code. Check the digits after the +.',
    invalid: 'This is not a phone number we know. Check the digits.',
    country_not_allowed: 'We cannot send text messages to this country. Use a number of another one.',
  },
  example: 'A number here looks like {example}.',
  endingIn: 'number ending in {digits}',
};
