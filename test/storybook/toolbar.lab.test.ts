import { describe, expect, it } from 'vitest';

import { pseudoLocale } from '../../.storybook/pseudo-locale.ts';
import en from '../../src/messages/en.ts';
import { runWorkshop, SOON, TOOLS, type Workshop } from './workshop.ts';

const ENROLL_TOTP = 'enrolment-enrolltotp--ready';
const ENROLL_SMS = 'enrolment-enrollsms--ready';
const VERIFY_SMS = 'verification-verifycode--text-message';

const PHONE = '+15005550006';
const FAST = 'Fast';
/** Less than the 30 s that are skipped. */
const BEFORE_THEN = { timeout: 15_000 };

const { open } = runWorkshop();

/** Types the code of the one factor, or of the newest message, by the panel's button. */
const typeCode = ({ page }: Workshop) =>
  page
    .getByRole('button', { name: /^Type the code/ })
    .first()
    .click();

async function sendCode(workshop: Workshop): Promise<void> {
  await workshop.story.getByLabel('Phone number').fill(PHONE);
  await workshop.press('Send code');
}

describe('the network of the toolbar', () => {
  it('takes 3 s for each call when it is slow', async () => {
    const workshop = await open(ENROLL_TOTP);
    await workshop.code.waitFor();
    await workshop.pick(TOOLS.network, 'Slow');
    const since = Date.now();
    await typeCode(workshop);
    await workshop.sees('Verifying…');
    await workshop.sees('Your authenticator app is set up.');
    expect(Date.now() - since).toBeGreaterThan(6000); // a challenge, and its verification
  });

  it('is none at all when the device is offline, and comes back', async () => {
    const workshop = await open(ENROLL_TOTP);
    await workshop.code.waitFor();
    await workshop.pick(TOOLS.network, 'Offline');
    await typeCode(workshop);
    await workshop.sees(/^You are offline\./);
    await workshop.list('Requests').getByText('offline').first().waitFor();
    await workshop.pick(TOOLS.network, FAST);
    await workshop.press('Verify');
    await expect.poll(workshop.text, SOON).toContain('Your authenticator app is set up.');
  });

  it('answers 429 for 30 s, which can be skipped', async () => {
    const workshop = await open(ENROLL_TOTP);
    await workshop.code.waitFor();
    await workshop.pick(TOOLS.network, 'Too often');
    await typeCode(workshop);
    await workshop.sees(/^0:(30|2\d)$/);
    await workshop.pick(TOOLS.network, FAST);
    await workshop.command('Skip 30 s');
    await expect.poll(() => workshop.story.getByText(/^0:\d\d$/).count(), BEFORE_THEN).toBe(0);
    await typeCode(workshop);
    await expect.poll(workshop.text, SOON).toContain('Your authenticator app is set up.');
  });

  it('answers 500, and the same code is taken once it works again', async () => {
    const workshop = await open(VERIFY_SMS);
    await workshop.code.waitFor();
    await workshop.pick(TOOLS.network, 'Server error');
    await typeCode(workshop);
    await workshop.sees(/^Something went wrong on our side\./);
    await workshop.list('Requests').getByText('500').waitFor();
    await workshop.pick(TOOLS.network, FAST);
    await workshop.press('Verify');
    await expect.poll(workshop.text, SOON).toContain('Verified.');
  });

  it('lets a text message’s code expire on its way', async () => {
    const workshop = await open(VERIFY_SMS);
    await workshop.code.waitFor();
    await workshop.pick(TOOLS.network, 'Expired');
    await typeCode(workshop);
    await workshop.sees('This code has expired. Send a new one to go on.');
    await workshop.pick(TOOLS.network, FAST);
    await workshop.command('Skip 30 s');
    await workshop.press('Send a new code');
    await expect.poll(() => workshop.list('Text messages').getByRole('listitem').count(), SOON).toBe(3);
    await typeCode(workshop);
    await expect.poll(workshop.text, SOON).toContain('Verified.');
  });

  it('lets an authenticator app’s challenge expire, too', async () => {
    const workshop = await open(ENROLL_TOTP);
    await workshop.code.waitFor();
    await workshop.pick(TOOLS.network, 'Expired');
    await typeCode(workshop);
    await expect.poll(workshop.text, SOON).toMatch(/That took a little too long\./);
  });

  it('starts over on a device whose clock is wrong, where everything goes as ever', async () => {
    const workshop = await open(ENROLL_SMS);
    await workshop.story.getByLabel('Phone number').fill('+1');
    await workshop.pick(TOOLS.network, 'Clock +5 h');
    await expect.poll(() => workshop.story.getByLabel('Phone number').inputValue(), SOON).toBe('');
    const ahead = () => workshop.story.locator('body').evaluate(() => Date.now());
    expect((await ahead()) - Date.now()).toBeGreaterThan(4.9 * 3_600_000);
    await sendCode(workshop);
    await workshop.sees(/^Expires in (10:00|9:\d\d)$/);
    await typeCode(workshop);
    await workshop.sees('Your phone is set up.');
    await workshop.pick(TOOLS.network, FAST);
    await workshop.story.getByLabel('Phone number').waitFor();
    expect((await ahead()) - Date.now()).toBeLessThan(60_000);
  });

  it('loses answers of a server that has acted', async () => {
    const workshop = await open(ENROLL_SMS);
    await workshop.story.getByLabel('Phone number').waitFor();
    await sendCode(workshop);
    await workshop.code.waitFor();
    await workshop.pick(TOOLS.network, 'Lost answer');
    await typeCode(workshop);
    await workshop.sees(/^The connection failed\./);
    await workshop.list('Factors').getByText('Verified').waitFor();
    await workshop.list('Requests').getByText('answer lost').first().waitFor();
    await workshop.pick(TOOLS.network, FAST);
    await workshop.press('Verify');
    await expect.poll(workshop.text, SOON).toMatch(/This code was already used\./);
  });

  it('can be set by the address', async () => {
    const workshop = await open(ENROLL_TOTP, 'network:server-error');
    await workshop.sees(/^Something went wrong on our side\./);
    await workshop.pick(TOOLS.network, FAST);
    await workshop.press('Try again');
    await workshop.code.waitFor();
    expect(await workshop.text()).not.toContain('Something went wrong');
  });
});

