import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { runWorkshop, SOON } from './workshop.ts';

const { visit } = runWorkshop(); // builds without a network, and looks at what each page asks for

describe('the built Storybook', () => {
  it('shows its documentation without any other machine', async () => {
    const page = await visit('/docs/enrolment-enrolltotp--docs');
    const docs = page.frameLocator('#storybook-preview-iframe');
    const text = () => docs.locator('body').innerText();
    await expect.poll(text, SOON).toContain('Add an authenticator app');
    await expect.poll(text, SOON).toContain('onEnrolled');
    const fonts = docs
      .locator('body')
      .evaluate(() => [...document.fonts].filter((font) => font.status === 'loaded'));
    expect((await fonts).length).toBeGreaterThan(0);
  });

  it('follows the toolbar’s theme on its docs pages', async () => {
    const page = await visit('/docs/enrolment-enrollsms--docs&globals=theme:dark');
    const docs = page.frameLocator('#storybook-preview-iframe');
    await docs.getByRole('heading', { name: 'EnrollSms', level: 1 }).waitFor();
    const background = () =>
      docs.locator('.sbdocs-wrapper').evaluate((wrapper) => getComputedStyle(wrapper).backgroundColor);
    const dark = await background();
    await page.getByRole('button', { name: 'Theme; forced colours' }).click();
    await page.getByRole('option', { name: 'Light' }).click();
    await expect.poll(background, SOON).not.toBe(dark);
    await expect.poll(background, SOON).toBe('rgb(255, 255, 255)');
  });
});

it('would notice a build that reaches for the network', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'no-network-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = path.join(folder, 'network.log');
  const guard = path.join(import.meta.dirname, 'no-network.mjs');
  const script = `
    import { createServer } from 'node:http';
    await fetch('https://example.com/').catch(() => undefined);
    await fetch('http://203.0.113.7/').catch(() => undefined);
    const local = createServer((request, response) => response.end('here'));
    await new Promise((resolve) => local.listen(0, '127.0.0.1', resolve));
    const answer = await fetch('http://127.0.0.1:' + local.address().port);
    console.log(await answer.text());
    process.exit();`;
  const { stdout } = spawnSync(process.execPath, ['--import', guard, '--input-type=module', '-e', script], {
    env: { ...process.env, NETWORK_LOG: log },
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(stdout).toBe('here\n');
  expect(new Set(readFileSync(log, 'utf8').trim().split('\n'))).toEqual(
    new Set(['example.com', '203.0.113.7']),
  );
});
