import type { AsYouType, CountryCode } from 'libphonenumber-js/core';

import { callingCode, countryOf } from './countries.js';
import type { PhoneEngine } from './load-phone-engine.js';
import { isJustNumber, normalizePhoneText, significant } from './phone-text.js';

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

  function type(digits: string): string {
    // One digit more is a fifth of the work of all of them, but the engine loses its way where a number may turn out to
    // be one dialled for abroad (`00`, `810`): there it starts over.
    const isOneMore = typed !== '' && digits.startsWith(typed) && !/^0\d{0,5}$/.test(typed);
    // Cast: one that the engine does not know groups as none does.
    if (!typer || !isOneMore) typer = new engine.AsYouType(country as CountryCode, engine.metadata);
    const grouped = typer.input(isOneMore ? digits.slice(typed.length) : digits);
    const isAstray = isOneMore && typer.isInternational() && !digits.startsWith('+');
    typed = isAstray ? '' : digits;
    return isAstray ? type(digits) : grouped;
  }

  return {
    format(text) {
      const plain = normalizePhoneText(text);
      const digits = significant(plain);
      let grouped = '?';
      try {
        // A parenthesis behind a plus is somebody's “(0)”, which has no place in any group.
        if (isJustNumber(plain) && !/^\+.*\(/.test(plain)) grouped = type(digits);
      } catch {
        // `08` in Samoa: 0 is what is dialled for abroad there, and 8 is nowhere.
      }
      // Where the engine knows no groups a person's own stay, but for leftovers of groups.
      if (grouped === digits) return plain.includes('(') ? digits : plain.replace(/[^\d+]+$/, '');
      if (grouped !== '?' && significant(grouped) === digits) return grouped;
      typed = '';
      return text;
    },
    get country() {
      // Numbers for abroad without a plus (`00`, `011`) mean something else in another country: they wait for a verdict.
      const code = typed.startsWith('+') ? typer?.getCallingCode() : undefined;
      if (code === undefined) return undefined;
      const number = typer?.getNumber();
      if (number?.isValid()) return countryOf(number, [country], engine);
      if (callingCode(country, engine) === code) return country;
      // Cast: the engine's types leave this method out.
      const sharing = new engine.Metadata(engine.metadata) as unknown as CallingCodes;
      return sharing.getCountryCodesForCallingCode(code)?.[0];
    },
  };
}

/** The part of the engine's `Metadata` that its own types leave out. */
interface CallingCodes {
  /** The country that leads the numbering plan comes first. */
  getCountryCodesForCallingCode: (code: string) => string[] | undefined;
}
