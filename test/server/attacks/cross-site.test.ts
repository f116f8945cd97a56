// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { bareRequest, ORIGIN, WRITE_HEADERS } from '../mounted-handler.js';
import { OWNER, REFUSALS, underAttack, verdict } from './under-attack.js';

const COOKIE = encodeURIComponent(JSON.stringify(OWNER));

/** A write of the owner's browser, with the headers that an attacker's page made it send. */
async function forge(headers: [string, string][], attacked = underAttack()) {
  const forged = ['Sec-Fetch-Site', 'Origin', 'X-Requested-With'];
  const rest = Object.entries({ ...WRITE_HEADERS, Cookie: COOKIE }).filter(
    ([name]) => !forged.includes(name),
  );
  const request = bareRequest(`${ORIGIN}/api/mfa/factors`, {
    method: 'POST',
    headers: [...rest, ...headers],
    body: '{"type":"totp"}',
  });
  return { answer: await attacked.send(request), attacked };
}

const KIT: [string, string] = ['X-Requested-With', 'mfa-kit'];

describe('refuses', () => {
  it.each<[string, [string, string][]]>([
    ['two Origin headers that are both ours', [['Origin', ORIGIN], ['Origin', ORIGIN], KIT]],
    ['two Origin headers, ours first', [['Origin', ORIGIN], ['Origin', 'https://evil.example'], KIT]],
    ['two Origin headers, ours last', [['Origin', 'null'], ['Origin', ORIGIN], KIT]],
    ['our origin with the port that is its default', [['Origin', `${ORIGIN}:443`], KIT]],
    ['our origin with another port', [['Origin', `${ORIGIN}:8443`], KIT]],
    ['our host with the root’s dot', [['Origin', `${ORIGIN}.`], KIT]],
    ['our host in other letters', [['Origin', 'https://App.Example'], KIT]],
    ['our scheme in capitals', [['Origin', 'HTTPS://app.example'], KIT]],
    ['our host as user of another', [['Origin', `${ORIGIN}@evil.example`], KIT]],
    ['our host as path of another', [['Origin', `https://evil.example/${ORIGIN}`], KIT]],
    ['a sibling of ours', [['Origin', 'https://blog.example'], ['Sec-Fetch-Site', 'same-site'], KIT]],
    ['a child of ours', [['Origin', 'https://x.app.example'], ['Sec-Fetch-Site', 'same-site'], KIT]],
    ['our parent', [['Origin', 'https://example'], KIT]],
    ['a look-alike host in Punycode', [['Origin', 'https://xn--pp-7ia.example'], KIT]],
    ['a data: page', [['Origin', 'null'], ['Sec-Fetch-Site', 'cross-site'], KIT]],
    ['an origin of null that says same-origin', [['Origin', 'null'], ['Sec-Fetch-Site', 'same-origin'], KIT]],
    ['an extension’s page', [['Origin', 'chrome-extension://abcdef'], KIT]],
    ['a file', [['Origin', 'file://'], KIT]],
    ['a wildcard', [['Origin', '*'], KIT]],
    ['a Referer in place of both', [['Referer', `${ORIGIN}/settings`], KIT]],
    [
      'Host and Forwarded in place of both',
      [['Host', 'app.example'], ['Forwarded', 'host=app.example'], KIT],
    ],
    ['Sec-Fetch-Site in capitals', [['Sec-Fetch-Site', 'Same-Origin'], KIT]],
    ['Sec-Fetch-Site as a list', [['Sec-Fetch-Site', 'same-origin'], ['Sec-Fetch-Site', 'same-origin'], KIT]],
    ['Sec-Fetch-Site with parameters', [['Sec-Fetch-Site', 'same-origin;x'], KIT]],
    ['Sec-Fetch-Site: none with our origin', [['Sec-Fetch-Site', 'none'], ['Origin', ORIGIN], KIT]],
    ['Sec-Fetch-Mode: same-origin alone', [['Sec-Fetch-Mode', 'same-origin'], KIT]],
    [
      'the kit’s header in capitals',
      [
        ['Origin', ORIGIN],
        ['X-Requested-With', 'MFA-Kit'],
      ],
    ],
    ['the kit’s header twice', [['Origin', ORIGIN], KIT, KIT]],
    [
      'the kit’s header with more behind it',
      [
        ['Origin', ORIGIN],
        ['X-Requested-With', 'mfa-kit/2'],
      ],
    ],
    [
      'everything but the kit’s header',
      [
        ['Origin', ORIGIN],
        ['Sec-Fetch-Site', 'same-origin'],
      ],
    ],
  ])('%s', async (_what, headers) => {
    const { answer, attacked } = await forge(headers);
    expect(verdict(answer)).toEqual(REFUSALS.forbidden);
    expect(attacked.requests).toEqual([]);
  });
});

it('takes a header that only has blanks around it: HTTP says they do not count', async () => {
  const { answer } = await forge([['Origin', ` ${ORIGIN}\t`], ['Sec-Fetch-Site', ' same-origin '], KIT]);
  expect(answer.status).toBe(201);
});

// What a page of any site can make a browser send without a preflight: it may do no more than read, and cannot read the answer.
it('lets nothing be changed by what needs no preflight', async () => {
  const attacked = underAttack();
  const owner = attacked.as(OWNER);
  const { id } = await owner.enrolSms();
  const challengeId = await owner.challenge(id);
  const before = [await attacked.recordOf(OWNER), attacked.requests.length];
  const addresses = [
    '/factors',
    `/factors/${id}`,
    `/factors/${id}/challenge`,
    `/challenges/${challengeId}/verify`,
  ];
  for (const address of addresses) {
    for (const method of ['GET', 'HEAD', 'POST']) {
      for (const override of ['DELETE', 'POST']) {
        const url = `${ORIGIN}/api/mfa${address}?_method=${override}&code=123456`;
        const headers = {
          Cookie: COOKIE,
          Origin: 'https://evil.example',
          'Sec-Fetch-Site': 'cross-site',
          'Content-Type': 'text/plain',
          'X-HTTP-Method-Override': override,
        };
        const body = method === 'POST' ? '{"code":"123456","type":"totp"}' : undefined;
        const response = await attacked.handle(bareRequest(url, { method, headers, body }));
        expect([200, 403, 405]).toContain(response.status);
        expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  }
  expect([await attacked.recordOf(OWNER), attacked.requests.length]).toEqual(before);
});
