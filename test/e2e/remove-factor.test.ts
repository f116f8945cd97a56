import { describe, expect, it } from 'vitest';

import { runDemo } from './demo.ts';

const { visit, emulator } = runDemo();

describe('removing a second step', () => {
  it('asks first, and then it is gone from the page and from WorkOS', async () => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.enrolApp();
    await ada.button('Remove Authenticator app').click();
    await ada.button('Keep').click();
    expect(await emulator.factors()).toEqual(['totp']);

    await ada.button('Remove Authenticator app').click();
    await ada.button('Remove it').dblclick();
    await ada.confirm(app.code);
    await ada.sees('Authenticator app was removed.');
    await ada.sees('No second step yet.');
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
    await ada.button('Add phone').waitFor();
    expect(await emulator.factors()).toEqual(['totp']);
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
