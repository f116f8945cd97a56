// @vitest-environment node
import { afterEach, describe, expect, it } from 'vitest';

import { readInstant } from '../../src/backend/instant.js';

const timeZone = process.env.TZ;
afterEach(() => {
  if (timeZone === undefined) delete process.env.TZ;
  else process.env.TZ = timeZone;
});

const READABLE: [wire: string | number, instant: string, writer: string][] = [
  ['2022-02-15T15:14:19.392Z', '2022-02-15T15:14:19.392Z', 'WorkOS'],
  ['2022-02-15T15:14:19.392000Z', '2022-02-15T15:14:19.392Z', 'Python'],
  ['2022-02-15T15:14:19.392000+00:00', '2022-02-15T15:14:19.392Z', 'FastAPI'],
  ['2022-02-15T15:14:19.392123456Z', '2022-02-15T15:14:19.392Z', 'Go, Java'],
  ['2022-02-15T15:14:19.3920000+00:00', '2022-02-15T15:14:19.392Z', '.NET'],
  ['2022-02-15T15:14:19Z', '2022-02-15T15:14:19.000Z', 'no decimals'],
  ['2022-02-15T15:14:19.3Z', '2022-02-15T15:14:19.300Z', 'one decimal'],
  ['2022-02-15T15:14:19,39Z', '2022-02-15T15:14:19.390Z', 'ISO 8601’s comma'],
  ['2022-02-15T15:14Z', '2022-02-15T15:14:00.000Z', 'no seconds'],
  ['2022-02-15t15:14:19z', '2022-02-15T15:14:19.000Z', 'RFC 3339 in lower case'],
  ['2022-02-15T17:14:19+02:00', '2022-02-15T15:14:19.000Z', 'an offset'],
  ['2022-02-15T17:14:19+0200', '2022-02-15T15:14:19.000Z', 'an offset without colon'],
  ['2022-02-15T09:44:19-05:30', '2022-02-15T15:14:19.000Z', 'a negative offset with minutes'],
  ['2022-02-15 15:14:19 UTC', '2022-02-15T15:14:19.000Z', 'Ruby’s to_s'],
  ['2022-02-15 17:14:19 +0200', '2022-02-15T15:14:19.000Z', 'Ruby’s to_s with an offset'],
  ['2022-02-15 15:14:19.392000+00:00', '2022-02-15T15:14:19.392Z', 'Python’s str'],
  ['2022-02-15 15:14:19.392 +00:00:00', '2022-02-15T15:14:19.392Z', 'Rust’s time crate'],
  ['Tue, 15 Feb 2022 15:14:19 GMT', '2022-02-15T15:14:19.000Z', 'Flask, HTTP'],
  ['Tue, 15 Feb 2022 17:14:19 +0200', '2022-02-15T15:14:19.000Z', 'RFC 822 with an offset'],
  ['15 Feb 2022 15:14 GMT', '2022-02-15T15:14:00.000Z', 'RFC 822 at its shortest'],
  [1644938059, '2022-02-15T15:14:19.000Z', 'epoch seconds'],
  [1644938059.392, '2022-02-15T15:14:19.392Z', 'Jackson’s decimal'],
  [1644938059392, '2022-02-15T15:14:19.392Z', 'epoch milliseconds'],
  ['1644938059', '2022-02-15T15:14:19.000Z', 'epoch seconds as text'],
  ['1644938059.392000000', '2022-02-15T15:14:19.392Z', 'Jackson’s decimal as text'],
  [' 2022-02-15T15:14:19Z\n', '2022-02-15T15:14:19.000Z', 'blanks around it'],
];

const UNREADABLE: unknown[] = [
  ['2022-02-15T15:14:19', '2022-02-15T15:14:19.392', '2022-02-15 15:14:19', '2022-02-15', '15:14:19Z'],
  ['Tue, 15 Feb 2022 15:14:19', 'Feb 15, 2022', '2/15/2022', 'Tuesday', 'now', 'tomorrow', '12 GMT'],
  ['2022-02-15T15:14:19 EST', 'Tue, 15 Feb 2022 15:14:19 PST', 'Tue Feb 15 15:14:19 2022'],
  ['2022-13-01T00:00:00Z', '2022-02-15T25:00:00Z', '2022-02-15T15:14:61Z', '2022-02-15T15:14:19+99:99'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00+00:00', '1970-01-01T00:00:00Z', '01 Jan 1970 00:00 GMT'],
  ['', ' ', 'null', '-1', '+002022-02-15T15:14:19Z', '-000001-01-01T00:00:00Z', '1e12', '0x5f5e100'],
  [
    '2022-02-15T15:14:19Z; drop',
    '2022-02-15T15:14:19.1111111111Z',
    '９９９９９９９９９９',
    '9'.repeat(100_000),
  ],
  [0, -1, -1644938059, 600, 1e21, 8.64e15, Number.MAX_VALUE, NaN, Infinity, -Infinity],
  [null, undefined, true, [], [2022, 2, 15], [1644938059], {}, { date: '2022-02-15' }, () => 0],
  [Object.create(null)],
].flat();

describe('a date means the same instant in every time zone', () => {
  it.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'])('%s', (zone) => {
    process.env.TZ = zone;
    expect(new Date(2022, 1, 15).toISOString().endsWith('T00:00:00.000Z')).toBe(zone === 'UTC');
    for (const [wire, instant, writer] of READABLE) expect(readInstant(wire), `of ${writer}`).toBe(instant);
    for (const wire of UNREADABLE) {
      expect(readInstant(wire), `for ${JSON.stringify(wire)?.slice(0, 80)}`).toBeUndefined();
    }
  });
});

it('takes no time over a text that almost is a date', () => {
  const started = performance.now();
  for (const text of [
    '2022-02-15T15:14:19.' + '1'.repeat(2e5),
    '1'.repeat(2e5) + 'x',
    ' '.repeat(2e5) + 'x',
  ]) {
    expect(readInstant(text)).toBeUndefined();
  }
  expect(performance.now() - started).toBeLessThan(1000);
});
