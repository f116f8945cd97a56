import type { ConsoleMessage } from 'playwright';
import { expect } from 'vitest';

import type { CodePage } from '../../field-lab/code-page.ts';
import type { CodeOptions } from '../../field-lab/code-host.tsx';
import { expectShown, expectState, under } from './rows.ts';

const hydration = under('before the script');

async function typeBeforeScript(field: CodePage, text: string, options?: CodeOptions) {
  await field.serve(options);
  await field.page.getByRole('button', { name: 'before' }).focus();
  await field.page.keyboard.press('Tab');
  await field.page.keyboard.type(text);
}

export const hydrationBehaviors = [
  hydration('is a field that can be typed in and submits', async (field) => {
    await typeBeforeScript(field, '123456');
    expect(await field.formData()).toMatchObject({ code: '123456' });
    expect(await field.shownFields()).toBe(1);
  }),
  hydration('checks as it does later that a code is whole', async (field) => {
    await typeBeforeScript(field, '12345', { required: true });
    expect(await field.isFormValid()).toBe(false);
    await field.page.keyboard.type('6');
    expect(await field.isFormValid()).toBe(true);
  }),
  hydration('keeps, reports and goes on from what was typed', async (field) => {
    await typeBeforeScript(field, '12');
    await field.hydrate();
    await expectState(field, { value: '12', active: 2, changes: ['12'] });
    await field.type('3');
    await expectState(field, { value: '123', active: 3, changes: ['12', '123'] });
  }),
  hydration('keeps what was typed where the app keeps the value', async (field) => {
    await typeBeforeScript(field, '12', { host: 'controlled' });
    await field.hydrate();
    await expectShown(field, '12', 2);
    await field.type('3');
    await expectShown(field, '123', 3);
  }),
  hydration('sends a whole code that was typed, once', async (field) => {
    await typeBeforeScript(field, '123456');
    await field.hydrate();
    await expectState(field, {
      value: '123456',
      changes: ['123456'],
      completions: ['123456'],
    });
  }),
  hydration('cleans a code that was typed with a dash', async (field) => {
    await typeBeforeScript(field, '123-456');
    await field.hydrate();
    await expectState(field, { value: '123456', completions: ['123456'] });
  }),
  hydration('says nothing about a code the server put in', async (field) => {
    await field.serve({ initial: '123456' });
    await field.hydrate();
    await expectState(field, { value: '123456', changes: [], completions: [] });
  }),
  hydration('takes over without moving anything', async (field) => {
    await field.serve({ initial: '12' });
    const before = await field.layout();
    await field.hydrate();
    expect(await field.layout()).toEqual(before);
  }),
  hydration('has React find nothing to warn about', async (field) => {
    const warnings: string[] = [];
    const listen = (message: ConsoleMessage) => {
      if (['warning', 'error'].includes(message.type())) warnings.push(message.text());
    };
    await field.clear({ development: true });
    field.page.on('console', listen);
    await field.serve({ initial: '12', strict: true });
    await field.hydrate();
    await field.enter({ strict: true });
    await field.type('123456');
    field.page.off('console', listen);
    expect([...warnings, ...(await field.page.evaluate(() => codeLab.errors))]).toEqual([]);
  }),
];
