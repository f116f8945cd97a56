import { expect } from 'vitest';

import { significant } from '../../field-lab/phone-page.ts';
import { type PhoneBehavior, under } from './rows.ts';

const filling = under('pasting and filling in');

export const pasting: PhoneBehavior[] = [
  filling(
    'puts a pasted international number in place of what was there, wherever the caret is',
    async (field) => {
      await field.enter({ country: 'US' });
      await field.typeFast('213373');
      await field.goBehind(3);
      await field.paste('+44 7400 123456');
      expect(significant(await field.text())).toBe('+447400123456');
      expect(await field.beforeCaret()).toBe('+447400123456');
    },
  ),
  filling('puts a pasted number in place of the selected one', async (field) => {
    await field.enter({ country: 'GB' });
    await field.typeFast('07400123456');
    await field.press('Control+a');
    await field.paste('07911 123 457');
    expect(significant(await field.text())).toBe('07911123457');
  }),
  filling('finds the number in a pasted sentence', async (field) => {
    await field.enter({ country: 'US' });
    await field.paste('Reach me at +44 7400 123456 (mobile), not before 10.');
    expect(await field.text()).toBe('+44 7400 123456');
  }),
  filling('leaves tel:, the (0) and the extension out of what it shows', async (field) => {
    await field.enter({ country: 'US' });
    await field.paste('tel:+44 (0)7400 123456;ext=12');
    expect(await field.text()).toBe('+44 7400 123456');
  }),
  filling('shows every digit of a pasted number that is too long', async (field) => {
    await field.enter({ country: 'GB' });
    await field.paste('+44 7400 123456 789 012');
    expect(significant(await field.text())).toBe('+447400123456789012');
  }),
  filling('bears with a whole page that is pasted by mistake', async (field) => {
    await field.enter({ country: 'US' });
    await field.paste(`${'Lorem ipsum (1) dolor. '.repeat(2000)}${'1'.repeat(4000)}`);
    await field.press('Control+a');
    await field.typeFast('2133734253');
    await field.leave();
    expect(await field.result()).toMatchObject({ e164: '+12133734253' });
  }),
  filling('means the second number when one is filled in over another', async (field) => {
    await field.enter({ country: 'US' });
    await field.typeFast('21');
    await field.autofill('+33612345678');
    await field.autofill('+447400123456');
    expect(significant(await field.text())).toBe('+447400123456');
    await field.leave();
    expect(await field.state()).toMatchObject({ e164: '+447400123456', country: 'GB' });
  }),
  filling(
    'knows a number that was filled in without anybody coming to the field, when it is submitted',
    async (field) => {
      await field.mount({ country: 'US' });
      await field.page.getByRole('textbox', { name: 'Elsewhere' }).focus();
      await field.ready();
      await field.autofill('+447400123456');
      await field.pressButton('submit');
      await field.ready();
      expect(await field.state()).toMatchObject({ e164: '+447400123456', country: 'GB' });
    },
  ),
  filling('follows a country that the browser fills in beside the number', async (field) => {
    await field.enter({ country: 'US' });
    await field.autofillCountry('FR');
    await field.autofill('0612345678');
    await field.leave();
    expect(await field.state()).toMatchObject({ e164: '+33612345678', country: 'FR' });
  }),
  filling('follows a country that the browser fills in from another field of the form', async (field) => {
    await field.mount({ country: 'US' });
    await field.page.getByRole('textbox', { name: 'Elsewhere' }).click();
    await field.ready();
    await field.autofillCountry('FR');
    expect(await field.country()).toBe('FR');
  }),
];
