import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect } from 'vitest';

import { significant } from '../../field-lab/phone-page.ts';
import { type PhoneBehavior, under } from './rows.ts';

const inForms = under('forms');

/** What a server makes of the text that a form sends. */
const e164Of = (text: string | undefined, country: CountryCode) =>
  parsePhoneNumberFromString(text ?? '', country)?.number;

export const forms: PhoneBehavior[] = [
  inForms('sends the number under its name', async (field) => {
    await field.enter({ country: 'GB', name: 'mobile' });
    await field.typeFast('07400123456');
    expect(e164Of((await field.formData()).mobile, 'GB')).toBe('+447400123456');
  }),
  inForms('submits once by Enter', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('07400123456');
    await field.press('Enter');
    const submitted = await field.submitted();
    expect(submitted.map(({ phone }) => e164Of(phone, 'GB'))).toEqual(['+447400123456']);
  }),
  inForms('is empty and of its first country after a reset', async (field) => {
    await field.enter({ country: 'GB' });
    await field.chooseCountry('FR');
    await field.comeIn();
    await field.typeFast('0612345678');
    await field.pressButton('reset');
    expect(await field.state()).toMatchObject({ text: '', country: 'GB' });
    expect(significant((await field.formData()).phone ?? '')).toBe('');
  }),
  inForms('means no number any more after a reset', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('07400123456');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+447400123456' });
    await field.pressButton('reset');
    await field.ready();
    expect((await field.result()).e164).toBeUndefined();
  }),
  inForms('is as it began after a reset', async (field) => {
    await field.enter({ country: 'GB', initial: '+447400123456' });
    await field.press('Control+a');
    await field.typeFast('+33612345678');
    await field.leave();
    await field.pressButton('reset');
    expect(significant(await field.text())).toMatch(/^(\+44|0)7400123456$/);
    expect(await field.country()).toBe('GB');
  }),
  inForms('shows the number it begins with, and knows it without a change', async (field) => {
    await field.enter({ country: 'US', initial: '+447400123456' });
    expect(significant(await field.text())).toMatch(/^(\+44|0)7400123456$/);
    await field.press('End');
    await field.leave();
    expect(await field.state()).toMatchObject({ e164: '+447400123456', country: 'GB' });
  }),
  inForms('takes nothing and sends nothing while disabled', async (field) => {
    await field.mount({ country: 'GB', name: 'mobile', initial: '+447400123456', disabled: true });
    await field.page.getByRole('button', { name: 'before' }).focus();
    await field.press('Tab');
    expect(await field.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Elsewhere',
    );
    expect(significant(await field.text())).toMatch(/7400123456$/);
    expect((await field.formData()).mobile).toBeUndefined();
  }),
  inForms('changes by no key, paste or undo while read-only', async (field) => {
    await field.enter({ country: 'GB', initial: '+447400123456', readOnly: true });
    const shown = await field.text();
    expect(significant(shown)).toMatch(/7400123456$/);
    await field.type('1');
    await field.press('Backspace', 'Control+a', 'Delete', 'Control+x', 'Control+z');
    await field.paste('+33612345678');
    await field.paste('tel:+1 213 373 4253');
    expect(await field.text()).toBe(shown);
  }),
  inForms('keeps its country while read-only', async (field) => {
    await field.mount({ country: 'GB', initial: '+447400123456', readOnly: true });
    await field.ready();
    expect(significant(await field.text())).toMatch(/7400123456$/);
    await field.findCountry('France');
    expect(await field.country()).toBe('GB');
  }),
  inForms('keeps a form from being sent while it is required and empty', async (field) => {
    await field.enter({ country: 'GB', required: true });
    expect(await field.isFormValid()).toBe(false);
    await field.typeFast('07400123456');
    expect(await field.isFormValid()).toBe(true);
  }),
  inForms('works with react-hook-form’s register', async (field) => {
    await field.enter({ country: 'GB', host: 'register' });
    await field.typeFast('07400123456');
    await field.pressButton('submit');
    expect((await field.submitted()).map(({ phone }) => e164Of(phone, 'GB'))).toEqual(['+447400123456']);
  }),
  inForms('gives react-hook-form the number that was pasted in a form to be cleaned', async (field) => {
    await field.enter({ country: 'GB', host: 'register' });
    await field.paste('tel:+33-6-12-34-56-78;ext=5');
    await field.pressButton('submit');
    expect((await field.submitted()).map(({ phone }) => e164Of(phone, 'GB'))).toEqual(['+33612345678']);
  }),
  inForms(
    'shows the number that react-hook-form begins with, and is so again after a reset',
    async (field) => {
      await field.enter({ country: 'GB', host: 'register', initial: '+447400123456' });
      expect(significant(await field.text())).toMatch(/^(\+44|0)7400123456$/);
      await field.press('Control+a');
      await field.typeFast('0');
      await field.pressButton('reset');
      expect(significant(await field.text())).toMatch(/^(\+44|0)7400123456$/);
    },
  ),
  inForms('keeps text, caret and country when the app renders again', async (field) => {
    await field.enter({ country: 'US' });
    await field.chooseCountry('FR');
    await field.comeIn();
    await field.typeFast('061234');
    await field.goBehind(3);
    const before = await field.state();
    await field.rerender();
    expect(await field.state()).toEqual(before);
    expect(significant(before.text)).toBe('061234');
  }),
  inForms('tells of a number once under StrictMode', async (field) => {
    await field.enter({ country: 'GB', strict: true });
    await field.typeFast('07400123456');
    await field.leave();
    expect((await field.results()).filter(({ e164 }) => e164)).toHaveLength(1);
  }),
];
