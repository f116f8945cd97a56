import { expect } from 'vitest';

import { expectShown, expectState, under } from './rows.ts';

const form = under('forms');

export const formBehaviors = [
  form('hands its digits over under its name, and nothing else', async (field) => {
    await field.enter({ name: 'otp' });
    await field.paste('123 456');
    expect(await field.formData()).toEqual({ otp: '123456' });
  }),
  form('holds back a form that needs a code while it is empty', async (field) => {
    await field.enter({ required: true });
    expect(await field.isFormValid()).toBe(false);
    await field.type('123456');
    expect(await field.isFormValid()).toBe(true);
  }),
  form('may be left empty where no code is required', async (field) => {
    await field.enter();
    await field.type('1');
    await field.press('Backspace', 'Enter');
    expect(await field.isFormValid()).toBe(true);
    await expectState(field, { submitted: [''] });
  }),
  form('holds back a part of a code', async (field) => {
    await field.enter({ required: true });
    await field.type('12345');
    await field.press('Enter');
    expect(await field.isFormValid()).toBe(false);
    expect((await field.state()).submitted).toEqual([]);
  }),
  form('submits by Enter, once', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Enter');
    expect((await field.state()).submitted).toEqual(['123456']);
    await expectShown(field, '123456', 5);
  }),
  form('submits digits of another script as plain ones', async (field) => {
    await field.enter();
    await field.paste('١٢٣٤٥٦');
    await field.pressButton('submit');
    expect((await field.state()).submitted).toEqual(['123456']);
  }),
  form('is empty after a reset, and sends the same code again', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.pressButton('reset');
    await expectShown(field, '');
    expect(await field.formData()).toEqual({ code: '' });
    await field.pressSlot(0);
    await field.paste('123456');
    expect(await field.completions()).toEqual(['123456', '123456']);
  }),
  form('goes back to what it began with at a reset', async (field) => {
    await field.enter({ initial: '12' });
    await field.type('34');
    await field.pressButton('reset');
    await expectShown(field, '12');
    expect(await field.formData()).toEqual({ code: '12' });
  }),
  form('is left out, passed over and unmoved while disabled', async (field) => {
    await field.enter({ disabled: true, initial: '123' });
    expect(await field.focused()).toBe('Elsewhere');
    await field.pressSlot(1);
    await field.type('9');
    await expectState(field, { value: '123', changes: [] });
    expect(await field.formData()).toEqual({});
  }),
  form('changes by no key, paste or cut while read-only', async (field) => {
    await field.enter({ readOnly: true, initial: '123456' });
    await field.press('Home', '9', 'Backspace', 'ArrowRight', 'Delete', 'Control+Backspace', ' ');
    await field.paste('987654');
    await field.press('Control+a', 'Control+x');
    await field.insert('987654');
    await expectState(field, { value: '123456', changes: [], completions: [] });
  }),
  form('can be reached, copied and submitted while read-only', async (field) => {
    await field.enter({ readOnly: true, initial: '123456' });
    await field.press('Control+a', 'Control+c');
    expect(await field.clipboard()).toBe('123456');
    expect(await field.formData()).toEqual({ code: '123456' });
  }),
  ...(['register', 'controller'] as const).map((host) =>
    form(`gives react-hook-form the code by ${host}`, async (field) => {
      await field.enter({ host });
      await field.paste('123 456');
      await field.press('Home', '9', 'Enter');
      await expectState(field, { value: '923456', submitted: ['923456'] });
    }),
  ),
  ...(['register', 'controller'] as const).map((host) =>
    form(`begins with react-hook-form’s value by ${host}, and goes back to it`, async (field) => {
      await field.enter({ host, initial: '12' });
      await expectShown(field, '12', 2);
      await field.type('34');
      await field.pressButton('reset');
      await expectShown(field, '12');
      await field.pressSlot(5);
      await field.type('3456');
      await field.press('Enter');
      expect((await field.state()).submitted).toEqual(['123456']);
    }),
  ),
  form('shows what react-hook-form sets', async (field) => {
    await field.enter({ host: 'controller' });
    await field.type('12');
    await field.write('987654');
    await expectShown(field, '987654');
    expect(await field.completions()).toEqual([]);
  }),
];
