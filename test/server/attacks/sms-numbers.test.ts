// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { OWNER, underAttack, verdict } from './under-attack.js';

const enrol = async (number: string, countries?: readonly string[]) => {
  const attacked = underAttack({ sms: { countries } });
  const answer = await attacked.as(OWNER).post('/factors', { type: 'sms', phone_number: number });
  expect(attacked.requests).toHaveLength(answer.status === 201 ? 1 : 0);
  return verdict(answer);
};

const NOT_SUPPORTED = [422, 'phone_not_supported'];
const INVALID = [422, 'invalid_phone_number'];

describe('no message goes to', () => {
  it.each([
    ['a British premium line', '+449098790879'],
    ['an American premium line', '+19002345678'],
    ['a French premium line', '+33899123456'],
    ['a British personal number, which costs like a premium line', '+447012345678'],
    ['a British pager', '+447640123456'],
    ['a British shared-cost line', '+448431234567'],
    ['a toll-free line', '+18002345678'],
    ['an international toll-free line', '+80012345678'],
    ['an international shared-cost line', '+80812345678'],
    ['an international premium line', '+979123456789'],
    ['an Iridium telephone', '+8816123456789'],
    ['a Globalstar telephone', '+881812345678'],
    ['an Inmarsat telephone', '+870773111632'],
    ['a telephone on a ship or an aeroplane', '+88213123456'],
    ['an iNum number', '+883510012345678'],
    ['a universal personal number', '+878101234567890'],
    ['a British landline', '+442071838750'],
    ['a German landline', '+493012345678'],
    ['an Argentine landline', '+541123456789'],
    ['an Italian landline', '+390612345678'],
  ])('%s', async (_what, number) => {
    expect(await enrol(number)).toEqual(NOT_SUPPORTED);
  });

  it.each([
    ['a country without a calling code', '+99999999999'],
    ['a number that is too short for its country', '+4479111'],
    ['a number that is too long for its country', '+447911123456789'],
    ['a mobile number with the trunk zero left in', '+4407911123456'],
    ['a Mexican number in the form that was given up', '+5215512345678'],
    ['an emergency line', '+44999'],
    ['two numbers', '+447911123456+447911123457'],
    ['a number in Arabic digits', '+٤٤٧٩١١١٢٣٤٥٦'],
    ['a number in full-width digits', '＋447911123456'],
    ['a number with an extension', '+447911123456;ext=9'],
    ['a number with an invisible mark', '\u202a+447911123456'],
    ['a number with a line break', '+447911123456\n'],
    ['WorkOS’s sample, where it is not listed', '+15005550009'],
  ])('%s', async (_what, number) => {
    expect((await enrol(number))[0]).toBe(422);
    expect([INVALID[1], NOT_SUPPORTED[1]]).toContain((await enrol(number))[1]);
  });
});

describe('countries', () => {
  it.each([
    ['GB', '+447400123456'],
    ['US', '+12015550123'],
    ['DE', '+4915112345678'],
    ['MX', '+525512345678'],
    ['AR', '+5491123456789'],
  ])('%s allowed takes its own', async (country, number) => {
    expect((await enrol(number, [country]))[0]).toBe(201);
  });

  it.each([
    ['GB', 'Jersey, which shares its calling code', '+447797712345'],
    ['GB', 'Guernsey', '+447781123456'],
    ['GB', 'the Isle of Man', '+447624123456'],
    ['US', 'Jamaica, whose numbers look American', '+18765671234'],
    ['US', 'the Dominican Republic', '+18092345678'],
    ['US', 'the Bahamas', '+12423591234'],
    ['US', 'Grenada', '+14734031234'],
    ['US', 'the British Virgin Islands', '+12843001234'],
    ['US', 'Canada', '+15062345678'],
    ['CA', 'the USA', '+12015550123'],
    ['RU', 'Kazakhstan, which shares its calling code', '+77710009998'],
    ['FR', 'Réunion', '+262692123456'],
    ['GB', 'Latvia', '+37121234567'],
    ['GB', 'Somalia', '+252712345678'],
  ])('%s allowed takes none of %s', async (country, _what, number) => {
    expect(await enrol(number, [country])).toEqual(NOT_SUPPORTED);
    expect((await enrol(number))[0]).toBe(201); // it is their country alone
  });

  it('do not matter to a number that the host listed as its test number', async () => {
    expect((await enrol('+15005550006', ['GB']))[0]).toBe(201);
  });
});
