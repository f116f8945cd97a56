// @vitest-environment node
import * as fc from 'fast-check';
import examples from 'libphonenumber-js/mobile/examples';
import { validatePhoneNumber } from 'mfa-kit';
import { describe, expect, it } from 'vitest';

import * as engine from '../../src/phone-field/phone-engine.js';
import { interpretPhoneNumber, readE164 } from '../../src/phone-field/phone-rules.js';
import { extractPhoneText, normalizePhoneText } from '../../src/phone-field/phone-text.js';

const COUNTRIES = engine.getCountries(engine.metadata);

describe('the mobile number of every country', () => {
  it.each(COUNTRIES)('%s, however it is written', (country) => {
    const example = engine.getExampleNumber(country, examples, engine.metadata);
    if (!example) throw new Error('No example.');
    const e164 = example.number;
    const code = `+${example.countryCallingCode}`;
    const abroad = [e164, example.formatInternational(), `00${e164.slice(1)}`, e164.replace('+', '＋')];
    const pasted = [
      example.getURI(),
      `${example.getURI()};ext=12`,
      `Tel.: ${example.formatInternational()}`,
      `${e164} ext. 12`,
      `${example.formatInternational()} x12`,
      ...['.', '-', ' / ', '\u00a0', '\u2011', '\u200b \u200b'].map((blank) =>
        example.formatInternational().replace(/ /g, blank),
      ),
      example.formatInternational().replace(code, `(${code})`),
      `\u202a${example.formatInternational()}\u202c`,
    ];
    const home = [example.formatNational(), example.nationalNumber, `${example.formatNational()}\u200f`];
    const trunk = `${code} (0)${example.nationalNumber}`;
    for (const text of abroad) {
      for (const chosen of [country, 'US', 'FR']) {
        const result = interpretPhoneNumber(text, { country: chosen }, engine);
        expect(result, `${text} with ${chosen}`).toMatchObject({ ok: true, e164 });
      }
    }
    for (const text of pasted) {
      expect(interpretPhoneNumber(extractPhoneText(text), { country: 'US' }, engine), text).toMatchObject({
        ok: true,
        e164,
      });
    }
    for (const text of home) {
      expect(interpretPhoneNumber(text, { country }, engine), text).toMatchObject({ ok: true, e164 });
    }
    // The 0 is wrong abroad, and everybody writes it. No other number may come of it.
    const result = interpretPhoneNumber(trunk, { country: 'US' }, engine);
    if (result.ok) expect(result.e164).toBe(e164);
    if (example.formatNational().replace(/\D/g, '') !== `0${example.nationalNumber}`) return;
    for (const zero of [' (0)', ' (0) ', '(0)', ' 0', '0']) {
      const text = `${code}${zero}${example.nationalNumber}`;
      const meant = interpretPhoneNumber(extractPhoneText(text), { country: 'US' }, engine);
      expect(meant, text).toMatchObject({ ok: true, e164 });
    }
  });
});

describe('a number that no text message can reach', () => {
  it.each([
    ['+44 20 7946 0018', 'not_mobile'],
    ['+1 800 234 5678', 'not_mobile'],
    ['+800 1234 5678', 'not_mobile'],
    ['+881 6 1234 5678', 'not_mobile'],
    ['+33 1 23 45 67 89', 'not_mobile'],
    ['+999 123456', 'invalid_country'],
    ['+44 7400', 'too_short'],
    ['+44 7400 1234567', 'too_long'],
    ['', 'empty'],
    [' \u200e ', 'empty'],
    ['phone', 'invalid'],
  ])('%j is %s', async (text, reason) => {
    expect(await validatePhoneNumber(text, { country: 'GB' })).toEqual({ ok: false, reason });
  });

  it('is one outside the allowed countries', async () => {
    const rules = { country: 'GB', countries: ['GB'] };
    expect(await validatePhoneNumber('+33612345678', rules)).toEqual({
      ok: false,
      reason: 'country_not_allowed',
    });
  });
});

