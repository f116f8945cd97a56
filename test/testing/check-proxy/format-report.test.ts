// @vitest-environment node
import { formatReport, type ProxyReport } from 'mfa-kit/testing';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';

const REPORT: ProxyReport = {
  url: 'https://app.example/api/mfa',
  requests: 12,
  rows: [
    { group: 'routes', name: 'GET /factors', outcome: 'passed', detail: 'GET /factors → 200.' },
    {
      group: 'routes',
      name: 'POST /factors',
      outcome: 'missed',
      detail: 'POST /factors → 500, read as server_error. Wanted: a 2xx.',
    },
    {
      group: 'headers',
      name: 'nosniff',
      outcome: 'advised',
      detail: 'GET /factors → 200. Wanted: `X-Content-Type-Options: nosniff`.',
    },
    { group: 'leaks', name: 'API key', outcome: 'not_checked', detail: 'There was no answer.' },
  ],
};

it('is a table to be read, by group, with details of what did not pass', () => {
  expect(formatReport(REPORT)).toBe(
    `The MFA proxy at https://app.example/api/mfa

routes
  passed       GET /factors
  MISSED       POST /factors  POST /factors → 500, read as server_error.
                              Wanted: a 2xx.

headers
  advised      nosniff        GET /factors → 200.
                              Wanted: \`X-Content-Type-Options: nosniff\`.

leaks
  not checked  API key        There was no answer.

1 passed, 1 missed, 1 advised, 1 not checked; 12 requests.
`,
  );
});

it.each([60, 80, 120])('fits a terminal of %d columns', (width) => {
  const long: ProxyReport['rows'][number] = {
    group: 'step-up',
    name: 'second factor without a fresh code',
    outcome: 'missed',
    detail: 'POST /factors without a fresh code → 201. Wanted: 403 (or 401), read as step_up_required.',
  };
  const lines = formatReport({ ...REPORT, rows: [...REPORT.rows, long] }, { width }).split('\n');
  expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(long.detail);
  const tooLong = lines.slice(1).filter((line) => line.length > width);
  expect(tooLong).toEqual([]);
});

it('has colors only where they are asked for', () => {
  expect(formatReport(REPORT)).not.toContain('\u001B');
  const colored = formatReport(REPORT, { color: true });
  expect(colored).toContain('\u001B[31mMISSED');
  expect(stripVTControlCharacters(colored)).toBe(formatReport(REPORT));
});

it('says once why it ended half way, and what to do about what is left', () => {
  const error = 'The session ended half way: GET /factors → 401. Sign the test user in again.';
  const rows: ProxyReport['rows'] = [
    { group: 'leaks', name: 'API key', outcome: 'not_checked', detail: error },
  ];
  const left = [
    { id: 'auth_factor_1', status: 'verified', of: 'user' },
    { id: 'auth_factor_2', status: 'pending', of: 'other' },
  ] as const;
  expect(formatReport({ ...REPORT, rows, error, left: [...left] })).toBe(
    `The MFA proxy at https://app.example/api/mfa

leaks
  not checked  API key  The check had ended: see below.

1 not checked; 12 requests.

The session ended half way: GET /factors → 401. Sign the test user in again.

Left behind:
  auth_factor_1, verified
  auth_factor_2, pending, of the second user
Remove them at WorkOS and from your table. With the kit’s own handler, pending ones are gone after 15 minutes.
A verified one asks the test user for codes that nobody can make any more: with the kit’s own handler, call
forgetUser(store, userId) of mfa-kit/server.
`,
  );
});
