// @vitest-environment node
import { checkProxy } from 'mfa-kit/testing';
import { expect, it } from 'vitest';

import { mountNaiveProxy } from './naive-proxy.js';
import { named, startWorkOs, through } from './own-proxy.js';

it('names what is wrong with a proxy written in a hurry, and nothing else', async () => {
  const workOs = startWorkOs();
  const report = await checkProxy({ ...workOs.given, fetch: through(mountNaiveProxy(workOs)) });
  expect(named(report, 'missed')).toEqual([
    'other methods',
    // It answers in a sentence where the kit looks for a code.
    'wrong code',
    'phone number refused',
    'used challenge',
    'expired challenge',
    'TOTP code used before',
    'wrong codes on one challenge',
    'second factor without a fresh code',
    'removal without a fresh code',
    // Ids go into paths as they come, whoever they belong to.
    'slashes and dots in an id',
    'characters after an id',
    'factor of another: GET',
    'factor of another: challenge',
    'factor of another: DELETE',
    'challenge of another: verify',
    'nobody: GET /factors/:id',
    'nobody: DELETE /factors/:id',
    'nobody: POST /factors/:id/challenge',
    'nobody: POST /challenges/:id/verify',
    // Nothing asks where a request comes from.
    'other site: enrol',
    'other site: challenge',
    'other site: verify',
    'other site: DELETE',
    'sibling of the same site',
    'other origin, older browser',
    'origin that looks alike',
    'same host, other port or scheme',
    'null origin',
    'no Origin, no Sec-Fetch-Site',
    'no X-Requested-With',
    'no CORS',
    // Nor what it is.
    'HTML form',
    'multipart form',
    'JSON as text/plain',
    'no content type',
    'broken JSON',
    'JSON that is no object',
    'issuer and account in the body',
    'body of 1 MB',
    'answers are not stored',
    'failures are not stored',
    'failures have a code',
    'nothing fails with a 5xx',
    'one-time code of a challenge',
    'code that was sent',
    'whole phone number',
    'inner workings',
  ]);
  expect(named(report, 'advised')).toEqual([
    'status of a factor',
    'repeated enrolment',
    'repeated challenge',
    'nosniff',
  ]);
  expect(named(report, 'not_checked')).toEqual(['429 says how long to wait', '429 says it once']);
  expect(workOs.emulator.factors, 'what the check made').toEqual([]);
});
