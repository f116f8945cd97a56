import { expect } from 'vitest';

import { expectShown, under } from './rows.ts';

const pointer = under('pointer');

export const pointerBehaviors = [
  ...(
    [
      ['on its left edge', 0.1],
      ['in its middle', 0.5],
      ['on its right edge', 0.9],
    ] as const
  ).map(([where, at]) =>
    pointer(`chooses the digit that is pressed ${where}`, async (field) => {
      await field.enter();
      await field.type('123456');
      await field.pressSlot(2, { at });
      await expectShown(field, '123456', 2);
      await field.type('9');
      await expectShown(field, '129456', 3);
    }),
  ),
  pointer('chooses the last digit of a part that is pressed, not the place behind it', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.pressSlot(3, { at: 0.9 });
    await expectShown(field, '1234', 3);
    await field.type('9');
    await expectShown(field, '1239', 4);
  }),
  pointer('chooses the digit at the press that brings the focus', async (field) => {
    await field.mount({ initial: '123456' });
    await field.pressSlot(1);
    await field.type('9');
    await expectShown(field, '193456', 2);
  }),
  pointer('chooses another digit at each press', async (field) => {
    await field.enter();
    await field.type('123456');
    const slots: number[] = [];
    for (const slot of [0, 4, 1, 5]) {
      await field.pressSlot(slot);
      slots.push(await field.active());
    }
    expect(slots).toEqual([0, 4, 1, 5]);
  }),
  pointer('goes to where the next digit goes when an empty slot is pressed', async (field) => {
    await field.mount({ initial: '12' });
    await field.pressSlot(4);
    await expectShown(field, '12', 2);
    await field.type('3');
    await expectShown(field, '123', 3);
  }),
  pointer('chooses the whole code by a double press', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.pressSlot(2, { clicks: 2 });
    await field.press('Control+c', '7');
    expect(await field.clipboard()).toBe('123456');
    await expectShown(field, '7', 1);
  }),
  pointer('chooses the whole code by a triple press', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.pressSlot(4, { clicks: 3 });
    await field.type('7');
    await expectShown(field, '7', 1);
  }),
  pointer('chooses the digits that a drag passes over', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.dragSlots([1, 0.1], [3, 0.9]);
    await field.press('Backspace');
    await expectShown(field, '156', 1);
  }),
  pointer('chooses the digits that a drag backwards passes over', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.dragSlots([3, 0.9], [1, 0.1]);
    await field.type('9');
    await expectShown(field, '1956', 2);
  }),
  pointer('chooses as far as the digit that is pressed with Shift', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.pressSlot(1);
    await field.pressSlot(3, { at: 0.9, shift: true });
    await field.press('Backspace');
    await expectShown(field, '156', 1);
  }),
  pointer('goes to where the next digit goes when its label is pressed', async (field) => {
    await field.mount({ initial: '12' });
    await field.page.getByText('One-time code').first().click();
    await field.settle();
    await expectShown(field, '12', 2);
    await field.type('3');
    await expectShown(field, '123', 3);
  }),
];
