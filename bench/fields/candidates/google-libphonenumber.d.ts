/** The part of the package that is used here; it comes without types. */
declare module 'google-libphonenumber' {
  export const PhoneNumberType: { MOBILE: number; FIXED_LINE_OR_MOBILE: number };
  export class PhoneNumberUtil {
    static getInstance(): PhoneNumberUtil;
    parseAndKeepRawInput(phone: string, region?: string): object;
    isValidNumber(number: object): boolean;
    getNumberType(number: object): number;
  }
}
