import { expect } from 'vitest';

import { expectShown, expectState, under } from './rows.ts';

const app = under('the app');

export const eventBehaviors = [
  app(
    'says nothing at mount, nor when it is entered and left, about a code it begins with',
    async (field) => {
      await field.enter({ initial: '123456' });
      await field.press('Home', 'End', 'Tab');
      await expectState(field, { value: '123456', changes: [], completions: [] });
    },
  ),
  app('sends a code it began with once the person has typed its last digit again', async (field) => {
    await field.enter({ initial: '123456' });
    await field.press('End', 'Backspace', '6');
    await expectState(field, { changes: ['12345', '123456'], completions: ['123456'] });
  }),
  app('shows a code that the app sets, and says nothing about it', async (field) => {
    await field.mount({ host: 'controlled' });
    await field.write('123456');
    await expectState(field, { value: '123456', changes: [], completions: [] });
  }),
  app('can be typed on in after the app has set a part', async (field) => {
    await field.enter({ host: 'controlled' });
    await field.write('12');
    await field.type('3');
    await expectState(field, { value: '123', active: 3, changes: ['123'] });
  }),
  app('starts over when the app empties it, and sends the same code again', async (field) => {
    await field.enter({ host: 'controlled' });
    await field.type('123456');
    await field.write('');
    await expectShown(field, '', 0);
    await field.type('123456');
    expect(await field.completions()).toEqual(['123456', '123456']);
  }),
  app('sends the same pasted code again after the app has emptied it', async (field) => {
    await field.enter({ host: 'controlled' });
    await field.paste('123456');
    await field.write('');
    await field.paste('123456');
    await expectState(field, { value: '123456', completions: ['123456', '123456'] });
  }),
  app('loses no fast digit where the app keeps the value', async (field) => {
    await field.enter({ host: 'controlled' });
    await field.page.keyboard.type('123456');
    await field.settle();
    await expectState(field, {
      value: '123456',
      changes: ['1', '12', '123', '1234', '12345', '123456'],
      completions: ['123456'],
    });
  }),
  app('keeps its place in the middle where the app keeps the value', async (field) => {
    await field.enter({ host: 'controlled' });
    await field.type('123456');
    await field.press('Home', 'ArrowRight', 'Delete', '9');
    await expectShown(field, '19456', 2);
    await field.paste('78');
    await expectShown(field, '19786', 4);
  }),
  app('gives back what the app refuses', async (field) => {
    await field.enter({ host: 'refusing' });
    await field.type('12345');
    await expectShown(field, '123', 3);
    expect((await field.changes()).slice(0, 4)).toEqual(['1', '12', '123', '1234']);
    await field.autofill('987654');
    await expectShown(field, '123');
  }),
  app('keeps value, place and silence when the app renders again', async (field) => {
    await field.enter();
    await field.type('1234');
    await field.press('ArrowLeft');
    await field.rerender();
    await expectState(field, { value: '1234', active: 3, completions: [] });
    expect(await field.changes()).toHaveLength(4);
    await field.type('9');
    await expectShown(field, '1239', 4);
  }),
  app('says everything once in StrictMode, as development runs it', async (field) => {
    await field.clear({ development: true });
    await field.enter({ strict: true });
    await field.type('123456');
    await field.paste('987 654');
    await expectState(field, {
      changes: ['1', '12', '123', '1234', '12345', '123456', '987654'],
      completions: ['123456', '987654'],
    });
  }),
  app('takes the focus when the app asks for it', async (field) => {
    await field.mount({ autoFocus: true, initial: '12' });
    await field.type('3');
    await expectShown(field, '123', 3);
  }),
  app('leaves no element, listener or error behind when it goes', async (field) => {
    await field.enter();
    await field.type('123');
    await field.compose(['4']);
    await field.page.evaluate(() => codeLab.unmount());
    const left = await field.leftovers();
    for (let time = 0; time < 5; time += 1) {
      await field.enter();
      await field.type('12');
      await field.page.evaluate(() => codeLab.unmount());
    }
    expect(await field.leftovers()).toEqual(left);
    expect(await field.page.evaluate(() => codeLab.errors)).toEqual([]);
  }),
];