it('takes the sample numbers that are listed, and only those', async () => {
  const rules = { country: 'US', testNumbers: ['+15005550006'] };
  expect(await validatePhoneNumber('(500) 555-0006', rules)).toEqual({
    ok: true,
    e164: '+15005550006',
    country: 'US',
  });
  expect(await validatePhoneNumber('+1 500 555 0007', rules)).toMatchObject({ ok: false });
});

it('leaves the verdict to the server where the engine cannot be loaded, if only the form is right', () => {
  expect(readE164('+44 (7400) 123-456')).toEqual({ ok: true, e164: '+447400123456', country: undefined });
  expect(readE164('07400 123456')).toEqual({ ok: false, reason: 'invalid' });
});

describe('a text that could be read as somebody else’s number', () => {
  it.each([
    ['US', '（+86）13122345678', '+8613122345678'],
    ['IN', 'UK +44: 7400123456', undefined],
    ['IN', '+44 [0]7400 123456', '+447400123456'],
    ['FR', 'tel:778658829;phone-context=+967', '+967778658829'],
    ['US', 'Country code +58, number 415 5647208', undefined],
    ['GM', '＋４９／１６３／７８４２０２８', '+491637842028'],
    ['FO', '+44&nbsp;7400&nbsp;212345', undefined],
    ['ZA', '[073 524 6237](tel:+93735246237)', '+93735246237'],
    ['US', '2024-01-15 10:30 +685 891 3964805', '+6858913964805'],
    ['SG', 'Order 91234567, tel +44 7400 123456', '+447400123456'],
    ['GB', '07400 123456 or 07400 654321', undefined],
    ['AT', '+43 664 12345O7', undefined],
    ['AT', '0664 1234567 (9-17h)', undefined],
    ['TH', '00994705878865', undefined],
    ['FI', '041 2345,678', undefined],
    ['AD', '+376 690 778 104#', '+376690778104'],
    ['US', 'wa.me/6592234567', undefined],
  ])('with %s chosen, %j is its writer’s or nobody’s', (country, text, e164) => {
    const result = interpretPhoneNumber(extractPhoneText(text), { country }, engine);
    expect(result.ok ? result.e164 : undefined).toBe(e164);
  });

  it.each([
    ['FI', '041 2345,678'],
    ['AD', '+376 690 778 104#'],
    ['TH', '00994705878865'],
    ['HK', '00256734011951'],
  ])('with %s chosen, %j is refused when it is typed', (country, text) => {
    expect(interpretPhoneNumber(text, { country }, engine).ok).toBe(false);
  });

  it('keeps no trunk 0 where the engine cannot be loaded', () => {
    expect(readE164('+44 (0)7400 123456')).toMatchObject({ e164: '+447400123456' });
  });
});

it('knows countries in small letters, and none that is no country', () => {
  expect(interpretPhoneNumber('07400 123456', { country: 'gb', countries: ['gb'] }, engine)).toMatchObject({
    e164: '+447400123456',
    country: 'GB',
  });
  expect(interpretPhoneNumber('+447400123456', { country: '419' }, engine)).toMatchObject({ ok: true });
});

it('refuses a text of a megabyte at once', () => {
  expect(interpretPhoneNumber('1 '.repeat(500_000), { country: 'GB' }, engine)).toEqual({
    ok: false,
    reason: 'too_long',
  });
});

describe('whatever is typed', () => {
  const typed = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789+ ()-./٠١२３\u200e\u202a,;xa')),
    maxLength: 24,
  });

  it('normalising twice changes nothing more', () => {
    fc.assert(
      fc.property(typed, (text) => normalizePhoneText(normalizePhoneText(text)) === normalizePhoneText(text)),
      {
        numRuns: 2000,
      },
    );
  });

  it('makes no number whose digits were not in it', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom(...COUNTRIES), (text, country) => {
        const result = interpretPhoneNumber(text, { country }, engine);
        if (!result.ok) return;
        const digits = normalizePhoneText(text).replace(/\D/g, '');
        const national = engine.parsePhoneNumberWithError(result.e164, engine.metadata).nationalNumber;
        expect(digits).toContain(national.slice(-5)); // area codes are left out at home: 7 digits in the Caribbean, 5 on Norfolk Island
      }),
      { numRuns: 2000 },
    );
  });
});
