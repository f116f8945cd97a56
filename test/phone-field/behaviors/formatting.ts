import { expect } from 'vitest';

import { significant } from '../../field-lab/phone-page.ts';
import { type PhoneBehavior, under } from './rows.ts';

const shaping = under('the number takes shape while it is typed');

/** `[country chosen, typed, shown]` */
const WRITTEN: [string, string, string][] = [
  ['US', '2133734253', '(213) 373-4253'],
  ['GB', '07400123456', '07400 123456'],
  ['FR', '0612345678', '06 12 34 56 78'],
  ['BR', '11961234567', '(11) 96123-4567'],
  ['US', '+447400123456', '+44 7400 123456'],
  ['GB', '+12133734253', '+1 213 373 4253'],
  ['US', '+33612345678', '+33 6 12 34 56 78'],
];

function asWritten([country, typed, shown]: (typeof WRITTEN)[number]): PhoneBehavior {
  return shaping(`shows ${shown} for ${typed}, with ${country} chosen`, async (field) => {
    await field.enter({ country });
    await field.type(typed);
    expect(await field.text()).toBe(shown);
  });
}

export const formatting: PhoneBehavior[] = [
  ...WRITTEN.map((each) => asWritten(each)),
  shaping('shows each digit at once, none else, and keeps the caret behind it', async (field) => {
    for (const typed of ['2133734253', '+447400123456', '00447400123456', '011447400123456']) {
      await field.enter({ country: 'US' });
      for (let digits = 1; digits <= typed.length; digits++) {
        await field.type(typed.slice(digits - 1, digits));
        const { text, caret } = await field.state();
        expect(significant(text)).toBe(typed.slice(0, digits));
        expect(significant(text.slice(0, caret ?? 0))).toBe(typed.slice(0, digits));
      }
    }
  }),
  shaping('shapes a number that a keyboard suggests whole', async (field) => {
    await field.enter({ country: 'US' });
    await field.insert('2133734253');
    expect(await field.text()).toBe('(213) 373-4253');
  }),
  shaping('shapes a number that the browser fills in', async (field) => {
    await field.enter({ country: 'FR' });
    await field.autofill('0612345678');
    expect(await field.text()).toBe('06 12 34 56 78');
  }),
  shaping('shapes it again when digits are gone', async (field) => {
    await field.enter({ country: 'FR' });
    await field.type('0612345678');
    await field.goBehind(4);
    await field.press('Backspace', 'Backspace');
    expect(await field.text()).toMatch(/^06 34 56 78/);
  }),
  shaping('shows digits of another script as the ones a number is dialled by', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('٠٧٤٠٠١٢٣٤٥٦');
    expect(significant(await field.text())).toBe('07400123456');
  }),
  shaping('keeps every digit of a number that is too long in sight', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('07400123456789012345');
    expect(significant(await field.text())).toBe('07400123456789012345');
  }),
  shaping('keeps a + typed in the wrong place in sight, and makes no number of it', async (field) => {
    await field.enter({ country: 'US' });
    await field.typeFast('213+3734253');
    expect(significant(await field.text())).toBe('213+3734253');
    await field.leave();
    expect((await field.result()).e164).toBeUndefined();
  }),
  shaping('keeps a letter typed by mistake in sight, and makes no number of it', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('07400 12B456');
    expect(await field.text()).toContain('B');
    await field.leave();
    expect((await field.result()).e164).toBeUndefined();
  }),
  shaping('takes blanks, dashes and brackets that are typed along', async (field) => {
    await field.enter({ country: 'US' });
    await field.type('(213) 373-4253');
    expect(significant(await field.text())).toBe('2133734253');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+12133734253' });
  }),
  shaping('costs React nothing for a digit', async (field) => {
    await field.enter({ country: 'GB' });
    await field.type('0');
    const before = await field.commits();
    await field.type('7400');
    expect((await field.commits()) - before).toBe(0);
    expect(significant(await field.text())).toBe('07400');
  }),
];
