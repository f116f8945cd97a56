import { describe, expect, it } from 'vitest';

import { runDemo, SOON } from './demo.ts';
import type { Visit } from './visit.ts';

const { visit, emulator } = runDemo();

/** Signs out, and lets the last code's time run out: one code is good for one use. */
async function signOut(person: Visit) {
  await person.button('Sign out').click();
  await person.page.getByLabel('Password').waitFor();
  await emulator.pass(600);
}

describe('signing in', () => {
  it('takes the code that the authenticator app shows', async () => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.enrolApp();
    await signOut(ada);

    await ada.signIn();
    await ada.sees(/authenticator app and enter the code/);
    await ada.code.fill(await app.wrongCode());
    await ada.sees('That code is not right.');
    await ada.page.keyboard.type(await app.code());
    await ada.isSignedIn();
    expect(await ada.stage()).toBe('complete');
  });

  it('takes the code that was sent to the phone, and sends one only', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.enrolPhone();
    await signOut(ada);

    await ada.signIn();
    await ada.sees('We sent a code to');
    await ada.code.fill(await ada.newestCode());
    await ada.isSignedIn();
    expect(await emulator.codes()).toHaveLength(2); // one for the enrolment, one now
  });

  it('sends a message only to somebody who chooses it', async () => {
    const ada = await visit();
    await ada.signIn();
    const app = await ada.enrolApp();
    await ada.enrolPhone(app.code);
    await signOut(ada);

    await ada.signIn();
    await ada.sees(/authenticator app and enter the code/);
    expect(await emulator.codes()).toHaveLength(1);
    await ada.button(/^Text message to/).click();
    await ada.sees('We sent a code to');
    await ada.code.fill(await ada.newestCode());
    await ada.isSignedIn();
    expect(await emulator.codes()).toHaveLength(2);
  });

  it('lets somebody go back to the password', async () => {
    const ada = await visit();
    await ada.signIn();
    await ada.enrolApp();
    await signOut(ada);

    await ada.signIn();
    await ada.button('Cancel').click();
    await ada.page.getByLabel('Password').waitFor();
    expect(await ada.stage()).toBeUndefined();
  });
});

describe('a code that has expired', () => {
  it('is kept until a new one is sent, and the new one signs in', async () => {
    const ada = await visit({ clock: 'movable' });
    await ada.signIn();
    await ada.enrolPhone();
    await signOut(ada);

    await ada.signIn();
    await ada.sees('Expires in');
    await ada.code.fill('12345');
    await ada.pass(600);
    await ada.sees('This code has expired.');
    expect(await ada.code.inputValue()).toBe('12345');

    await ada.button('Send a new code').click();
    await ada.sees('A new code is on its way.');
    await ada.code.fill(await ada.newestCode());
    await ada.isSignedIn();
  });

  it('is refused by the server, whatever the time is on the person’s device', async () => {
    const ada = await visit({ clock: 'movable' });
    await ada.signIn();
    await ada.enrolPhone();
    await signOut(ada);

    await ada.signIn();
    await ada.sees('Expires in');
    const late = await ada.newestCode();
    await emulator.pass(600); // for the server alone
    await ada.code.fill(late);
    await ada.sees('This code has expired.');
    expect(ada.refusals.splice(0)).toEqual(['422 POST /challenges/:id/verify']);
    await ada.sees(/Send a new code in 0:/); // not at once: nobody can have messages sent in a row

    await ada.page.clock.fastForward(31_000);
    await ada.button('Send a new code').click();
    await ada.sees('A new code is on its way.');
    await ada.code.fill(await ada.newestCode());
    await ada.isSignedIn();
  });
});

describe('somebody who has the password only', () => {
  it('can neither delete the second step nor add one', async () => {
    const [ada, eve] = await Promise.all([visit(), visit()]);
    await ada.signIn();
    await ada.enrolApp();

    await eve.signIn();
    await eve.code.waitFor();
    const [factor] = await eve.factorIds();

    expect(await eve.request('DELETE', `/api/mfa/factors/${factor}`)).toBe(403);
    expect(await eve.request('POST', '/api/mfa/factors', { type: 'totp' })).toBe(403);
    expect(await eve.request('POST', '/api/mfa/factors', { type: 'sms', phone_number: '+15555555555' })).toBe(
      403,
    );
    expect(eve.refusals.splice(0)).toHaveLength(3);
    expect(await emulator.factors()).toEqual(['totp']);
    expect(await eve.stage()).toBe('password');
  });

  it('is not let in by an answer that was made up in the browser', async () => {
    const [ada, eve] = await Promise.all([visit(), visit()]);
    await ada.signIn();
    await ada.enrolApp();

    await eve.page.route('**/verify', async (route) => {
      const id = /challenges\/(\w+)/.exec(route.request().url())?.[1];
      await route.fulfill({ json: { challenge: { id }, valid: true } });
    });
    await eve.signIn();
    await eve.code.fill('123456');
    await eve.sees('Verified.');
    expect(await eve.stage()).toBe('password');
    expect(await eve.request('POST', '/api/mfa/factors', { type: 'totp' })).toBe(403);
    expect(eve.refusals.splice(0)).toHaveLength(1);
  });

  it('is signed out when the account gets a second step, and cannot finish what was begun before', async () => {
    const [ada, eve] = await Promise.all([visit(), visit()]);
    await eve.signIn();
    const ofEve = await eve.scanKey(); // an enrolment begun while a password was enough
    const [pending] = await eve.factorIds();
    await eve.code.fill(await ofEve.wrongCode());
    await eve.sees('That code is not right.'); // and a challenge of it

    await ada.signIn();
    await ada.enrolApp();

    expect(await eve.stage()).toBeUndefined();
    expect(await eve.request('POST', `/api/mfa/factors/${pending}/challenge`, {})).toBe(401);
    await eve.code.fill(await ofEve.code());
    await eve.page.getByLabel('Password').waitFor();
    const refused = [
      '401 POST /factors/:id/challenge',
      '401 POST /challenges/:id/verify',
      '401 DELETE /factors/:id', // what was begun is taken back, a moment later
    ];
    await expect.poll(() => eve.refusals, SOON).toEqual(refused);
    eve.refusals.length = 0;
    expect(await ada.stage()).toBe('complete');
  });

  it('gains nothing from a copy of the cookie of before the second step', async () => {
    const [ada, eve] = await Promise.all([visit(), visit()]);
    await ada.signIn();
    const app = await ada.enrolApp();
    await signOut(ada);
    await ada.signIn();
    await ada.code.waitFor();
    const before = await ada.page.context().cookies();
    await ada.code.fill(await app.code());
    await ada.isSignedIn();

    await eve.page.context().addCookies(before);
    expect(await eve.stage()).toBeUndefined();
    expect(await ada.stage()).toBe('complete');
  });
});
