import { expect } from 'vitest';

import { under } from './rows.ts';

const access = under('access');

/** All that the page around the field says. */
const OF_THE_APP = [
  'Field lab',
  'before',
  'One-time code',
  'Six digits from your app.',
  'Elsewhere',
  'reset',
  'submit',
];

export const accessBehaviors = [
  access('is one edit field for one code', async (field) => {
    await field.enter({ initial: '123456' });
    const fields = (await field.told()).filter(
      ({ role, name }) => role === 'textbox' && name !== 'Elsewhere',
    );
    expect(fields.map(({ value }) => value)).toEqual(['123456']);
  }),
  access('is named by its label and described by its hint', async (field) => {
    await field.enter();
    const named = (await field.told()).filter(
      ({ role, name }) => ['textbox', 'group'].includes(role) && name === 'One-time code',
    );
    expect(named.map(({ description }) => description)).toContain('Six digits from your app.');
  }),
  access('is said to be wrong, and to be required, where the app says so', async (field) => {
    await field.enter({ invalid: true, required: true, initial: '123456' });
    expect(await field.told()).toContainEqual(
      expect.objectContaining({ role: 'textbox', invalid: 'true', required: true }),
    );
  }),
  access('says each digit once: its slots are for the eye', async (field) => {
    await field.enter({ initial: '987654' });
    const told = await field.told();
    const outside = told.filter(({ role, inTextbox }) => role !== 'textbox' && !inTextbox);
    expect(outside.map(({ name }) => name).filter((name) => /[0-9]/.test(name))).toEqual([]);
    expect(told.map(({ role, value }) => (role === 'textbox' ? value : '')).join('')).toBe('987654');
  }),
  access('says nothing in a language that the app did not choose', async (field) => {
    await field.enter({ initial: '12' });
    const names = (await field.told()).filter(({ inTextbox }) => !inTextbox).map(({ name }) => name);
    expect(names.filter((name) => /\p{L}/u.test(name) && !OF_THE_APP.includes(name))).toEqual([]);
  }),
  access('asks a phone for its number pad and for the code from the message', async (field) => {
    await field.enter();
    const asked = await field.attributes('autocomplete', 'inputmode');
    expect(asked).toContainEqual({ autocomplete: 'one-time-code', inputmode: 'numeric' });
  }),
  access('has no maxlength, which would cut 123-456', async (field) => {
    await field.enter();
    const [asked] = await field.attributes('autocomplete', 'maxlength');
    expect(asked).toEqual({ autocomplete: 'one-time-code', maxlength: null });
  }),
  access('writes no style that a strict policy refuses, on the server or in the browser', async (field) => {
    await field.clear({ csp: true });
    await field.serve({ initial: '12' });
    await field.hydrate();
    await field.enter();
    await field.type('123456');
    expect(await field.page.evaluate(() => codeLab.violations)).toEqual([]);
  }),
];
