import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchChromium } from '../field-lab/field-page.ts';
import { PhonePage } from '../field-lab/phone-page.ts';
import { type LabServer, serveLab } from '../field-lab/serve.ts';
import { phoneBehaviors } from './phone-field.behaviors.ts';

const PHONE_FIELD = { name: 'mfa-kit', entry: path.join(import.meta.dirname, 'phone-field.candidate.tsx') };

let server: LabServer;
let browser: Browser;
let field: PhonePage;

beforeAll(async () => {
  server = await serveLab('phone', [PHONE_FIELD]);
  browser = await launchChromium();
  field = await PhonePage.open(browser, server.address(PHONE_FIELD));
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe.each([...new Set(phoneBehaviors.map(({ about }) => about))])('%s', (about) => {
  const own = phoneBehaviors.filter((behavior) => behavior.about === about);
  it.each(own.map((behavior) => [behavior.title, behavior] as const))('%s', async (_title, { run }) => {
    expect.hasAssertions();
    await field.clear();
    await run(field);
  });
});
