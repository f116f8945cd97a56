// @vitest-environment node
import { checkProxy, formatReport } from 'mfa-kit/testing';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { mountNaiveProxy } from './naive-proxy.js';
import { startWorkOs, through } from './own-proxy.js';

it('shows in the docs what it really prints', async () => {
  const workOs = startWorkOs();
  const report = await checkProxy({ ...workOs.given, fetch: through(mountNaiveProxy(workOs)) });
  const printed = formatReport(report);
  const page = readFileSync('stories/docs/check-your-proxy.mdx', 'utf8');
  const [, sample = ''] = /```text\n(.*?)```/s.exec(page) ?? [];
  const pieces = sample.split('…\n');
  expect(pieces).toHaveLength(3);
  for (const piece of pieces) expect(printed).toContain(piece);
});
