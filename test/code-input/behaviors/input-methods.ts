import { expect } from 'vitest';

import { expectShown, expectState, under } from './rows.ts';

const composing = under('input methods');

export const inputMethodBehaviors = [
  composing('takes digits that are composed, once each', async (field) => {
    await field.enter();
    await field.compose(['1', '12'], '12');
    await expectShown(field, '12', 2);
    await field.type('3');
    await expectShown(field, '123', 3);
    const changes = await field.changes();
    expect(changes.slice(-2)).toEqual(['12', '123']);
    expect(changes).toHaveLength(new Set(changes).size);
  }),
  composing('takes digits that are committed one by one', async (field) => {
    await field.enter();
    for (const digit of '123456') await field.compose([digit], digit);
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
  composing('is complete under a keyboard that never ends its composition, and only once', async (field) => {
    await field.enter();
    await field.compose(['1', '12', '123', '1234', '12345', '123456']);
    await expectState(field, {
      value: '123456',
      changes: ['1', '12', '123', '1234', '12345', '123456'],
      completions: ['123456'],
    });
    await field.insert('123456');
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
  composing('takes full-width digits when they are committed, and reports no draft', async (field) => {
    await field.enter();
    await field.compose(['１', '１２'], '１２');
    await expectShown(field, '12', 2);
    await field.type('3');
    const changes = await field.changes();
    expect(changes.slice(-2)).toEqual(['12', '123']);
    expect(changes.join('')).toMatch(/^[0-9]+$/);
  }),
  composing('takes full-width digits where the app keeps the value', async (field) => {
    await field.enter({ host: 'controlled' });
    for (const digit of '１２３４５６') await field.compose([digit], digit);
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
  composing('drops letters that were composed', async (field) => {
    await field.enter();
    await field.type('12');
    await field.compose(['n', 'ni'], '你');
    await expectShown(field, '12', 2);
    expect(await field.changes()).toEqual(['1', '12']);
  }),
  composing('replaces the digit that was chosen by the one composed', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Home');
    await field.compose(['9'], '9');
    await expectShown(field, '923456', 1);
    expect(await field.completions()).toEqual(['123456']);
  }),
  composing('replaces the whole code by the digit composed over it', async (field) => {
    await field.enter();
    await field.type('123456');
    await field.press('Control+a');
    await field.compose(['9'], '9');
    await expectShown(field, '9', 1);
  }),
  composing('is as it was when a composition is called off', async (field) => {
    await field.enter();
    await field.type('12');
    await field.compose(['3', '']);
    await expectShown(field, '12', 2);
    await field.type('4');
    await expectShown(field, '124', 3);
    expect((await field.changes()).at(-1)).toBe('124');
  }),
  composing('follows a draft that Backspace makes shorter', async (field) => {
    await field.enter();
    await field.compose(['1', '12', '123', '12'], '12');
    await expectShown(field, '12', 2);
    expect((await field.changes()).at(-1)).toBe('12');
  }),
  composing('doubles no digit when an Android keyboard names no key', async (field) => {
    await field.enter();
    for (const digit of '123456') {
      await field.androidKey();
      await field.insert(digit);
    }
    await expectState(field, {
      value: '123456',
      changes: ['1', '12', '123', '1234', '12345', '123456'],
      completions: ['123456'],
    });
  }),
  composing(
    'removes one digit at each Backspace of an Android keyboard, which names no key',
    async (field) => {
      await field.enter();
      await field.type('123456');
      await field.androidBackspace();
      await expectShown(field, '12345', 5);
      await field.androidBackspace();
      await expectShown(field, '1234', 4);
      await field.press('Home', 'ArrowRight');
      await field.androidBackspace();
      await expectShown(field, '134', 0);
    },
  ),
];
