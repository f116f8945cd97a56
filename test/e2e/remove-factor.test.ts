import { describe, expect, it } from 'vitest';

import { runDemo } from './demo.ts';
import { PHONE, type Visit } from './visit.ts';

const { visit, emulator } = runDemo();

/** The name of what a key would go to now; an empty text where that is nothing. */
const focusOf = ({ page }: Visit) =>
  page.evaluate(() => {
    const { activeElement, body } = document;
    if (!activeElement || activeElement === body) return '';
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent;
  });

describe('adding a second step', () => {
  it.each(['button', 'field'])('goes on at the %s where a fresh code came between', async (from) => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.enrolApp();
    await ada.button('Add phone').click();
    await ada.page.getByLabel('Phone number').fill(PHONE);
    if (from === 'button') await ada.button('Send code').click();
    else await ada.page.getByLabel('Phone number').press('Enter');
    await ada.confirm(app.code);
    const expected = from === 'button' ? ada.button('Send code') : ada.page.getByLabel('Phone number');
    await expect.poll(() => expected.evaluate((element) => element === document.activeElement)).toBe(true);
    await ada.page.keyboard.press('Enter');
    await ada.code.waitFor();
    await ada.code.fill(await ada.newestCode());
    await ada.sees('Your phone was added.');
  });

  it('that is called off goes back to the button that began it', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.enrolApp();
    await ada.button('Add phone').click();
    await ada.sendCodeTo(PHONE);
    await ada.sees('Before you change your second steps');
    expect(ada.refusals.splice(0)).toEqual(['403 POST /factors']);
    await ada.button('Cancel').click();
    await ada.button('Add phone').waitFor();
    expect(await focusOf(ada)).toBe('Add phone');
  });
});

describe('removing a second step', () => {
  it('asks first, and then it is gone from the page and from WorkOS', async () => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.enrolApp();
    await ada.button('Remove Authenticator app').click();
    await ada.button('Keep').click();
    expect(await focusOf(ada)).toMatch(/^Remove Authenticator app/);
    expect(await emulator.factors()).toEqual(['totp']);

    await ada.button('Remove Authenticator app').click();
    await ada.button('Remove it').dblclick();
    await ada.confirm(app.code);
    await ada.sees('Authenticator app was removed.');
    await ada.sees('No second step yet.');
    expect(await focusOf(ada)).toBe('Add authenticator app');
    expect(await emulator.factors()).toEqual([]);
    expect(ada.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(2); // refused once, then done
  });

  it('is left undone where the person does not confirm that it is them', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.enrolApp();
    await ada.button('Remove Authenticator app').click();
    await ada.button('Remove it').click();
    await ada.sees('Before you change your second steps');
    expect(ada.refusals.splice(0)).toEqual(['403 DELETE /factors/:id']);
    await ada.button('Cancel').click();
    await ada.page.getByText('Before you change your second steps').waitFor({ state: 'detached' });
    expect(await focusOf(ada)).toMatch(/^Remove Authenticator app/); // what began it, and can begin it again
    expect(await emulator.factors()).toEqual(['totp']);
  });

  it('is the only thing on the page that can be done while it waits for a code', async () => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.enrolApp();
    await ada.enrolPhone(app.code);
    await emulator.pass(600); // the code that let the phone in counts no more
    await ada.button('Remove Authenticator app').click();
    await ada.button('Remove it').click();
    await ada.sees('Before you change your second steps');
    expect(ada.refusals.splice(0)).toEqual(['403 DELETE /factors/:id']);
    expect(await focusOf(ada)).toBe('Confirm that it is you');

    const other = ada.button('Remove Text message');
    await expect(other.click({ timeout: 500 })).rejects.toThrow(/Timeout/); // inert: nothing there can be pressed
    await other.evaluate((button) => button.focus());
    expect(await focusOf(ada)).toBe('Confirm that it is you');

    await ada.code.fill(await app.code());
    await ada.sees('Authenticator app was removed.'); // and not the one that was pressed meanwhile
    expect(await focusOf(ada)).toMatch(/^Remove Text message/);
    expect(await emulator.factors()).toEqual(['sms']);
  });

  it('waits with another removal for the same code, where both were on their way', async () => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.enrolApp();
    await ada.enrolPhone(app.code);
    await emulator.pass(600);
    const [appId = ''] = await ada.factorIds();
    await ada.page.route('**/api/mfa/factors/*', async (route) => {
      // The app last: its code is the proof that both wait for, and is none any more once it is gone.
      await new Promise((resolve) => setTimeout(resolve, route.request().url().endsWith(appId) ? 1500 : 500));
      await route.continue();
    });
    await ada.button('Remove Authenticator app').click();
    await ada.button('Remove it').click();
    await ada.button('Remove Text message').click();
    await ada.button('Remove it').click();
    await expect.poll(() => ada.refusals, { timeout: 5000 }).toHaveLength(2);
    await ada.confirm(app.code);
    await ada.sees('No second step yet.');
    expect(ada.refusals.splice(0)).toEqual(['403 DELETE /factors/:id']); // the other one
  });

  it('says that it failed, and works again once the fault is gone', async () => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.enrolApp();
    await ada.page.route('**/api/mfa/factors/*', (route) => route.fulfill({ status: 503, json: {} }), {
      times: 1,
    });
    await ada.button('Remove Authenticator app').click();
    await ada.button('Remove it').click();
    await ada.sees('It could not be removed. Try again.');
    expect(await focusOf(ada)).toMatch(/^Remove Authenticator app/);
    expect(ada.refusals.splice(0)).toEqual(['503 DELETE /factors/:id']);

    await ada.button('Remove Authenticator app').click();
    await ada.button('Remove it').click();
    await ada.confirm(app.code);
    await ada.sees('No second step yet.');
  });

  it('is not done by a session that owes the one that is left', async () => {
    const [laptop, phone] = await Promise.all([visit(), visit()]);
    await laptop.signIn();
    const app = await laptop.enrolApp();
    await phone.signIn();
    await phone.code.fill(await app.code());
    await phone.isSignedIn();
    await laptop.enrolPhone(app.code);
    await laptop.button('Remove Authenticator app').click();
    await laptop.button('Remove it').click();
    await laptop.sees('Authenticator app was removed.');
    expect(await laptop.stage()).toBe('complete'); // it has shown a code of the phone, too

    await emulator.pass(30); // before the next message
    await phone.button('Remove Authenticator app').click(); // as its page still shows it
    await phone.button('Remove it').click();
    await phone.sees('We sent a code to');
    expect(phone.refusals.splice(0)).toEqual(['404 DELETE /factors/:id']);
    expect(await emulator.factors()).toEqual(['sms']);
    await phone.code.fill(await phone.newestCode());
    await phone.isSignedIn();
  });
});