describe('a change in the toolbar', () => {
  it('keeps what was typed, and the servers with what they hold', async () => {
    const workshop = await open(VERIFY_SMS);
    await workshop.code.fill('123');
    const messages = await workshop.list('Text messages').innerText();
    const root = workshop.story.locator('html');
    await workshop.pick(TOOLS.theme, 'Dark');
    await expect.poll(() => root.evaluate((html) => html.style.colorScheme), SOON).toBe('dark');
    await workshop.pick(TOOLS.dir, 'RTL');
    await expect.poll(() => root.getAttribute('dir'), SOON).toBe('rtl');
    await workshop.pick(TOOLS.textSize, '200 %');
    await expect.poll(() => root.evaluate((html) => getComputedStyle(html).fontSize), SOON).toBe('32px');
    await workshop.pick(TOOLS.network, 'Offline');
    await expect.poll(() => root.evaluate(() => navigator.onLine), SOON).toBe(false);
    await workshop.pick(TOOLS.locale, 'Pseudo');
    await expect.poll(() => root.getAttribute('lang'), SOON).toBe('en-XA');

    const field = workshop.story.getByRole('textbox');
    expect(await field.inputValue()).toBe('123');
    expect(await workshop.list('Text messages').innerText()).toBe(messages);
    expect(await workshop.list('Requests').getByRole('listitem').count()).toBe(1); // the challenge it began with
    await workshop.pick(TOOLS.network, FAST);
    await typeCode(workshop);
    await expect.poll(workshop.text, SOON).toContain(pseudoLocale(en).verify.done);
  });

  it('imitates forced colours, with the kit’s own rules for them, and ends it again', async () => {
    const workshop = await open('fields-codeinput--disabled');
    const color = () => workshop.code.evaluate((field) => getComputedStyle(field).color);
    const system = () =>
      workshop.story.locator('html').evaluate((html) => {
        const probe = html.appendChild(document.createElement('i'));
        probe.style.color = 'GrayText';
        const { color: gray } = getComputedStyle(probe);
        probe.remove();
        return gray;
      });
    await workshop.code.waitFor();
    await workshop.pick(TOOLS.theme, 'Dark');
    await expect
      .poll(() => workshop.story.locator('html').evaluate((html) => html.style.colorScheme), SOON)
      .toBe('dark');
    const before = await color();
    expect(before).not.toBe(await system());
    await workshop.pick(TOOLS.theme, 'Forced colours');
    await expect.poll(async () => (await color()) === (await system()), SOON).toBe(true);
    await workshop.pick(TOOLS.theme, 'Dark');
    await expect.poll(color, SOON).toBe(before);
  });
});

