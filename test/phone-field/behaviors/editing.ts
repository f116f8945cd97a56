import { expect } from 'vitest';

import { type PhonePage, significant } from '../../field-lab/phone-page.ts';
import { type PhoneBehavior, under } from './rows.ts';

const mending = under('mending a number in its middle');
const copying = under('copying, cutting and taking back');
const composing = under('input methods');

const digits = async (field: PhonePage) => significant(await field.text());
const digitsAndCaret = async (field: PhonePage) => [await digits(field), await field.beforeCaret()];

/** A US number, typed. Shaped, it is `(213) 373-4253`. */
async function enterNumber(field: PhonePage, number = '2133734253') {
  await field.enter({ country: 'US' });
  await field.typeFast(number);
  expect(await digits(field)).toBe(number);
}

export const editing: PhoneBehavior[] = [
  mending('keeps the caret behind the digits typed there', async (field) => {
    await enterNumber(field, '21337342');
    await field.goBehind(2);
    await field.type('9');
    expect(await digitsAndCaret(field)).toEqual(['219337342', '219']);
    await field.type('8');
    expect(await digitsAndCaret(field)).toEqual(['2198337342', '2198']);
  }),
  mending('keeps the caret in an international number', async (field) => {
    await enterNumber(field, '+44740012345');
    await field.goBehind(5);
    await field.type('9');
    expect(await digitsAndCaret(field)).toEqual(['+447490012345', '+44749']);
    await field.press('Backspace');
    expect(await digitsAndCaret(field)).toEqual(['+44740012345', '+4474']);
  }),
  mending('takes the digit on the left by Backspace, and keeps the caret there', async (field) => {
    await enterNumber(field);
    await field.goBehind(5);
    await field.press('Backspace');
    expect(await digitsAndCaret(field)).toEqual(['213334253', '2133']);
  }),
  mending('takes the digit on the right by Delete, and keeps the caret there', async (field) => {
    await enterNumber(field);
    await field.goBefore(4);
    await field.press('Delete');
    expect(await digitsAndCaret(field)).toEqual(['213334253', '2133']);
  }),
  mending('takes the digit beyond a bracket or a dash by Backspace', async (field) => {
    await enterNumber(field);
    await field.goBefore(6);
    await field.press('Backspace');
    expect(await digitsAndCaret(field)).toEqual(['213374253', '21337']);
    await field.goBefore(3);
    await field.press('Backspace');
    expect(await digitsAndCaret(field)).toEqual(['21374253', '21']);
  }),
  mending('takes the digit beyond a bracket or a dash by Delete', async (field) => {
    await enterNumber(field);
    await field.goBehind(3);
    await field.press('Delete');
    expect(await digitsAndCaret(field)).toEqual(['213734253', '213']);
  }),
  mending('takes one digit each time Backspace is pressed, until all are gone', async (field) => {
    await enterNumber(field);
    for (let left = 9; left >= 0; left--) {
      await field.press('Backspace');
      expect(await digits(field)).toBe('2133734253'.slice(0, left));
    }
    expect(await field.text()).toBe('');
  }),
  mending('takes one digit each time Delete is pressed at the start, until all are gone', async (field) => {
    await enterNumber(field);
    await field.press('Home');
    for (let gone = 1; gone <= 10; gone++) {
      await field.press('Delete');
      expect(await digits(field)).toBe('2133734253'.slice(gone));
    }
    expect(await field.text()).toBe('');
  }),
  mending('takes one digit each time Backspace is pressed on an Android keyboard', async (field) => {
    await enterNumber(field);
    for (let left = 9; left >= 0; left--) {
      await field.androidBackspace();
      expect(await digits(field)).toBe('2133734253'.slice(0, left));
    }
  }),
  mending('takes the digit beyond a bracket or a dash on an Android keyboard', async (field) => {
    await enterNumber(field);
    await field.goBefore(6);
    await field.androidBackspace();
    expect(await digitsAndCaret(field)).toEqual(['213374253', '21337']);
  }),
  mending('takes a word back by Ctrl+Backspace without leaving a digit twice', async (field) => {
    await enterNumber(field);
    await field.press('Control+Backspace');
    const left = await digits(field);
    expect(left.length).toBeLessThan(10);
    expect('2133734253'.startsWith(left)).toBe(true);
  }),
  mending('begins anew when everything is selected and typed over', async (field) => {
    await enterNumber(field);
    await field.press('Control+a');
    await field.type('646');
    expect(await digitsAndCaret(field)).toEqual(['646', '646']);
  }),
  mending('puts a digit in place of the selected ones', async (field) => {
    await enterNumber(field);
    await field.selectDigits(3, 6);
    await field.type('9');
    expect(await digitsAndCaret(field)).toEqual(['21394253', '2139']);
  }),
  mending('makes a number international when a + is put before it', async (field) => {
    await enterNumber(field, '447400123456');
    await field.press('Home');
    await field.type('+');
    expect(await digits(field)).toBe('+447400123456');
    await field.leave();
    expect(await field.state()).toMatchObject({ e164: '+447400123456', country: 'GB' });
  }),
  copying('copies the number as it is shown', async (field) => {
    await enterNumber(field);
    const shown = await field.text();
    await field.press('Control+a', 'Control+c');
    expect(await field.clipboard()).toBe(shown);
    expect(await field.text()).toBe(shown);
  }),
  copying('cuts digits out of the middle, and keeps the caret there', async (field) => {
    await enterNumber(field);
    await field.selectDigits(3, 6);
    await field.press('Control+x');
    expect(significant(await field.clipboard())).toBe('373');
    expect(await digitsAndCaret(field)).toEqual(['2134253', '213']);
  }),
  copying('pastes digits where the caret is, and keeps it behind them', async (field) => {
    await enterNumber(field, '2134253');
    await field.goBehind(3);
    await field.paste('37 3');
    expect(await digitsAndCaret(field)).toEqual(['2133734253', '213373']);
  }),
  copying('takes typed digits back by Ctrl+Z, and brings them again by Ctrl+Y', async (field) => {
    await enterNumber(field);
    const shown = await field.text();
    await field.press('Control+z');
    const left = await digits(field);
    expect(left).not.toBe('2133734253');
    expect('2133734253'.startsWith(left)).toBe(true);
    for (let steps = 0; steps < 16; steps++) await field.press('Control+z');
    expect(await field.text()).toBe('');
    for (let steps = 0; steps < 17; steps++) await field.press('Control+y');
    expect(await field.text()).toBe(shown);
  }),
  copying('takes a number back by one Ctrl+Z that was pasted in a form to be cleaned', async (field) => {
    await enterNumber(field, '213');
    const shown = await field.text();
    await field.paste('tel:+44-7400-123456');
    expect(await digits(field)).toBe('+447400123456');
    await field.press('Control+z');
    expect(await field.text()).toBe(shown);
  }),
  copying('tells what a number means again after Ctrl+Z', async (field) => {
    await enterNumber(field);
    await field.leave();
    await field.comeIn();
    await field.press('End', 'Backspace');
    await field.ready();
    expect((await field.result()).e164).toBeUndefined();
    await field.press('Control+z');
    await field.ready();
    expect(await field.result()).toMatchObject({ e164: '+12133734253' });
  }),
  copying('takes a deletion back by Ctrl+Z', async (field) => {
    await enterNumber(field);
    await field.press('Control+a', 'Delete');
    expect(await field.text()).toBe('');
    await field.press('Control+z');
    expect(await digits(field)).toBe('2133734253');
  }),
  composing('takes full-width digits that an input method composes', async (field) => {
    await field.enter({ country: 'JP' });
    await field.compose(['０', '０９', '０９０'], '０９０');
    await field.compose(['１', '１２３４５６７８'], '１２３４５６７８');
    expect(await digits(field)).toBe('09012345678');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+819012345678' });
  }),
  composing('takes each digit once from a keyboard that composes them', async (field) => {
    await field.enter({ country: 'US' });
    await field.compose(['2', '21', '213', '2133', '21337', '213373', '2133734'], '2133734');
    await field.compose(['2', '25', '253'], '253');
    expect(await digits(field)).toBe('2133734253');
  }),
  composing('understands a number whose composition is never ended', async (field) => {
    await field.enter({ country: 'US' });
    await field.compose(['2', '21', '213', '2133734', '2133734253']);
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+12133734253' });
  }),
];
