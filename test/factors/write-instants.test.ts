import { expect, it } from 'vitest';

import { writeInstants } from '../../src/factors/write-instants.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20);

it.each([
  [-5 * HOUR, 'now'],
  [59_999, 'now'],
  [60_000, '1 minute ago'],
  [HOUR - 1, '59 minutes ago'],
  [47 * HOUR, '1 day ago'],
  [7 * DAY, '1 week ago'],
  [40 * DAY, '1 month ago'],
  [364 * DAY, '11 months ago'],
  [366 * DAY, '1 year ago'],
])('never says more of an age of %d ms than is true: %s', (age, text) => {
  expect(writeInstants('en').relative(NOW - age, NOW)).toBe(text);
});

it('writes in the person’s language', () => {
  const german = writeInstants('de');
  expect(german.relative(NOW - 3 * DAY, NOW)).toBe('vor 3 Tagen');
  expect(german.exact(Date.UTC(2026, 4, 2, 12))).toMatch(/^2\. Mai 2026 um /);
});
