import { expect } from 'vitest';

import { afterKeys, expectShown, expectState, under } from './rows.ts';

const deleting = under('deleting');

export const deletionBehaviors = [
  ...afterKeys('deleting', [
    ['removes the last digit of a full field by Backspace', '123456', 'Backspace', '12345', 5],
    ['removes the last digit of a part by Backspace', '1234', 'Backspace', '123', 3],
    [
      'closes the gap and steps back when Backspace hits a digit in the middle',
      '123456',
      'Home ArrowRight ArrowRight Backspace',
      '12456',
      1,
    ],
    [
      'goes on to the digit before with a second Backspace in the middle',
      '123456',
      'Home ArrowRight ArrowRight ArrowRight Backspace Backspace',
      '1256',
      1,
    ],
    ['removes a chosen first digit by Backspace', '123456', 'Home Backspace', '23456', 0],
    [
      'closes the gap and stays when Delete hits a digit in the middle',
      '123456',
      'Home ArrowRight Delete',
      '13456',
      1,
    ],
    ['removes one digit after the other by Delete', '123456', 'Home Delete Delete', '3456', 0],
    ['removes a chosen last digit by Delete', '123456', 'ArrowLeft ArrowRight Delete', '12345', 5],
    [
      'removes several chosen digits by Backspace',
      '123456',
      'Home Shift+ArrowRight Shift+ArrowRight Backspace',
      '456',
      0,
    ],
    [
      'removes several chosen digits by Delete',
      '123456',
      'Home Shift+ArrowRight Shift+ArrowRight Delete',
      '456',
      0,
    ],
    ['removes digits chosen backwards', '1234', 'Shift+ArrowLeft Shift+ArrowLeft Backspace', '12', 2],
    ['removes all after Ctrl+A', '123456', 'Control+a Backspace', '', 0],
    ['removes all by Ctrl+Backspace at the end of a part', '1234', 'Control+Backspace', '', 0],
  ]),
  deleting(
    'lets a wrong last digit be typed again after one Backspace, and sends that code',
    async (field) => {
      await field.enter();
      await field.type('123456');
      await field.press('Backspace', '9');
      await expectShown(field, '123459', 5);
      expect(await field.completions()).toEqual(['123456', '123459']);
    },
  ),
  deleting('says nothing where there is nothing to delete', async (field) => {
    await field.enter();
    await field.press('Backspace', 'Delete');
    await field.type('123');
    await field.press('Delete');
    await expectState(field, { value: '123', active: 3, changes: ['1', '12', '123'] });
  }),
  deleting('reports each deletion once', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.press('Backspace', 'Home', 'Delete');
    expect((await field.changes()).slice(4)).toEqual(['123', '23']);
  }),
  deleting('empties the field while Backspace is held', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.hold('Backspace', 7);
    await expectShown(field, '', 0);
    expect((await field.changes()).slice(6)).toEqual(['12345', '1234', '123', '12', '1', '']);
  }),
  deleting('leaves what stands before the caret alone under Ctrl+Delete', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.press('ArrowLeft', 'ArrowLeft', 'Control+Delete');
    const { value, active } = await field.state();
    expect(['12', '124']).toContain(value);
    expect(active).toBe(2);
  }),
];