describe('the emulator’s panel', () => {
  it('shows the factor with its code, the messages and the requests of a flow', async () => {
    const workshop = await open(ENROLL_SMS);
    await workshop
      .list('Factors')
      .getByText(/^No factors yet\./)
      .waitFor();
    await workshop
      .list('Text messages')
      .getByText(/^No text messages yet\./)
      .waitFor();
    await workshop
      .list('Requests')
      .getByText(/^No requests yet\./)
      .waitFor();
    await sendCode(workshop);
    await workshop.list('Factors').getByText('•••• 0006').waitFor();
    await workshop.list('Factors').getByText('Pending').waitFor();
    const message = await workshop
      .list('Text messages')
      .getByText(/^Your Example App code is/)
      .innerText();
    const requests = workshop.list('Requests').getByRole('listitem');
    expect(await requests.allInnerTexts()).toEqual([
      expect.stringMatching(/^POST \/factors\/…\w{6}\/challenge\s.*ms\s+201$/s),
      expect.stringMatching(/^POST \/factors\s.*ms\s+201$/s),
    ]);
    await workshop.code.fill(/\d{6}/.exec(message)?.[0] ?? '');
    await workshop.sees('Your phone is set up.');
    await workshop.list('Factors').getByText('Verified').waitFor();
    await workshop.command('Clear the requests');
    await expect.poll(() => requests.count(), SOON).toBe(0);
  });

  it('shows the code of an authenticator app with the seconds it has left', async () => {
    const workshop = await open(ENROLL_TOTP);
    const factors = workshop.list('Factors');
    await factors.getByText('Example App, ada@example.com').waitFor();
    expect(await factors.getByText(/^\d{1,2} s$/).count()).toBe(1);
    const code = await factors.getByText(/^\d{6}$/).innerText();
    await workshop.command('Skip 30 s');
    await expect.poll(() => factors.getByText(/^\d{6}$/).innerText(), SOON).not.toBe(code);
    await typeCode(workshop);
    await expect.poll(workshop.text, SOON).toContain('Your authenticator app is set up.');
  });

  it('expires the codes now', async () => {
    const workshop = await open(VERIFY_SMS);
    await workshop.code.waitFor();
    await workshop.command('Expire codes now');
    await workshop.page.getByText('The codes sent so far have expired.').waitFor();
    await typeCode(workshop);
    await expect.poll(workshop.text, SOON).toContain('This code has expired. Send a new one to go on.');
  });

  it('ends the wait for another message', async () => {
    const workshop = await open(VERIFY_SMS);
    await workshop.sees(/^Send a new code in 0:/);
    await workshop.command('Skip 30 s');
    await expect.poll(workshop.text, BEFORE_THEN).not.toContain('Send a new code in');
    await workshop.press('Send a new code');
    await expect.poll(workshop.text, SOON).toContain('A new code is on its way.');
  });

  it('signs out and in again', async () => {
    const workshop = await open(ENROLL_TOTP);
    await workshop.code.waitFor();
    await workshop.command('Sign out');
    await typeCode(workshop);
    await workshop.sees(/^You are signed out\./);
    await workshop.command('Sign in');
    await workshop.press('Verify');
    await expect.poll(workshop.text, SOON).toContain('Your authenticator app is set up.');
  });

  it('starts the story over', async () => {
    const workshop = await open(ENROLL_SMS);
    await sendCode(workshop);
    await workshop.code.waitFor();
    await workshop.command('Reset');
    await workshop.story.getByLabel('Phone number').waitFor();
    await expect
      .poll(() => workshop.list('Text messages').innerText(), SOON)
      .toContain('No text messages yet.');
  });

  it('says so where a story has no field for a code', async () => {
    const workshop = await open(VERIFY_SMS);
    await workshop.code.waitFor();
    await typeCode(workshop);
    await workshop.sees('Verified.');
    await typeCode(workshop);
    await expect
      .poll(() => workshop.page.getByRole('status').allInnerTexts(), SOON)
      .toContain('The story has no field for a code now.');
  });
});
