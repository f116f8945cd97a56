import { expect } from 'vitest';

import { expectShown, expectState, under } from './rows.ts';

const pasting = under('pasting');

/** What people copy, and the code in it. */
const SENT = [
  ['123456', '123456'],
  ['  123456\n', '123456'],
  ['123 456', '123456'],
  ['123-456', '123456'],
  ['12-34-56', '123456'],
  ['123.456', '123456'],
  ['1 2 3 4 5 6', '123456'],
  ['123\u00a0456', '123456'], // no-break space
  ['123\u2009456', '123456'], // thin space
  ['123\u2013456', '123456'], // en dash
  ['\u200b123\u200b456\u200b', '123456'], // zero-width space
  ['123\n456', '123456'],
  ['G-123456', '123456'],
  ['Your 2FA code is 123 456.', '123456'],
  ['<#> 987654 is your code. FA+9qCX9VSu', '987654'],
  ['@example.com #987654', '987654'],
  ['On 2024-01-02 your code was 987654', '987654'],
  ['Order 20240102: your code is 987654', '987654'],
  ['Questions? 1-800-555-0199. Code: 987-654', '987654'],
  ['Use 123456. Your old code was 987654.', '123456'],
  ['12345678', '123456'],
  ['١٢٣٤٥٦', '123456'],
  ['رمز: ۱۲۳ ۴۵۶', '123456'],
  ['１２３－４５６', '123456'],
] as const;

export const pasteBehaviors = [
  ...SENT.map(([text, code]) =>
    pasting(`finds the code in ${JSON.stringify(text)}, and tells of it once`, async (field) => {
      await field.enter();
      await field.paste(text);
      await expectState(field, {
        value: code,
        active: 5,
        changes: [code],
        completions: [code],
      });
    }),
  ),
  pasting('finds a code of eight in two groups', async (field) => {
    await field.enter({ length: 8 });
    await field.paste('Code 1234 5678, valid until 12:30');
    await expectState(field, { value: '12345678', completions: ['12345678'] });
  }),
  pasting('puts a whole code in place of what was there, wherever the caret was', async (field) => {
    await field.enter();
    await field.type('12');
    await field.press('Home', 'ArrowRight');
    await field.paste('987654');
    await expectState(field, { value: '987654', active: 5, completions: ['987654'] });
  }),
  pasting('writes a part over the digits from the chosen slot on, and moves behind it', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home', 'ArrowRight');
    await field.paste('89');
    await expectState(field, { value: '189456', active: 3, completions: ['123456'] });
  }),
  pasting('adds a part to a part, and is complete when it fills the field', async (field) => {
    await field.enter();
    await field.type('12');
    await field.paste('34');
    await expectShown(field, '1234', 4);
    expect(await field.completions()).toEqual([]);
    await field.paste('5-6');
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
  pasting('replaces the digits that are chosen', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Control+a');
    await field.paste('98');
    await expectShown(field, '98', 2);
  }),
  pasting('changes and reports nothing for a text without digits', async (field) => {
    await field.enter();
    await field.type('123');
    await field.paste('no code here');
    await expectShown(field, '123', 3);
    await field.press('Control+a');
    await field.paste('nor here');
    await expectShown(field, '123');
    expect(await field.changes()).toHaveLength(3);
  }),
  pasting('says nothing when the code that is there is pasted again', async (field) => {
    await field.enter();
    await field.paste('123456');
    await field.paste('123 456');
    await expectState(field, {
      value: '123456',
      changes: ['123456'],
      completions: ['123456'],
    });
  }),
  pasting('sends another whole code that is pasted over a full field, once', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.paste('987654');
    await expectState(field, { value: '987654', completions: ['123456', '987654'] });
  }),
  pasting('takes a code that is dragged onto it', async (field) => {
    await field.mount();
    await field.dropText('123-456');
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
];
