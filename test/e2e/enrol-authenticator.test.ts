import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';

import { runDemo, SOON } from './demo.ts';

const { visit, emulator } = runDemo();

describe('adding an authenticator app', () => {
  // Each on a device that is set to the other: what counts is the theme the app has chosen.
  it.each([
    ['Light', 'dark'],
    ['Dark', 'light'],
  ] as const)('lets a phone read the key off the screen in the %s theme', async (theme, colorScheme) => {
    const ada = await visit({ colorScheme });
    await ada.page.getByLabel(theme).check();
    await ada.signIn();
    const app = await ada.scanKey();

    expect(app.uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(app.uri.pathname)).toContain('Larkspur:ada@example.com');
    expect(app.secret).toMatch(/^[A-Z2-7]{32}$/);

    await ada.code.fill(await app.code());
    await ada.sees('Your authenticator app was added.');
    expect(await emulator.factors()).toEqual(['totp']);
    expect(await ada.page.content()).not.toContain(app.secret.slice(0, 4)); // as it stood there, in groups of four
  });

  it('says that a code is wrong, keeps it to be mended, and takes the right one', async () => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.scanKey();
    const wrong = await app.wrongCode();
    await ada.code.fill(wrong);
    await ada.sees('That code is not right.');
    expect(await ada.code.inputValue()).toBe(wrong);

    await ada.page.keyboard.type(await app.code()); // the wrong one is selected: typing replaces it
    await ada.sees('Your authenticator app was added.');
    expect(ada.calls.filter((call) => call === 'POST /factors')).toHaveLength(1);
    expect(ada.calls.filter((call) => call === 'POST /challenges/:id/verify')).toHaveLength(2);
  });

  it('works with the keyboard alone, from the password to the last digit', async () => {
    const ada = await visit();
    const { keyboard } = ada.page;
    const press = async (key: string, until: () => Promise<boolean>) => {
      for (let times = 0; times < 30 && !(await until()); times += 1) await keyboard.press(key);
      expect(await until(), `${key} leads there`).toBe(true);
    };
    const isOn = (text: string) => () =>
      ada.page.evaluate((wanted) => {
        const { activeElement: element } = document;
        const labels = element instanceof HTMLInputElement ? element.labels : undefined;
        return (labels?.[0] ?? element)?.textContent?.trim() === wanted;
      }, text);

    await press('Tab', isOn('Password'));
    await keyboard.type('correct horse');
    await keyboard.press('Enter');
    await ada.isSignedIn();
    await press('Tab', isOn('Add authenticator app'));
    await keyboard.press('Enter');
    await ada.page.getByRole('img', { name: /^QR code/ }).waitFor();

    // The key, as somebody who does not scan would copy it.
    const key = await ada.page.getByRole('group', { name: 'Setup key' }).locator('code').innerText();
    const secret = key.replace(/\s/g, '');
    ada.keepSecret(secret);
    await press('Tab', isOn('Copy key'));
    await press('Tab', isOn('One-time code'));
    await keyboard.type(generateSync({ secret }));
    await ada.sees('Your authenticator app was added.');
    await expect.poll(isOn('Add authenticator app'), SOON).toBe(true); // and the focus is back where it was
  });

  it('makes one factor when the button is pressed twice', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.button('Add authenticator app').dblclick();
    await ada.page.getByRole('img', { name: /^QR code/ }).waitFor();
    expect(await emulator.factors()).toEqual(['totp']);
    expect(ada.calls.filter((call) => call === 'POST /factors')).toHaveLength(1);
  });
});

describe('giving it up', () => {
  it('leaves no factor behind when it is cancelled', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.scanKey();
    expect(await emulator.factors()).toEqual(['totp']);
    await ada.button('Cancel').click();
    await ada.sees('No second step yet.');
    await expect.poll(emulator.factors, SOON).toEqual([]);
  });

  it('leaves no factor behind when the tab is closed', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.scanKey();
    await ada.page.close();
    await expect.poll(emulator.factors, SOON).toEqual([]);
  });

  it('leaves no factor behind when another page is opened', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.scanKey();
    await ada.page.goto(`${ada.page.url()}favicon.svg`);
    await expect.poll(emulator.factors, SOON).toEqual([]);
  });

  it('leaves no factor behind when the person signs out', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.scanKey();
    await ada.button('Sign out').click();
    await ada.page.getByLabel('Password').waitFor();
    await expect.poll(emulator.factors, SOON).toEqual([]);
  });

  it('leaves one factor at most when the page is reloaded in mid-enrolment', async () => {
    const ada = await visit();
    await ada.signIn();
    const first = await ada.scanKey();
    await ada.page.reload();
    await ada.isSignedIn();
    const second = await ada.scanKey();
    expect(second.secret).not.toBe(first.secret);
    await expect.poll(emulator.factors, SOON).toEqual(['totp']);
    await ada.code.fill(await second.code());
    await ada.sees('Your authenticator app was added.');
    await ada.page.getByRole('listitem').filter({ hasText: 'Authenticator app' }).waitFor(); // one, or this throws
  });
});
