// @ts-check
/**
 * Takes the README's pictures of the three components, from the running demo:
 *
 *   node test/tools/screenshots.mjs
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

import { startDemo } from '../e2e/demo-server.mjs';
import { CHROMIUM_ARGS, ensureChromium } from './chromium.mjs';

const folder = new URL('../../examples/screenshots/', import.meta.url);
mkdirSync(folder, { recursive: true });

const demo = await startDemo();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGS });
try {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    const page = await browser.newPage({
      colorScheme: theme,
      deviceScaleFactor: 2,
      locale: 'en-US',
      viewport: { width: 480, height: 1400 },
    });
    await fetch(`${demo.origin}/api/dev/reset`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'demo', Origin: demo.origin },
      body: '{}',
    });
    await page.goto(demo.origin);

    /** @param {string} name */
    const button = (name) => page.getByRole('button', { name }).click();
    const code = page.getByLabel('One-time code');
    const signIn = async () => {
      await page.getByLabel('E-mail').fill('ada@example.com');
      await page.getByLabel('Password').fill('any');
      await button('Sign in');
    };
    const newestCode = async () => {
      const { messages } = await (await fetch(`${demo.origin}/api/dev/inbox`)).json();
      return /\d{6}/.exec(messages[0].body)?.[0] ?? '';
    };
    /**
     * The card around a component.
     *
     * @param {string} component
     * @param {string} name
     */
    const take = async (component, name) => {
      const card = page.locator('.card', { has: page.locator(component) });
      // Nothing that happens to be under the mouse or over the card.
      await page.mouse.move(0, 0);
      await page.addStyleTag({ content: '.drawer { display: none }' });
      await page.waitForTimeout(400); // colours fade
      await card.screenshot({ path: fileURLToPath(new URL(`${name}-${theme}.png`, folder)) });
    };

    await signIn();
    await button('Add authenticator app');
    await page.getByRole('img', { name: /^QR code/ }).waitFor();
    await take('.mfa-enroll-totp', 'enroll-totp');
    await button('Cancel');

    await button('Add phone');
    await page.getByLabel('Phone number').fill('+15005550006');
    await take('.mfa-enroll-sms', 'enroll-sms');
    await button('Send code');
    await code.waitFor();
    await code.fill(await newestCode());
    await page.getByText('Your phone was added.').waitFor();
    await button('Sign out');

    await signIn();
    await code.waitFor();
    await code.fill((await newestCode()).slice(0, 3));
    await take('.mfa-verify-code', 'verify-code');
    await page.close();
  }
} finally {
  await browser.close();
  await demo.stop();
}
console.log(`Written to ${fileURLToPath(folder)}`);
