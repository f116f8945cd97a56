import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CodePage } from '../field-lab/code-page.ts';
import { launchChromium } from '../field-lab/field-page.ts';
import { type LabServer, serveLab } from '../field-lab/serve.ts';
import { codeBehaviors } from './code-input.behaviors.ts';

const CODE_INPUT = { name: 'mfa-kit', entry: path.join(import.meta.dirname, 'code-input.candidate.tsx') };

let server: LabServer;
let browser: Browser;
let field: CodePage;

beforeAll(async () => {
  server = await serveLab('code', [CODE_INPUT]);
  browser = await launchChromium();
  field = await CodePage.open(browser, server.address(CODE_INPUT, { csp: true }));
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe.each([...new Set(codeBehaviors.map(({ about }) => about))])('%s', (about) => {
  const own = codeBehaviors.filter((behavior) => behavior.about === about);
  it.each(own.map((behavior) => [behavior.title, behavior] as const))('%s', async (_title, { run }) => {
    expect.hasAssertions();
    await field.clear();
    await run(field);
  });
});
