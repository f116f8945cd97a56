import { expect } from 'vitest';

import { expectShown, expectState, under } from './rows.ts';

const autofill = under('autofill');

export const autofillBehaviors = [
  autofill('takes a whole code at once, and tells of it once', async (field) => {
    await field.enter();
    await field.autofill('123456');
    await expectState(field, {
      value: '123456',
      changes: ['123456'],
      completions: ['123456'],
    });
  }),
  autofill('takes a whole code while the focus is elsewhere, and leaves it there', async (field) => {
    await field.mount();
    await field.page.getByRole('button', { name: 'before' }).focus();
    await field.autofill('123456');
    await expectState(field, { value: '123456', completions: ['123456'] });
    expect(await field.focused()).toBe('before');
  }),
  autofill('takes 198765 whole after a first digit was typed', async (field) => {
    await field.enter();
    await field.type('1');
    await field.autofill('198765');
    await expectState(field, { value: '198765', completions: ['198765'] });
  }),
  autofill('takes a code in place of a part with its caret in the middle', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.press('Home', 'ArrowRight');
    await field.autofill('987654');
    await expectState(field, { value: '987654', completions: ['987654'] });
  }),
  autofill('sends a code once when four events tell of it', async (field) => {
    await field.enter();
    for (let time = 0; time < 4; time += 1) await field.autofill('123456');
    await expectState(field, { changes: ['123456'], completions: ['123456'] });
  }),
  autofill('sends another code that is filled over a full field, once', async (field) => {
    await field.enter();
    await field.autofill('123456');
    await field.autofill('987654');
    await expectState(field, {
      value: '987654',
      changes: ['123456', '987654'],
      completions: ['123456', '987654'],
    });
  }),
  autofill('takes a code that is filled with a blank in it', async (field) => {
    await field.enter();
    await field.autofill('123 456');
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
  autofill('takes a code that a password manager writes digit by digit', async (field) => {
    await field.mount();
    for (const end of [1, 2, 3, 4, 5, 6]) await field.autofill('123456'.slice(0, end), { events: ['input'] });
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
  autofill('can be typed on in after a part was filled', async (field) => {
    await field.enter();
    await field.autofill('1234');
    await field.type('56');
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
  ...['', '9', '987654'].map((held) =>
    autofill(
      `takes a code that a keyboard suggests ${held ? `over ${held}` : 'in an empty field'}`,
      async (field) => {
        await field.enter();
        await field.type(held);
        await field.insert('123456');
        await expectShown(field, '123456', 5);
        expect((await field.completions()).at(-1)).toBe('123456');
        expect((await field.changes()).slice(held.length)).toEqual(['123456']);
      },
    ),
  ),
];
