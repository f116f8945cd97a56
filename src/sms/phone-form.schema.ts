import * as z from 'zod/mini';

import type { PhoneNumberRules } from '../phone-field/phone-rules.js';
import { validatePhoneNumber } from '../phone-field/validate-phone-number.js';
import type { PhoneEntry } from './sms-enrollment.js';

/** What the phone form holds: the text as typed, and an ISO 3166-1 alpha-2 code. */
export interface PhoneFormValues {
  phone: string;
  country: string;
}

/** From what the phone form holds to the number that it means. An issue's message is a `PhoneNumberReason`. */
export const phoneFormSchema = (rules: () => PhoneNumberRules) =>
  z.transform(async ({ phone, country }: PhoneFormValues, context): Promise<PhoneEntry> => {
    const result = await validatePhoneNumber(phone, { ...rules(), country });
    if (result.ok) {
      // What was dialled from one country (`011…`) is not read in the other.
      const text = result.country === country ? phone : result.e164;
      return { text, country: result.country ?? country, e164: result.e164 };
    }
    context.issues.push({ code: 'custom', message: result.reason, path: ['phone'], input: undefined });
    return z.NEVER;
  });
