import { isRefused, seen } from '../answer.js';
import { enrol, expectNoEnrolment, remove, type Run } from '../run.js';

const JSON_TYPE = 'application/json';
const TOTP = '{"type":"totp"}';
const MULTIPART = '--x\r\nContent-Disposition: form-data; name="type"\r\n\r\ntotp\r\n--x--\r\n';

/** What is no JSON object of the contract makes no factor. */
export async function checkRequestBodies(run: Run): Promise<void> {
  // What an HTML form can send from any page, without the browser asking first.
  await expectNoEnrolment(
    run,
    'HTML form',
    as('application/x-www-form-urlencoded', 'type=totp', 'as an HTML form'),
  );
  await expectNoEnrolment(
    run,
    'multipart form',
    as('multipart/form-data; boundary=x', MULTIPART, 'as a multipart form'),
  );
  await expectNoEnrolment(run, 'JSON as text/plain', as('text/plain', TOTP, 'with JSON as text/plain'));
  await expectNoEnrolment(run, 'no content type', as(null, TOTP, 'without a content type'));

  await expectNoEnrolment(run, 'broken JSON', as(JSON_TYPE, '{"type":"totp"', 'with broken JSON'));
  for (const text of ['["totp"]', '"totp"', 'null']) {
    await expectNoEnrolment(run, 'JSON that is no object', as(JSON_TYPE, text, `with ${text}`));
  }
  for (const text of ['{"type":"fax"}', '{"type":["totp"]}', '{}']) {
    await expectNoEnrolment(run, 'unknown type of factor', as(JSON_TYPE, text, `with ${text}`));
  }
}

/** What the kit does send: a number that somebody mistyped. And what it does not: a number that is none. */
export async function checkPhoneNumbers(run: Run): Promise<void> {
  const { answer, id } = await enrol(run, {
    json: { type: 'sms', phone_number: 'nonsense' },
    note: 'with a word as phone number',
  });
  run.findings.judge(
    'phone number refused',
    isRefused(answer) && answer.error === 'invalid_phone_number',
    seen(answer),
  );
  if (id !== undefined) await remove(run, id);

  await expectNoEnrolment(run, 'phone number that is no string', {
    json: { type: 'sms', phone_number: { $ne: null } },
    note: 'with an object as phone number',
  });
}

/** Last of the bodies: a proxy may well hang up on it. */
export async function checkLargeBody(run: Run): Promise<void> {
  const text = `{"type":"totp","padding":"${'x'.repeat(1_100_000)}"}`;
  const { answer, id } = await enrol(run, {
    raw: { type: JSON_TYPE, text },
    note: 'with a body of 1 MB',
    isStrange: true,
  });
  if (id !== undefined) await remove(run, id);
  // Whoever stops reading may hang up without a word, as long as the next one is served.
  const next = await run.user({ method: 'GET', path: '/factors', note: 'after a body of 1 MB' });
  const isStillThere = next.status > 0 && next.status < 500;
  const isTurnedAway = isRefused(answer) || answer.status === 0;
  run.findings.judge(
    'body of 1 MB',
    isTurnedAway && isStillThere,
    isStillThere ? seen(answer) : `${seen(answer)}; ${seen(next)}`,
  );
}

/** A body the kit never sends. */
const as = (type: string | null, text: string, note: string) => ({
  raw: { type, text },
  note,
  isStrange: true,
});
