// @vitest-environment node
import {
  type CountryCode,
  getCountries,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';

import { mobileNumbers } from './behaviors/numbers.ts';
import { habits, refusedNumbers } from './behaviors/special-numbers.ts';

const isMobile = (text: string, country: string) => {
  const defaultCountry = country as CountryCode;
  const number = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
  return number !== undefined && !number.isNonGeographic() && /MOBILE/.test(number.getType() ?? '');
};

describe('the numbers that every phone field is tried with', () => {
  it('come from every country, in two forms or more', () => {
    const seldom = getCountries().filter((country) => {
      const number = getExampleNumber(country, examples)?.number;
      return mobileNumbers.filter(({ e164 }) => e164 === number).length < 2;
    });
    expect(seldom).toEqual([]);
  });

  it('come in each form forty times or more', () => {
    const counts = new Map<string, number>();
    for (const { way, form } of mobileNumbers) {
      counts.set(`${way} ${form}`, (counts.get(`${way} ${form}`) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count < 40)).toEqual([]);
  });

  it('are mobile by the full metadata where one has to come out', () => {
    const wrong = [...mobileNumbers, ...habits].filter(({ e164 }) => !isMobile(e164 ?? '', 'US'));
    expect(wrong).toEqual([]);
  });

  it('are mobile by nothing where none may', () => {
    const wrong = refusedNumbers.filter(({ text, chosen }) => isMobile(text.replace(/^tel:/, ''), chosen));
    expect(wrong).toEqual([]);
  });
});
