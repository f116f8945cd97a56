import type { Locator } from 'playwright';
import { expect } from 'vitest';

import type { PhonePage } from '../../field-lab/phone-page.ts';
import { type PhoneBehavior, under } from './rows.ts';

const forEverybody = under('for everybody');

/** What the country is chosen by, found as assistive technology finds it. */
function countryControl(field: PhonePage): Locator {
  const name = /countr|region/i;
  return field.page.getByRole('combobox', { name }).or(field.page.getByRole('button', { name })).first();
}

export const access: PhoneBehavior[] = [
  forEverybody('has a text input that is named by its label', async (field) => {
    await field.mount({ country: 'GB' });
    const input = field.page.getByRole('textbox', { name: 'Phone number', exact: true });
    expect(await input.getAttribute('type')).toBe('tel');
    await field.page.getByText('Phone number', { exact: true }).click();
    expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
  }),
  forEverybody('has a named control for the country, read before the number', async (field) => {
    await field.mount({ country: 'GB' });
    const input = await field.input.elementHandle();
    const isBefore = await countryControl(field).evaluate(
      (control, after) =>
        Boolean(after && control.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING),
      input,
    );
    expect(isBefore).toBe(true);
  }),
  forEverybody('tells assistive technology which country is chosen', async (field) => {
    await field.mount({ country: 'US' });
    await field.chooseCountry('FR');
    expect(await field.page.locator('#root form').ariaSnapshot()).toMatch(
      /(combobox|button).*France|option "France[^"]*" \[selected\]/,
    );
  }),
  forEverybody('takes two Tab stops: the country, then the number', async (field) => {
    await field.mount({ country: 'GB' });
    await field.page.getByRole('button', { name: 'before' }).focus();
    await field.press('Tab');
    expect(await countryControl(field).evaluate((control) => control === document.activeElement)).toBe(true);
    await field.press('Tab');
    expect(await field.input.evaluate((input) => input === document.activeElement)).toBe(true);
    await field.press('Tab');
    expect(await field.page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  }),
  forEverybody(
    'brings up the keys of a telephone, and lets the browser fill in the number',
    async (field) => {
      await field.mount({ country: 'GB' });
      const input = field.input;
      expect(await input.getAttribute('autocomplete')).toMatch(/^(?:.* )?tel(?:-national)?$/);
      expect((await input.getAttribute('inputmode')) ?? (await input.getAttribute('type'))).toBe('tel');
      expect(await input.getAttribute('maxlength')).toBeNull();
    },
  ),
  forEverybody('writes a number from left to right on a page that reads the other way', async (field) => {
    await field.enter({ country: 'US', dir: 'rtl' });
    await field.typeFast('+447400123456');
    expect(await field.input.evaluate((input) => getComputedStyle(input).direction)).toBe('ltr');
    await field.press('Home');
    expect(await field.caret()).toBe(0);
    await field.press('ArrowRight');
    expect(await field.caret()).toBe(1);
  }),
  forEverybody('stays within a screen of 320 pixels', async (field) => {
    await field.visit();
    await field.page.setViewportSize({ width: 320, height: 600 });
    await field.mount({ country: 'GB' });
    await field.chooseCountry('BA');
    const [width, right] = await field.page.evaluate(() => [
      document.documentElement.scrollWidth,
      Math.max(
        ...[...document.querySelectorAll('#root form *')].map((each) => each.getBoundingClientRect().right),
      ),
    ]);
    expect(width).toBeLessThanOrEqual(320);
    expect(right).toBeLessThanOrEqual(320);
    expect((await field.input.boundingBox())?.width).toBeGreaterThan(120);
  }),
];
