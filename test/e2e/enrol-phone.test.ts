import { describe, expect, it } from 'vitest';

import { runDemo, SOON } from './demo.ts';
import { PHONE } from './visit.ts';

const { visit, emulator } = runDemo();

describe('adding a phone', () => {
  it('sends one message, also when the button is pressed twice, and takes the code in it', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.button('Add phone').click();
    await ada.page.getByLabel('Phone number').fill(PHONE);
    await ada.button('Send code').dblclick();
    await ada.sees('We sent a code to');
    await ada.sees('Expires in');
    const code = await ada.newestCode();
    await ada.page.getByRole('list', { name: 'Text messages' }).getByText(code).waitFor(); // as a person finds it

    await ada.code.pressSequentially(code);
    await ada.sees('Your phone was added.');
    await ada.sees('•••• 0006');
    expect(await emulator.codes()).toHaveLength(1);
    expect(await emulator.factors()).toEqual(['sms']);
  });

  it('keeps a number that cannot be right in the form, with the reason, and sends nothing', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.button('Add phone').click();
    await ada.sendCodeTo('12');
    await ada.sees('This number is too short.');
    expect(await ada.page.getByLabel('Phone number').inputValue()).toBe('1 2'); // 1 is the trunk prefix here
    expect(ada.calls).not.toContain('POST /factors');

    await ada.sendCodeTo(PHONE);
    await ada.sees('We sent a code to');
    expect(await emulator.codes()).toHaveLength(1);
  });

  it('sends a new code once the wait is over, and takes that one', async () => {
    const ada = await visit({ clock: 'movable' });
    await ada.signIn();
    await ada.button('Add phone').click();
    await ada.sendCodeTo(PHONE);
    await ada.sees(/Send a new code in 0:/);
    const first = await ada.newestCode();
    await ada.button(/Send a new code/).click({ force: true }); // too early: nothing happens
    await ada.pass(31);
    await ada.button('Send a new code').click();
    await ada.sees('A new code is on its way.');
    const codes = await emulator.codes();
    expect(codes).toHaveLength(2);

    await ada.code.fill(await ada.newestCode());
    await ada.sees('Your phone was added.');
    expect(codes[1]).toBe(first);
    expect(await emulator.factors()).toEqual(['sms']);
  });

  it('leaves no factor behind when it is cancelled', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.button('Add phone').click();
    await ada.sendCodeTo(PHONE);
    await ada.code.waitFor();
    expect(await emulator.factors()).toEqual(['sms']);
    await ada.button('Cancel').click();
    await expect.poll(emulator.factors, SOON).toEqual([]);
  });

  it('leaves no factor behind when the tab is closed', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.button('Add phone').click();
    await ada.sendCodeTo(PHONE);
    await ada.code.waitFor();
    await ada.page.close();
    await expect.poll(emulator.factors, SOON).toEqual([]);
  });
});
