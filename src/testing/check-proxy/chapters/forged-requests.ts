import { type Answer, isOk, isRefused, seen } from '../answer.js';
import type { CheckName } from '../contract.js';
import { expectNoEnrolment, type Run } from '../run.js';
import type { Call } from '../visitor.js';

/** As a browser marks what another site's page sends. `.example` is nobody's (RFC 2606). */
const OTHER_SITE = { Origin: 'https://attacker.example', 'Sec-Fetch-Site': 'cross-site' };

export interface Targets {
  /** The factor that a challenge is tried on: of an authenticator app, so that no message goes out. */
  factorId: string;
  challengeId: string | undefined;
  /** Of the challenge. */
  wrongCode: string;
  /** May be lost. */
  spareId: string | undefined;
}

/**
 * Requests that a page of somebody else makes the browser send: with the person's cookie, and without what their app
 * adds in script. Each is tried on the one write whose success would be seen.
 * @param origin The app's own.
 * @returns The answer to the code, to be told from that to a wrong code of the app's own.
 */
export async function checkForgedRequests(
  run: Run,
  origin: string,
  targets: Targets,
): Promise<Answer | undefined> {
  const enrolment = (name: CheckName, forged: Record<string, string | null>, note: string) =>
    expectNoEnrolment(run, name, { json: { type: 'totp' }, forged, note });

  await enrolment('other site: enrol', OTHER_SITE, 'from another site');
  await enrolment(
    'sibling of the same site',
    { Origin: sibling(origin), 'Sec-Fetch-Site': 'same-site' },
    'from a sibling of the same site',
  );
  await enrolment(
    'other origin, older browser',
    { Origin: 'https://attacker.example', 'Sec-Fetch-Site': null },
    'from another origin, without Sec-Fetch-Site',
  );
  await enrolment('null origin', { Origin: 'null', 'Sec-Fetch-Site': null }, 'from the origin null');
  await enrolment(
    'no Origin, no Sec-Fetch-Site',
    { Origin: null, 'Sec-Fetch-Site': null },
    'without Origin and Sec-Fetch-Site',
  );
  for (const alike of lookalikes(origin)) {
    await enrolment('origin that looks alike', { Origin: alike, 'Sec-Fetch-Site': null }, `from ${alike}`);
  }
  for (const near of neighbors(origin)) {
    await enrolment(
      'same host, other port or scheme',
      { Origin: near, 'Sec-Fetch-Site': null },
      `from ${near}`,
    );
  }
  await enrolment('no X-Requested-With', { 'X-Requested-With': null }, 'without X-Requested-With');

  const { factorId, challengeId, wrongCode, spareId } = targets;
  await refused('other site: challenge', {
    method: 'POST',
    path: '/factors/:id/challenge',
    id: factorId,
    json: {},
  });
  const verified =
    challengeId === undefined
      ? undefined
      : await refused('other site: verify', {
          method: 'POST',
          path: '/challenges/:id/verify',
          id: challengeId,
          json: { code: wrongCode },
        });
  if (spareId !== undefined) {
    const answer = await refused('other site: DELETE', {
      method: 'DELETE',
      path: '/factors/:id',
      id: spareId,
    });
    if (isOk(answer)) run.made.delete(spareId);
  }
  return verified;

  async function refused(name: CheckName, call: Call) {
    const answer = await run.user({ ...call, forged: OTHER_SITE, note: 'from another site' });
    run.findings.judge(name, isRefused(answer), seen(answer));
    return answer;
  }
}

/** `https://other.app.example` for `https://app.example`: its pages are same-site, so that `SameSite` cookies come along. */
function sibling(origin: string): string {
  const { protocol, host } = new URL(origin);
  return `${protocol}//other.${host}`;
}

/** What a comparison of the beginning or of the end takes for the app's own, and anybody can register. */
function lookalikes(origin: string): string[] {
  const { protocol, hostname, port } = new URL(origin);
  const tail = port && `:${port}`;
  return [
    `${protocol}//${hostname}.attacker.example${tail}`,
    ...(tail ? [`${protocol}//${hostname}.attacker.example`] : []),
    `${protocol}//attacker-${hostname}${tail}`,
  ].filter((alike) => URL.canParse(alike)); // a number in brackets has no such neighbours
}

/** Another origin for a browser, and another program or nobody's for whoever is on the way there. */
function neighbors(origin: string): string[] {
  const { protocol, hostname, port } = new URL(origin);
  // With one more digit, so that the beginning is the same.
  const longer = port !== '' && Number(port) < 6553 ? `${port}1` : '444';
  const other = protocol === 'https:' ? 'http:' : 'https:';
  return [`${protocol}//${hostname}:${longer}`, `${other}//${hostname}${port && `:${port}`}`];
}

/** What a write must not answer to, and what would let other sites' pages read. */
export async function checkMethods({ user, findings }: Run, targets: Targets): Promise<void> {
  const { factorId, challengeId, wrongCode } = targets;
  const calls: Call[] = [
    { method: 'PUT', path: '/factors', json: { type: 'none' } },
    { method: 'GET', path: '/factors/:id/challenge', id: factorId },
    ...(challengeId === undefined
      ? []
      : [{ method: 'GET', path: `/challenges/:id/verify?code=${wrongCode}`, id: challengeId } as const]),
  ];
  for (const call of calls) {
    const answer = await user({ ...call, isStrange: true });
    findings.judge('other methods', isRefused(answer), seen(answer).replace(wrongCode, '…'));
  }
  await user({
    method: 'OPTIONS',
    path: '/factors',
    forged: {
      ...OTHER_SITE,
      'X-Requested-With': null,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,x-requested-with',
    },
    note: 'as a preflight of another site',
    isStrange: true,
  });
}
