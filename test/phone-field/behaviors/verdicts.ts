import { expect } from 'vitest';

import type { PhoneOptions } from '../../field-lab/phone-host.tsx';
import { type PhoneBehavior, under } from './rows.ts';

const timing = under('when it says so');
const saying = under('what it says is wrong');
const taking = under('which numbers it takes');

/** `[reason, options, typed]` */
const REASONS: [string, PhoneOptions, string][] = [
  ['too_short', { country: 'GB' }, '0740'],
  ['too_short', { country: 'US' }, '+44 7400'],
  ['too_long', { country: 'GB' }, '07400 1234567'],
  ['too_long', { country: 'GB' }, '+44 7400 123456 789'],
  ['not_mobile', { country: 'GB' }, '020 7946 0018'],
  ['not_mobile', { country: 'GB' }, '+1 800 234 5678'],
  ['not_mobile', { country: 'GB' }, '+881 6 1234 5678'],
  ['invalid_country', { country: 'GB' }, '+999 123456789'],
  ['invalid', { country: 'US' }, '023 456 7890'],
  ['invalid', { country: 'GB' }, 'phone'],
  ['country_not_allowed', { country: 'GB', countries: ['GB', 'FR'] }, '+49 1512 3456789'],
  ['country_not_allowed', { country: 'CA', countries: ['CA'] }, '213 373 4253'],
];

function reasonGiven([reason, options, typed]: (typeof REASONS)[number]): PhoneBehavior {
  const where = options.countries ? ` where only ${options.countries.join(' and ')} is allowed` : '';
  return saying(`${reason}, for ${typed}${where}`, async (field) => {
    const state = await field.tryNumber(options, 'typed', typed);
    expect([state.e164, state.reason]).toEqual([undefined, reason]);
  });
}

const SAMPLE = '+15005550006';

export const verdicts: PhoneBehavior[] = [
  timing('finds nothing wrong while the number is typed for the first time', async (field) => {
    await field.enter({ country: 'GB' });
    await field.type('07400');
    await field.press('Backspace');
    await field.type('0123456');
    expect((await field.results()).filter(({ reason }) => reason)).toEqual([]);
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
  }),
  timing('says so once the field is left, and takes it back with the digit that mends it', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('0740012345');
    await field.leave();
    expect((await field.result()).e164).toBeUndefined();
    expect((await field.result()).reason).toBeDefined();
    await field.comeIn();
    await field.press('End');
    await field.type('6');
    await field.ready();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
    expect((await field.result()).reason).toBeUndefined();
  }),
  timing('takes a number back with the digit that spoils it', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('07400123456');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
    await field.comeIn();
    await field.press('End');
    await field.type('7');
    await field.ready();
    expect((await field.result()).e164).toBeUndefined();
  }),
  timing('knows the number when Enter is pressed in the field', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('07400123456');
    await field.press('Enter');
    await field.ready();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
  }),
  timing('says that the number is missing when an empty field is submitted', async (field) => {
    await field.enter({ country: 'GB' });
    await field.press('Enter');
    await field.ready();
    expect(await field.result()).toMatchObject({ reason: 'empty' });
  }),
  timing('says nothing to somebody who only passes through', async (field) => {
    await field.enter({ country: 'GB' });
    await field.leave();
    expect((await field.results()).filter(({ reason }) => reason)).toEqual([]);
    await field.comeIn();
    await field.typeFast('07400123456');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
  }),
  ...REASONS.map((each) => reasonGiven(each)),
  taking('takes a sample number that is listed, written at home or abroad', async (field) => {
    const options = { country: 'US', testNumbers: [SAMPLE] };
    for (const text of ['(500) 555-0006', SAMPLE]) {
      expect((await field.tryNumber(options, 'typed', text)).e164).toBe(SAMPLE);
    }
  }),
  taking('takes a sample number even where its country is not allowed', async (field) => {
    const options = { country: 'GB', countries: ['GB'], testNumbers: [SAMPLE] };
    expect((await field.tryNumber(options, 'typed', SAMPLE)).e164).toBe(SAMPLE);
  }),
  taking('takes only the sample numbers that are listed', async (field) => {
    const options = { country: 'US', testNumbers: [SAMPLE] };
    const taken = await field.tryNumber(options, 'typed', '2133734253');
    const others = [
      await field.tryNumber(options, 'typed', '(500) 555-0007'),
      await field.tryNumber({ country: 'US' }, 'typed', SAMPLE),
    ];
    expect(taken.e164).toBe('+12133734253');
    expect(others.map(({ e164 }) => e164)).toEqual([undefined, undefined]);
  }),
  taking('takes a number of the Åland Islands where only they are allowed', async (field) => {
    const options = { country: 'AX', countries: ['AX'] };
    expect((await field.tryNumber(options, 'typed', '041 2345678')).e164).toBe('+358412345678');
    expect((await field.tryNumber(options, 'typed', '+358 41 2345678')).e164).toBe('+358412345678');
  }),
  taking('takes a number of every country that is allowed, whichever is chosen', async (field) => {
    const options = { country: 'GB', countries: ['GB', 'FR'] };
    const state = await field.tryNumber(options, 'typed', '+33 6 12 34 56 78');
    expect(state).toMatchObject({ e164: '+33612345678', country: 'FR' });
  }),
];
