// @vitest-environment node
import * as fc from 'fast-check';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { validatePhoneNumber } from 'mfa-kit';
import { describe, expect, it } from 'vitest';

import { Refusal } from '../../src/server/refusal.js';
import { isCountry, requireSmsNumber, type SmsNumberRules } from '../../src/server/sms-number.js';
import { mobileNumbers } from '../phone-field/behaviors/numbers.ts';
import { habits, refusedNumbers } from '../phone-field/behaviors/special-numbers.ts';
import { ADA, mountHandler } from './mounted-handler.js';
import { numbersOfType } from './numbering-plans.js';

/** `taken`, or why not. */
function verdict(number: string, { countries, testNumbers = [] }: Partial<SmsNumberRules> = {}): string {
  try {
    requireSmsNumber(number, { countries, testNumbers });
    return 'taken';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

const COUNTRIES = getCountries(metadata);
const mobileOf = (country: string) => {
  const number = getExampleNumber(country as CountryCode, examples, metadata)?.number; // one of the metadata's own
  if (number === undefined) throw new Error(`There is no example of ${country}.`);
  return number;
};

describe('a mobile phone', () => {
  it.each(COUNTRIES)(
    'of %s gets its message, everywhere and where its country is the only one allowed',
    (country) => {
      const number = mobileOf(country);
      expect(verdict(number)).toBe('taken');
      expect(verdict(number, { countries: [country] })).toBe('taken');
      const others = COUNTRIES.filter(
        (other) => getCountryCallingCode(other, metadata) !== getCountryCallingCode(country, metadata),
      );
      expect(verdict(number, { countries: others })).toBe('phone_not_supported');
    },
  );

  it.each([
    ['US', '+12133734253', ['CA', 'JM', 'PR', 'DO']],
    ['CA', '+15062345678', ['US', 'JM']],
    ['JM', '+18762101234', ['US', 'CA']],
    ['DO', '+18092345678', ['US', 'PR']],
    ['GB', '+447400123456', ['GG', 'JE', 'IM']],
    ['GG', '+447781123456', ['GB', 'JE', 'IM']],
    ['JE', '+447797712345', ['GB', 'GG', 'IM']],
    ['RU', '+79123456789', ['KZ']],
    ['KZ', '+77710009998', ['RU']],
    ['GP', '+590690001234', ['FR', 'RE', 'MQ']],
    ['RE', '+262692123456', ['YT', 'FR']],
    ['YT', '+262639012345', ['RE', 'FR']],
    ['BQ', '+5993181234', ['CW']],
    ['CW', '+59995181234', ['BQ']],
    ['NO', '+4741234567', ['SE']],
  ])('of %s, %s, is told from those that share its calling code', (country, number, others) => {
    expect(verdict(number, { countries: [country] })).toBe('taken');
    for (const other of others)
      expect(verdict(number, { countries: [other] }), other).toBe('phone_not_supported');
    expect(verdict(number, { countries: [...others, country] })).toBe('taken');
  });

  // Nobody can tell whose these are: their plans are the same. Who allows one of the two allows the number.
  it.each([
    ['+358412345678', ['FI', 'AX']],
    ['+393123456789', ['IT', 'VA']],
    ['+590690001234', ['GP', 'BL', 'MF']],
    ['+61412345678', ['AU', 'CC', 'CX']],
    ['+4741234567', ['NO', 'SJ']],
    ['+447924123456', ['GB', 'IM']],
    ['+212650123456', ['MA', 'EH']],
  ])('%s may be of any of %j, and is taken where one of them is allowed', (number, countries) => {
    for (const country of countries) expect(verdict(number, { countries: [country] }), country).toBe('taken');
    expect(verdict(number, { countries: ['DE', 'US'] })).toBe('phone_not_supported');
  });
});

describe('the form', () => {
  const NUMBER = '+447400123456';

  it.each([
    '447400123456',
    '00447400123456',
    '07400123456',
    '+4407400123456',
    '+44(0)7400123456',
    '+44 7400 123456',
    '+44-7400-123456',
    '+44.7400.123456',
    ' +447400123456',
    '+447400123456 ',
    '+447400123456\n',
    '\u200e+447400123456',
    '＋447400123456',
    '++447400123456',
    '+447400123456;ext=1',
    '+447400123456x1',
    'tel:+447400123456',
    '+447400123456,+447400123457',
    '+٤٤٧٤٠٠١٢٣٤٥٦',
    '+44740012345６',
    '+04407400123456',
    '+4474001234567',
    '+44740012345',
    '+999123456789',
    '+',
    '',
    '__proto__',
  ])('%j is no E.164, so that one number has one name and one limit', (text) => {
    expect(verdict(text)).toBe('invalid_phone_number');
  });

  it.each([
    ['an Italian landline’s 0 is part of it, a mobile’s is wrong', '+3903123456789'],
    ['an Argentine 15 is for calls at home', '+5411152345678'],
    ['an Argentine mobile without its 9 is a landline', '+541123456789'],
    ['a Mexican 1 is of before 2020', '+5215512345678'],
    ['a Brazilian mobile has nine digits now', '+551161234567'],
    ['a Russian 8 is for calls at home', '+789123456789'],
    ['a Hungarian 06 is for calls at home', '+3606201234567'],
  ])('%s', (_why, text) => {
    expect(verdict(text)).not.toBe('taken');
  });

  it('is the one that libphonenumber writes, for whatever is let through', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789')),
      minLength: 4,
      maxLength: 12,
    });
    const codes = fc.constantFrom(...COUNTRIES.map((country) => getCountryCallingCode(country, metadata)));
    let taken = 0;
    fc.assert(
      fc.property(codes, digits, (code, rest) => {
        const text = `+${code}${rest}`;
        if (verdict(text) !== 'taken') return;
        taken += 1;
        const number = parsePhoneNumberFromString(text, metadata);
        expect([number?.number, number?.isValid()]).toEqual([text, true]);
        expect(number?.getType()).toMatch(/^(FIXED_LINE_OR_)?MOBILE$/);
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(10);
  });

  it('of a test number is compared to the letter, and opens no other', () => {
    const testNumbers = ['+15005550006'];
    expect(verdict('+15005550006', { testNumbers })).toBe('taken');
    expect(verdict('+15005550006', { testNumbers, countries: ['GB'] })).toBe('taken');
    expect(verdict('+15005550006')).not.toBe('taken');
    for (const other of ['+15005550007', '+1500555000', '+150055500061', '15005550006', '+1 500 555 0006']) {
      expect(verdict(other, { testNumbers }), other).not.toBe('taken');
    }
    expect(verdict(NUMBER, { testNumbers })).toBe('taken');
  });
});

const COSTLY = [
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
] as const;

describe('what message pumping earns by, or no message reaches,', () => {
  it.each(COSTLY)('gets none: every country’s numbers of type %s', (type) => {
    const wrong: string[] = [];
    let tried = 0;
    for (const country of COUNTRIES) {
      for (const number of numbersOfType(country, type)) {
        tried += 1;
        if (verdict(number) === 'taken') wrong.push(`${country} ${number}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  });

  it('gets none: every country’s landlines, as far as they can be told from mobiles', () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const country of COUNTRIES) {
      for (const number of numbersOfType(country, 'FIXED_LINE', { except: 'MOBILE' })) {
        tried += 1;
        if (verdict(number) === 'taken') wrong.push(`${country} ${number}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(1000);
  });

  it.each([
    ['a landline', '+442079460018'],
    ['a landline', '+33123456789'],
    ['a landline', '+4930123456'],
    ['a landline', '+81312345678'],
    ['a toll-free line', '+18002345678'],
    ['a toll-free line', '+448001234567'],
    ['a premium line', '+19002345678'],
    ['a premium line', '+449012345678'],
    ['a premium line', '+33891123456'],
    ['a premium line', '+499001234567'],
    ['a line of shared cost', '+448431234567'],
    ['a line of shared cost', '+4918012345'],
    ['a line of shared cost', '+39848123456'],
    ['a personal number', '+447012345678'],
    ['a personal number', '+15002345678'],
    ['a pager', '+447640123456'],
    ['a pager', '+4916412345'],
    ['an internet phone', '+445612345678'],
    ['an internet phone', '+815012345678'],
    ['an internet phone', '+33912345678'],
    ['a company’s number', '+443301234567'],
    ['Inmarsat', '+870773111632'],
    ['Inmarsat', '+870301234567'],
    ['UPT', '+878101234567890'],
    ['Iridium', '+881612345678'],
    ['Globalstar', '+881812345678'],
    ['a network of no country', '+88213123456'],
    ['Thuraya', '+88216123456'],
    ['a network of no country', '+883510001234'],
    ['a network of no country', '+883510001234567'],
    ['disaster relief', '+888123456789'],
    ['disaster relief', '+88812345678901'],
    ['an international toll-free line', '+80012345678'],
    ['international shared cost', '+80812345678'],
    ['an international premium line', '+979123456789'],
    ['a code of the future', '+99912345678'],
    ['a code of the future', '+21012345678'],
  ])('gets none: %s, %s', (_what, number) => {
    expect(verdict(number)).not.toBe('taken');
    expect(verdict(number, { countries: COUNTRIES })).not.toBe('taken');
  });

  it.each(['800', '808', '870', '878', '881', '882', '883', '888', '979'])(
    'gets none: all of +%s',
    (code) => {
      const digits = fc.string({
        unit: fc.constantFrom(...Array.from('0123456789')),
        minLength: 4,
        maxLength: 12,
      });
      fc.assert(
        fc.property(digits, (rest) => {
          expect(verdict(`+${code}${rest}`)).not.toBe('taken');
        }),
        { numRuns: 500 },
      );
    },
  );
});

describe('the browser’s field and the server', () => {
  const opinion = async (number: string, countries?: readonly string[]) => {
    const field = await validatePhoneNumber(number, { countries });
    return field.ok && field.e164 === number ? 'taken' : 'refused';
  };

  it('agree on every mobile number that the field is tried with', async () => {
    const numbers = new Set([...mobileNumbers, ...habits].flatMap(({ e164 }) => e164 ?? []));
    const wrong: string[] = [];
    for (const number of numbers) {
      if ((await opinion(number)) === 'taken' && verdict(number) !== 'taken') wrong.push(number);
    }
    expect(wrong).toEqual([]);
    expect(numbers.size).toBeGreaterThan(200);
  });

  it('agree on those that it has to refuse, however they are written', async () => {
    const wrong: string[] = [];
    for (const { text, chosen } of refusedNumbers) {
      const digits = text.replace(/\D/g, '').replace(/^00/, '');
      const calling = getCountryCallingCode(chosen as CountryCode, metadata); // one of the table's countries
      const isAbroad = /^(tel:)?\+|^00 /.test(text);
      const number = isAbroad ? `+${digits}` : `+${calling}${digits.replace(/^0/, '')}`;
      if (verdict(number) === 'taken') wrong.push(`${text}: ${number}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(COUNTRIES)(
    'agree on the mobile numbers of %s, whichever countries are allowed',
    async (country) => {
      for (const number of numbersOfType(country, 'MOBILE')) {
        for (const countries of [undefined, [country], ['GB', 'US', 'FR']]) {
          const server = verdict(number, { countries }) === 'taken' ? 'taken' : 'refused';
          expect(`${number} ${server}`, String(countries)).toBe(
            `${number} ${await opinion(number, countries)}`,
          );
        }
      }
    },
  );
});

it.each(['GB', 'US', 'XK', 'TA', 'AX'])('knows the country %s', (country) => {
  expect(isCountry(country)).toBe(true);
});

it.each(['gb', 'UK', 'EU', '', 'GBR', '44', '__proto__', 'toString', undefined, null, 44, ['GB']])(
  'knows no country %j',
  (text) => {
    expect(isCountry(text)).toBe(false);
  },
);

it.each([
  ['+442079460018', 'phone_not_supported'],
  ['+881612345678', 'phone_not_supported'],
  ['+33612345678', 'phone_not_supported'], // a country that is not allowed
  ['+44740012345', 'invalid_phone_number'],
  ['07400123456', 'invalid_phone_number'],
])('tells the person about %s with the code %s, and WorkOS nothing', async (phone_number, code) => {
  const { as, requests } = mountHandler({ sms: { countries: ['GB'] } });
  const answer = await as(ADA).post('/factors', { type: 'sms', phone_number });
  expect([answer.status, answer.body.code]).toEqual([422, code]);
  expect(requests).toEqual([]);
  expect((await as(ADA).post('/factors', { type: 'sms', phone_number: '+447400123456' })).status).toBe(201);
});
