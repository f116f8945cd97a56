import type { AsYouType, CountryCode } from 'libphonenumber-js/core';

import { callingCode } from './countries.js';
import type { PhoneEngine } from './load-phone-engine.js';
import { normalizePhoneText, significant } from './phone-text.js';

/** Writes numbers in the groups of their country while they are being typed. */
export interface PhoneFormatter {
  /** The text in groups; as it is, where it is not just a number. */
  format: (text: string) => string;
  /** Whose calling code the number formatted last begins with, if it has one. */
  readonly country: string | undefined;
}

/** @param country Whose numbers may come without a calling code. It wins among countries that share one. */
export function createPhoneFormatter(country: string, engine: PhoneEngine): PhoneFormatter {
  let typed = '';
  let typer: AsYouType | undefined;
  return {
    format(text) {
      const plain = normalizePhoneText(text);
      // A parenthesis behind a plus is somebody's “(0)”, which has no place in any group.
      if (!/^\+?[\d ().\-‐-―/·]*$/.test(plain) || /^\+.*\(/.test(plain)) {
        typer = undefined;
        return text;
      }
      const digits = significant(plain);
      // One digit more is a fifth of the work of all of them.
      if (!typer || !digits.startsWith(typed)) {
        typer = new engine.AsYouType(country as CountryCode, engine.metadata);
        typed = '';
      }
      const grouped = typer.input(digits.slice(typed.length));
      typed = digits;
      // Where the engine knows no groups, or would lose something, a person's own stay.
      if (grouped === digits || significant(grouped) !== digits) return /[^ -~]/.test(text) ? plain : text;
      return grouped;
    },
    get country() {
      const code = typer?.isInternational() ? typer.getCallingCode() : undefined;
      if (code === undefined) return undefined;
      if (typer?.getCountry()) return typer.getCountry();
      if (callingCode(country, engine) === code) return country;
      const sharing = new engine.Metadata(engine.metadata) as unknown as CallingCodes;
      return sharing.getCountryCodesForCallingCode(code)?.[0];
    },
  };
}

/** The part of the engine's `Metadata` that its own types leave out, which is why it is cast. */
interface CallingCodes {
  /** The country that leads the numbering plan comes first. */
  getCountryCodesForCallingCode: (code: string) => string[] | undefined;
}
