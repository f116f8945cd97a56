import { expect } from 'vitest';

import { afterKeys, expectShown, expectState, under } from './rows.ts';

const keys = under('keys');
const undo = under('undo');

export const keyBehaviors = [
  ...afterKeys('keys', [
    ['moves one slot by ArrowLeft', '123456', 'ArrowLeft ArrowLeft', '123456', 3],
    ['stops at the first slot', '123', 'ArrowLeft ArrowLeft ArrowLeft ArrowLeft ArrowLeft', '123', 0],
    ['moves one slot by ArrowRight', '123456', 'Home ArrowRight ArrowRight', '123456', 2],
    [
      'goes no further right than to where the next digit goes',
      '123',
      'Home ArrowRight ArrowRight ArrowRight ArrowRight',
      '123',
      3,
    ],
    ['goes to the first slot by Home', '1234', 'Home', '1234', 0],
    ['goes to the first slot by ArrowUp', '1234', 'ArrowUp', '1234', 0],
    ['goes to where the next digit goes by End', '1234', 'Home End', '1234', 4],
    ['goes to where the next digit goes by ArrowDown', '1234', 'Home ArrowDown', '1234', 4],
    [
      'goes to the ends by Ctrl+ArrowLeft and Ctrl+ArrowRight',
      '1234',
      'Control+ArrowLeft 9 Control+ArrowRight 5',
      '92345',
      5,
    ],
    [
      'replaces digits chosen by Shift with the one typed',
      '123456',
      'Home Shift+ArrowRight Shift+ArrowRight 9',
      '9456',
      1,
    ],
    [
      'replaces digits chosen backwards with the one typed',
      '1234',
      'Shift+ArrowLeft Shift+ArrowLeft 9',
      '129',
      3,
    ],
    ['chooses as far as the end by Shift+End', '123456', 'Home Shift+End 7', '7', 1],
    ['chooses as far as the start by Shift+Home', '1234', 'Shift+Home 7', '7', 1],
    ['replaces the whole code after Ctrl+A', '123456', 'Control+a 7', '7', 1],
  ]),
  keys('copies the whole code, and only its digits', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Control+a', 'Control+c');
    expect(await field.clipboard()).toBe('123456');
    await expectShown(field, '123456');
  }),
  keys('cuts the whole code, and takes it back', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Control+a', 'Control+x');
    expect([await field.value(), await field.clipboard()]).toEqual(['', '123456']);
    await field.press('Control+v');
    await expectShown(field, '123456', 5);
  }),
  keys('cuts the digits that are chosen, and closes the gap', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Control+x');
    expect(await field.clipboard()).toBe('123');
    await expectShown(field, '456', 0);
  }),
  keys('is one stop of the Tab key, forwards and back', async (field) => {
    await field.enter();
    await field.type('12');
    await field.press('Tab');
    expect(await field.focused()).toBe('Elsewhere');
    await field.press('Shift+Tab', 'Shift+Tab');
    expect(await field.focused()).toBe('before');
  }),
  keys('goes to where the next digit goes when Tab comes back to it', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.press('Home', 'Tab', 'Shift+Tab');
    await expectShown(field, '1234', 4);
    await field.type('5');
    await expectShown(field, '12345', 5);
  }),
  keys('does nothing on Escape', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.press('ArrowLeft', 'Escape');
    await expectShown(field, '1234', 3);
    await field.type('9');
    await expectShown(field, '1239', 4);
  }),
  keys('leaves shortcuts such as Ctrl+1 to the browser', async (field) => {
    await field.enter();
    await field.type('12');
    await field.press('Control+1', 'Alt+1', 'Meta+1');
    await expectState(field, { value: '12', changes: ['1', '12'] });
  }),
  undo('takes back what was typed, down to nothing, and brings it again', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.press(...Array<string>(6).fill('Control+z'));
    await expectShown(field, '', 0);
    await field.press(...Array<string>(6).fill('Control+Shift+z'));
    await expectShown(field, '1234', 4);
  }),
  undo('takes back a digit that was typed over another', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home', '9', 'Control+z');
    await expectShown(field, '123456');
    await field.press('Control+y');
    await expectShown(field, '923456');
  }),
  undo('takes back a deletion', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home', 'ArrowRight', 'Delete', 'Control+z');
    await expectShown(field, '123456');
  }),
  undo('takes back a pasted code', async (field) => {
    await field.enter();
    await field.type('12');
    await field.paste('987654');
    await field.press('Control+z');
    await expectShown(field, '12');
    await field.press('Control+Shift+z');
    await expectShown(field, '987654');
  }),
  undo('takes back a pasted code that had to be cleaned, and brings it again clean', async (field) => {
    await field.enter();
    await field.type('12');
    await field.paste('Your code is 987 654.');
    await field.press('Control+z');
    await expectShown(field, '12');
    await field.press('Control+Shift+z');
    await expectShown(field, '987654');
  }),
  undo('takes back a paste over some of the digits', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home');
    await field.paste('98');
    await field.press('Control+z');
    await expectShown(field, '123456');
    await field.press('Control+Shift+z');
    await expectShown(field, '983456');
  }),
  undo('tells the app of each step, and never takes one for a new code', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Backspace', 'Control+z', 'Control+Shift+z', 'Control+z');
    expect((await field.changes()).slice(6)).toEqual(['12345', '123456', '12345', '123456']);
    expect(await field.completions()).toEqual(['123456']);
  }),
];
