import { expect } from 'vitest';

import { afterKeys, expectShown, expectState, under } from './rows.ts';

const typing = under('typing');

const SCRIPTS = [
  ['Arabic-Indic', '١٢٣٤٥٦'],
  ['Persian', '۱۲۳۴۵۶'],
  ['Devanagari', '१२३४५६'],
  ['full-width', '１２３４５６'],
  ['mathematical', '𝟏𝟐𝟑𝟒𝟓𝟔'],
] as const;

export const typingBehaviors = [
  typing('takes the six digits, reports each once and the whole code once', async (field) => {
    await field.enter();
    await field.type('123456');
    await expectState(field, {
      value: '123456',
      changes: ['1', '12', '123', '1234', '12345', '123456'],
      completions: ['123456'],
    });
  }),
  typing('shows at every digit where the next one goes', async (field) => {
    await field.enter();
    const slots = [await field.active()];
    for (const digit of '123456') {
      await field.type(digit);
      slots.push(await field.active());
    }
    expect(slots).toEqual([0, 1, 2, 3, 4, 5, 5]);
  }),
  typing('loses no digit when they come faster than it can paint', async (field) => {
    await field.enter();
    await field.page.keyboard.type('123456');
    await field.settle();
    await expectState(field, {
      value: '123456',
      changes: ['1', '12', '123', '1234', '12345', '123456'],
      completions: ['123456'],
    });
  }),
  typing('ignores letters, and says nothing about them', async (field) => {
    await field.enter();
    await field.type('1ae2O');
    await expectState(field, { value: '12', active: 2, changes: ['1', '12'] });
  }),
  typing('ignores blanks and punctuation, and says nothing about them', async (field) => {
    await field.enter();
    await field.type('1 -.+,2');
    await expectState(field, { value: '12', active: 2, changes: ['1', '12'] });
  }),
  ...SCRIPTS.map(([script, digits]) =>
    typing(`takes ${script} digits as the digits they are`, async (field) => {
      await field.enter();
      for (const digit of digits) await field.insert(digit);
      await expectState(field, { value: '123456', completions: ['123456'] });
    }),
  ),
  ...[4, 8, 10].map((length) =>
    typing(`takes a code of ${length}, and is complete with its last digit`, async (field) => {
      const code = '0123456789'.slice(0, length);
      await field.enter({ length });
      await field.type(code.slice(0, -1));
      expect(await field.completions()).toEqual([]);
      await field.type(code.slice(-1));
      expect(await field.completions()).toEqual([code]);
      await expectShown(field, code, length - 1);
    }),
  ),
  typing(
    'overwrites the last digit when typing goes on, without sending that code by itself',
    async (field) => {
      await field.enter();
      await field.type('1234567');
      await expectShown(field, '123457', 5);
      expect(await field.completions()).toEqual(['123456']);
    },
  ),
  typing('never sends the half-changed codes of typing over a full field', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home', '9', '8', '7');
    await expectShown(field, '987456', 3);
    expect((await field.changes()).slice(6)).toEqual(['923456', '983456', '987456']);
    expect(await field.completions()).toEqual(['123456']);
  }),
  typing('moves on over a digit that is right already, and reports nothing', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.press('Home', '1');
    await expectState(field, { value: '1234', active: 1 });
    expect(await field.changes()).toHaveLength(4);
  }),
  typing('keeps the chosen digit when a letter is typed over it', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home', 'ArrowRight', 'x');
    await expectShown(field, '123456', 1);
    expect(await field.changes()).toHaveLength(6);
  }),
  typing('keeps the whole code when a letter is typed over all of it', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Control+a', 'x');
    await expectShown(field, '123456');
    expect(await field.changes()).toHaveLength(6);
  }),
  ...afterKeys('typing', [
    ['keeps zeros at the front', '0000', '1 0', '000010', 5],
    [
      'replaces the chosen digit of a part-typed code, and the rest stays',
      '1234',
      'ArrowLeft ArrowLeft 9',
      '1294',
      3,
    ],
  ]),
];
