/** Apart from the rest, so that a phone field on its own does not bring it along. */
export const enPhoneField = { label: 'Phone number', country: 'Country or region' };
